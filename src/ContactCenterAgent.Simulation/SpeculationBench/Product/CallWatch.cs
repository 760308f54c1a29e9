using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;

namespace ContactCenterAgent.Simulation.SpeculationBench.Product;

/// <summary>A tool call that the product sent.</summary>
internal sealed record SentCall(ToolCallId Id, string Tool, ToolOperation Operation, ImmutableSortedDictionary<string, string> Arguments, TimeSpan Started)
{
    /// <summary>When its outcome came; null = not yet.</summary>
    public TimeSpan? Ended { get; set; }

    /// <summary>It did what it was to do.</summary>
    public bool Succeeded { get; set; }

    /// <summary>The back end said no.</summary>
    public bool Refused { get; set; }

    public HoldId? Hold { get; init; }

    /// <summary>An effect, not a read and not a hold.</summary>
    public bool IsEffect { get; init; }
}

/// <summary>Watches one call from outside and compares it with the recording. It shares no rule with the core.</summary>
internal sealed class CallWatch(RecordedDialogue dialogue, ServiceCatalogue services) : ICallObserver, ICallJudge
{
    private readonly Dictionary<ToolCallId, SentCall> _byId = [];
    private readonly List<SentCall> _sent = [];
    private readonly List<SentCall> _answered = [];
    private readonly HashSet<ToolCallId> _adopted = [];
    private readonly List<TimeSpan> _closes = [];
    private readonly List<TimeSpan> _modelCalls = [];
    private readonly List<TimeSpan> _retractions = [];
    private readonly List<(HoldId Hold, TimeSpan At)> _released = [];
    private CallState? _last;

    public IReadOnlyList<SentCall> Sent => _sent;

    /// <summary>When the floor was taken, in order.</summary>
    public IReadOnlyList<TimeSpan> Closes => _closes;

    public IReadOnlyList<TimeSpan> ModelCalls => _modelCalls;

    public IReadOnlyList<TimeSpan> Retractions => _retractions;

    public IReadOnlyList<(HoldId Hold, TimeSpan At)> Released => _released;

    public void Stepped(CallId call, CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands)
    {
        _last = after;
        if (happened is ToolReturned returned && _byId.TryGetValue(returned.Call, out var sent))
        {
            sent.Ended = after.Now;
            sent.Succeeded = returned.Outcome is ToolOutcome.Succeeded;
            sent.Refused = returned.Outcome is ToolOutcome.Failed { Failure: ToolFailure.Refused };
        }

        foreach (var adopted in after.Tools.Calls)
        {
            if (!adopted.FromCache || !_adopted.Add(adopted.Id)) continue;
            _answered.Add(new(adopted.Id, adopted.Tool, adopted.Operation, adopted.Arguments, after.Now) { Ended = after.Now, Succeeded = true });
        }

        if (after.Turn.ClosedAt is not null && (before.Turn.ClosedAt is null || before.Turn.Number != after.Turn.Number)) _closes.Add(after.Now);
        if (after.Turn.Retracts && !before.Turn.Retracts) _retractions.Add(after.Now);
        foreach (var command in commands) Take(command, after);
    }

    private void Take(Command command, CallState after)
    {
        switch (command)
        {
            case StartTool start:
                var isEffect = start.Operation == ToolOperation.Confirm || (start.Operation == ToolOperation.Invoke && services.Method(start.Tool)!.IsWrite);
                var sent = new SentCall(start.Call, start.Tool, start.Operation, start.Arguments.Value, after.Now) { Hold = start.Hold, IsEffect = isEffect };
                _byId[start.Call] = sent;
                _sent.Add(sent);
                break;
            case AskPlanner { Request.Role: Core.Turns.PlannerRole.Authority }:
                _modelCalls.Add(after.Now);
                break;
            case ReleaseHold release:
                _released.Add((release.Hold, after.Now));
                break;
        }
    }

    public bool WasReadBack(int turn)
    {
        if (_last is null || turn + 1 >= dialogue.Turns.Length) return false;
        var proposal = _last.Tools.Proposals.LastOrDefault(p => p.ReadBackIn == _last.Turn.Number);
        return proposal is not null && Readings.SaidBack(dialogue.Turns[turn + 1], services.Method(proposal.Tool)!, proposal.Arguments);
    }

    public bool MayAnswer(int turn, PromptKind kind)
    {
        if (Readings.CallAfter(dialogue, turn) is not { } call) return true;
        if (services.Method(call.Name) is not { } method) return true;
        if (kind == PromptKind.Question || kind == PromptKind.ReadBack) return false;
        return Done(method, call) is { Ended: not null } done && (!call.IsWrite || (done.Succeeded ? kind == PromptKind.Claim : kind == PromptKind.Apology));
    }

    /// <summary>The call that did what was annotated: the last one sent with the same arguments, or answered from what an earlier one had brought; null = there is none.</summary>
    public SentCall? Done(ServiceMethod method, RecordedCall call)
    {
        var wanted = method.Complete(call.Arguments);
        return _sent.LastOrDefault(s => s.Tool == call.Name && s.IsEffect == call.IsWrite && s.Operation != ToolOperation.Place && s.Operation != ToolOperation.LookUp
            && (s.Ended is null || s.Succeeded || s.Refused) && Readings.Same(wanted, s.Arguments))
            ?? (call.IsWrite ? null : _answered.LastOrDefault(s => s.Tool == call.Name && Readings.Same(wanted, s.Arguments)));
    }
}

/// <summary>What the recording says that both the watch and the policies need.</summary>
internal static class Readings
{
    /// <summary>The call that the agent made in answer to a caller's turn; null = none.</summary>
    public static RecordedCall? CallAfter(RecordedDialogue dialogue, int turn) =>
        turn + 1 < dialogue.Turns.Length ? dialogue.Turns[turn + 1].Calls.FirstOrDefault(c => c.AfterTurn == turn) : null;

    /// <summary>How long before the end of the turn the last argument of its call had been said, as annotated.</summary>
    public static double HeadStartMs(RecordedDialogue dialogue, int turn)
    {
        if (CallAfter(dialogue, turn) is not { } call) return 0;
        var speech = dialogue.Turns[turn].Speech;
        return (call.ReadyTurn == turn ? speech - call.ReadyAt : speech).TotalMilliseconds;
    }

    /// <summary>Whether the recorded agent's turn reads back a write with these arguments.</summary>
    public static bool SaidBack(RecordedTurn agent, ServiceMethod method, ImmutableSortedDictionary<string, string> arguments)
    {
        var said = agent.Acts.Where(a => a.Service == method.Service && !a.Canonical.IsEmpty && a.Act == (agent.Has("CONFIRM") ? "CONFIRM" : "OFFER")).ToList();
        if (said.Count == 0 || (!agent.Has("CONFIRM") && !agent.Has("NOTIFY_FAILURE"))) return false;
        return said.TrueForAll(a => !method.Parameters.Contains(a.Slot) || (arguments.TryGetValue(a.Slot, out var value) && a.Canonical.Contains(value)));
    }

    /// <summary>Whether the recorded back end refused this write.</summary>
    public static bool WasRefused(RecordedDialogue dialogue, RecordedCall call) => dialogue.Turns[call.AfterTurn + 1].Has("NOTIFY_FAILURE");

    public static bool Same(ImmutableSortedDictionary<string, string> a, ImmutableSortedDictionary<string, string> b)
    {
        if (a.Count != b.Count) return false;
        foreach (var (name, value) in a) if (!b.TryGetValue(name, out var other) || !string.Equals(value, other, StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }

    public static string Text(string tool, ImmutableSortedDictionary<string, string> arguments) =>
        $"{tool}({string.Join(", ", arguments.Select(a => $"{a.Key}={a.Value.ToLowerInvariant()}"))})";
}
