using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Simulation;

/// <summary>What goes wrong with one call of a fake back end.</summary>
public enum Fault
{
    /// <summary>It throws.</summary>
    Throws,

    /// <summary>It never answers, and stops when it is cancelled.</summary>
    Hangs,

    /// <summary>It ignores its cancellation and returns a minute later.</summary>
    ReturnsLate,

    /// <summary>It returns something that is no result.</summary>
    Nonsense,

    /// <summary>It does what was asked and the answer is lost.</summary>
    AnswerLost,

    /// <summary>It cannot be reached; nothing is changed.</summary>
    Down,

    /// <summary>It refuses.</summary>
    Refuses,
}

/// <summary>Where a hold of the fake back end stands.</summary>
public enum FakeHold
{
    /// <summary>It stands.</summary>
    Held,

    /// <summary>It became an effect.</summary>
    Confirmed,

    /// <summary>It was given back, or given back before it was placed.</summary>
    Released,

    /// <summary>It ran out.</summary>
    Expired,
}

/// <summary>One call that reached the fake back end.</summary>
/// <param name="At">Time since the back end was made.</param>
/// <param name="Tool">Tool name.</param>
/// <param name="Function">What was called: <c>invoke</c>, <c>confirm</c>, <c>release</c> or <c>look_up</c>.</param>
/// <param name="Arguments">As they came.</param>
/// <param name="Context">As it came, by the names of <see cref="ToolContext"/>.</param>
public sealed record FakeCall(TimeSpan At, string Tool, string Function, IReadOnlyDictionary<string, object?> Arguments, IReadOnlyDictionary<string, object?> Context);

/// <summary>A back end in memory with seeded latencies and faults on demand. It keeps the contracts of <see cref="Tool"/> to the letter, so what breaks is ours.</summary>
/// <param name="time">Its clock.</param>
/// <param name="latency">How long it takes.</param>
/// <param name="more">What a call takes beyond that, by tool and arguments; null = nothing.</param>
public sealed class FakeBackEnd(TimeProvider time, BackEndLatency latency, Func<string, IReadOnlyDictionary<string, object?>, TimeSpan>? more = null)
{
    /// <summary>The functions of a tool, as <see cref="FakeCall.Function"/> and <see cref="Fail"/> name them.</summary>
    public const string Invoke = "invoke", Confirm = "confirm", Release = "release", LookUp = "look_up";

    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly long _began = time.GetTimestamp();
    private readonly Dictionary<(string Tool, string Function), Queue<Fault>> _faults = [];
    private readonly Dictionary<string, (FakeHold State, DateTimeOffset ExpiresAt)> _holds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _effects = new(StringComparer.Ordinal);
    private readonly List<FakeCall> _calls = [];

    /// <summary>Calls so far, in order.</summary>
    public IReadOnlyList<FakeCall> Calls
    {
        get { lock (_gate) return [.. _calls]; }
    }

    /// <summary>Effects by key.</summary>
    public IReadOnlyDictionary<string, string> Effects
    {
        get { lock (_gate) return new Dictionary<string, string>(_effects, StringComparer.Ordinal); }
    }

    /// <summary>Where a hold stands now; null = never heard of.</summary>
    public FakeHold? HoldOf(string hold)
    {
        lock (_gate) return StateOf(hold);
    }

    /// <summary>Lets the next calls of a function go wrong.</summary>
    public void Fail(string tool, string function, Fault fault, int times = 1)
    {
        lock (_gate)
        {
            if (!_faults.TryGetValue((tool, function), out var faults)) _faults[(tool, function)] = faults = new();
            for (var i = 0; i < times; i++) faults.Enqueue(fault);
        }
    }

    /// <summary>A read that answers with JSON made from its arguments.</summary>
    public Tool Read(ToolDescriptor descriptor, Func<IReadOnlyDictionary<string, object?>, string> answer) =>
        new(descriptor, Function(descriptor.Name, Invoke, call => answer(call.Arguments)));

    /// <summary>A remote write, once per key.</summary>
    public Tool Write(ToolDescriptor descriptor, Func<IReadOnlyDictionary<string, object?>, string> answer) =>
        new(descriptor, Function(descriptor.Name, Invoke, call => Effect(Key(call), () => answer(call.Arguments)))) { LookUp = LookUpOf(descriptor.Name) };

    /// <summary>A remote reservation: place, confirm, release, look up.</summary>
    /// <param name="descriptor">The tool.</param>
    /// <param name="answer">What placing answers, and confirming too unless <paramref name="confirm"/> does.</param>
    /// <param name="confirm">What confirming answers.</param>
    public Tool Reserve(
        ToolDescriptor descriptor, Func<IReadOnlyDictionary<string, object?>, string> answer, Func<IReadOnlyDictionary<string, object?>, string>? confirm = null) =>
        new(descriptor, Function(descriptor.Name, Invoke, call => Place(call, answer)))
        {
            Confirm = Function(descriptor.Name, Confirm, call => Effect(Key(call), () => ConfirmHold(call, confirm ?? answer))),
            Release = Function(descriptor.Name, Release, ReleaseHold),
            LookUp = LookUpOf(descriptor.Name),
        };

    private FakeFunction LookUpOf(string tool) => Function(tool, LookUp, call =>
    {
        if (!_effects.TryGetValue(Key(call), out var done)) return """{"state":"absent"}""";
        var answer = JsonNode.Parse(done)!.AsObject();
        answer["state"] = "done";
        return answer.ToJsonString();
    });

    private string Effect(string key, Func<string> effect) =>
        _effects.TryGetValue(key, out var done) ? done : _effects[key] = effect();

    private string Place(FakeCall call, Func<IReadOnlyDictionary<string, object?>, string> answer)
    {
        var hold = Hold(call);
        if (StateOf(hold) is { } known and not FakeHold.Held) throw new ToolRefusedException($"hold_{known}".ToLowerInvariant());
        _holds[hold] = (FakeHold.Held, time.GetUtcNow() + (TimeSpan)call.Context[ToolContext.TimeToLive]!);
        return answer(call.Arguments);
    }

    private string ConfirmHold(FakeCall call, Func<IReadOnlyDictionary<string, object?>, string> answer)
    {
        var hold = Hold(call);
        if (StateOf(hold) != FakeHold.Held) throw new ToolRefusedException("hold_gone");
        _holds[hold] = (FakeHold.Confirmed, _holds[hold].ExpiresAt);
        return answer(call.Arguments);
    }

    private string ReleaseHold(FakeCall call)
    {
        var hold = Hold(call);
        var state = StateOf(hold);
        if (state is null or FakeHold.Held) _holds[hold] = (FakeHold.Released, time.GetUtcNow());
        return state == FakeHold.Expired ? """{"expired":true}""" : """{"expired":false}""";
    }

    private FakeHold? StateOf(string hold)
    {
        if (!_holds.TryGetValue(hold, out var at)) return null;
        return at.State == FakeHold.Held && time.GetUtcNow() >= at.ExpiresAt ? FakeHold.Expired : at.State;
    }

    private FakeFunction Function(string tool, string function, Func<FakeCall, string> does) => new(tool, function, async (arguments, cancellationToken) =>
    {
        var context = arguments.Context?.ToDictionary(c => (string)c.Key, c => c.Value, StringComparer.Ordinal) ?? [];
        var call = new FakeCall(time.GetElapsedTime(_began), tool, function, new Dictionary<string, object?>(arguments, StringComparer.Ordinal), context);
        Fault? fault;
        lock (_gate)
        {
            _calls.Add(call);
            fault = _faults.TryGetValue((tool, function), out var faults) && faults.TryDequeue(out var next) ? next : null;
        }

        await WaitAsync(call, fault, cancellationToken);
        lock (_gate)
        {
            var answer = fault is null or Fault.Hangs or Fault.ReturnsLate or Fault.AnswerLost ? does(call) : null;
            return fault switch
            {
                Fault.Throws => throw new InvalidOperationException("The fake back end throws."),
                Fault.Down => throw new ToolUnavailableException("The fake back end is down."),
                Fault.Refuses => throw new ToolRefusedException("not_possible"),
                Fault.Nonsense => "<html>502</html>",
                Fault.AnswerLost => throw new IOException("The answer was lost."),
                _ => answer!,
            };
        }
    });

    private Task WaitAsync(FakeCall call, Fault? fault, CancellationToken cancellationToken) => fault switch
    {
        Fault.Hangs => Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken),
        Fault.ReturnsLate => Task.Delay(Late, time, CancellationToken.None),
        _ => Task.Delay(call.Function == Invoke ? latency.OfCall(call.Tool, call.Arguments) + (more?.Invoke(call.Tool, call.Arguments) ?? TimeSpan.Zero) : latency.OfEnd(call.Tool, call.Function), time, cancellationToken),
    };

    private static string Key(FakeCall call) => (string)call.Context[ToolContext.Key]!;

    private static string Hold(FakeCall call) => (string)call.Context[ToolContext.Hold]!;

    private sealed class FakeFunction(string tool, string function, Func<AIFunctionArguments, CancellationToken, Task<string>> does) : AIFunction
    {
        public override string Name => function == Invoke ? tool : $"{tool}_{function}";

        protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
            await does(arguments, cancellationToken);
    }
}
