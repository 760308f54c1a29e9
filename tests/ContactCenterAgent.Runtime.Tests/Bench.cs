using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Runtime.Tests;

/// <summary>A host on virtual time with fake back ends, and a step that a test writes.</summary>
internal sealed class Bench
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public Bench()
    {
        Time = new(Start);
        Ledger = new(Time);
        BackEnd = new(Time, new(seed: 7));
        Tools =
        [
            BackEnd.Read(new() { Name = "hours", Effect = ToolEffect.Read }, _ => """{"rows":[{"opens":"09:00"}]}"""),
            BackEnd.Write(new() { Name = "change_phone", Effect = ToolEffect.Write, CanLookUp = true }, _ => """{"changed":"yes"}"""),
            BackEnd.Reserve(
                new() { Name = "book", Effect = ToolEffect.Reserve, CanLookUp = true, Hold = new(TimeSpan.FromSeconds(60), "slot", TimeSpan.FromSeconds(30)) },
                _ => """{"start":"2026-11-26T14:30"}"""),
            BackEnd.Read(
                new() { Name = "picky", Effect = ToolEffect.Read, Parameters = [new() { Name = "day", Type = ParameterType.Date }] },
                _ => NoSuchDay(day: "2026-02-30")),
        ];
    }

    public VirtualTime Time { get; }
    public MemoryLedger Ledger { get; set; }
    public MemoryJournals Journals { get; } = new();
    public MemoryRecords Records { get; } = new();
    public FakeBackEnd BackEnd { get; }
    public ImmutableArray<Tool> Tools { get; set; }
    public RuntimeOptions Options { get; } = new();
    public IPlanner Draft { get; set; } = new DraftPlanner(r => Plan.Empty with { Read = r.Hash });
    public IPlanner? Authority { get; set; }
    public ImmutableArray<ICallObserver> Observers { get; set; } = [];
    public LogLines Log { get; } = new();
    public CallId Call { get; } = new(Guid.Parse("019aaf00-0000-7000-8000-000000000001"));
    public List<CallEvent> Seen { get; } = [];

    /// <summary>Runs a host on virtual time.</summary>
    public void Run(Step step, Func<CallHost, Task> test) => Time.Run(async () =>
    {
        await using var host = new CallHost(Services(), (state, happened) =>
        {
            Seen.Add(happened);
            return step(state with { Now = happened.At }, happened);
        });
        await test(host);
    }, TimeSpan.FromHours(1));

    /// <summary>Runs one call on virtual time.</summary>
    public CallRecord Call1(Step step, Func<ScriptedLeg, Task> caller, ScriptedLeg? leg = null)
    {
        CallRecord? record = null;
        leg ??= new();
        Run(step, async host =>
        {
            var call = host.RunAsync(leg, CancellationToken.None);
            await caller(leg);
            record = await call;
        });
        return record!;
    }

    public CallServices Services() => new()
    {
        Tools = Tools,
        Settings = new() { Tools = [] },
        Draft = Draft,
        Authority = Authority,
        Ledger = Ledger,
        Journals = Journals,
        Records = Records,
        Time = Time,
        Observers = Observers,
        Loggers = Log,
        Options = Options,
        LocalTime = at => at.DateTime,
        NewCallId = () => Call,
    };

    /// <summary>Answers, does what the test wants at some events, and closes the call when the line is closed.</summary>
    public static Step Steps(Func<CallEvent, IEnumerable<Command>> does) => (state, happened) => new(state,
    [
        .. happened switch
        {
            CallArrived => [new AnswerLine()],
            LineClosed => [new CloseCall(Disposition.Completed)],
            _ => does(happened),
        },
    ]);

    private static string NoSuchDay(string day) => throw new ArgumentException("There is no such day.", nameof(day));

    public StartTool Read(string tool = "hours", int number = 1, TimeSpan? deadline = null, bool speculative = false) =>
        new(new(Call, number), tool, ToolOperation.Invoke, NoArguments, null, null, null, null, deadline ?? TimeSpan.FromSeconds(8), speculative);

    public StartTool Write(int number = 1, TimeSpan? deadline = null) =>
        new(new(Call, number), "change_phone", ToolOperation.Invoke, NoArguments, null, null, null, Key("change_phone"), deadline ?? TimeSpan.FromSeconds(8), false);

    public StartTool Place(int number = 1) =>
        new(new(Call, number), "book", ToolOperation.Place, NoArguments, null, HoldId.For(new(Call, number)), TimeSpan.FromSeconds(60), null, TimeSpan.FromSeconds(8), true);

    public StartTool Confirm(int number, int placedBy) =>
        new(new(Call, number), "book", ToolOperation.Confirm, NoArguments, null, HoldId.For(new(Call, placedBy)), null, Key("book"), TimeSpan.FromSeconds(8), false);

    public StartTool LookUp(string tool, int number) =>
        new(new(Call, number), tool, ToolOperation.LookUp, NoArguments, null, null, null, Key(tool), TimeSpan.FromSeconds(8), false);

    public EffectKey Key(string tool) => new(Call, tool, new("00000000000000000000000000000001"), 1);

    public ToolOutcome? Outcome(int number) => Seen.OfType<ToolReturned>().SingleOrDefault(r => r.Call.Number == number)?.Outcome;

    public ToolFailure? Failure(int number) => (Outcome(number) as ToolOutcome.Failed)?.Failure;

    public static Pii<ImmutableSortedDictionary<string, string>> NoArguments => Pii.Of(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
}
