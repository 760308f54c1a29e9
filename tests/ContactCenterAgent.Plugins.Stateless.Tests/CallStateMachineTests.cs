using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Calls;
using ContactCenterAgent.Core.Tests.Laws;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Plugins.Stateless.Tests;

public sealed class CallStateMachineTests
{
    private static readonly CallId Call = new(Guid.Parse("01938a40-0000-7000-8000-000000000003"));
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(3);
    private const int PerPhase = 12;

    public static TheoryData<CallPhase, Trigger> Everything
    {
        get
        {
            var all = new TheoryData<CallPhase, Trigger>();
            foreach (var phase in Enum.GetValues<CallPhase>())
                foreach (var trigger in Enum.GetValues<Trigger>()) all.Add(phase, trigger);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Machine_InAnyPhaseOnAnyTrigger_TakesTheRowThatTheCoreTakes(CallPhase phase, Trigger trigger)
    {
        foreach (var state in States(phase))
        {
            foreach (var happened in Events(trigger))
            {
                TransitionTable.TriggerOf(happened).ShouldBe(trigger);
                if (trigger == Trigger.Arrived && phase != CallPhase.Arriving)
                {
                    Should.Throw<InvariantException>(() => CallAgent.Step(state, happened));
                    Should.Throw<InvariantException>(() => new CallStateMachine(state).Fire(happened));
                    continue;
                }

                var rule = "";
                var hooks = new CallHooks();
                foreach (var name in TransitionTable.Describe().Select(r => r.Rule).Distinct()) hooks.Then(name, (_, _, _) => rule += name);
                var machine = new CallStateMachine(state, hooks);
                var core = CallAgent.Step(state, happened);

                machine.CanFire(happened).ShouldBeTrue();
                ShouldAgree(machine, machine.Fire(happened), core);
                rule.ShouldBe(TransitionTable.Describe().ElementAt(TransitionTable.RowFor(state, happened)).Rule);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Machine_InAnyPhaseOnAnyTrigger_HasTheTablesRows(CallPhase phase, Trigger trigger)
    {
        var rows = TransitionTable.Describe()
            .Where(r => r.Trigger == trigger.ToString() && (r.Phases == "any" || r.Phases.Split(", ").Contains(phase.ToString())))
            .Select(r => r.Guard.Length == 0 ? r.Rule : $"{r.Guard}: {r.Rule}");

        var machine = new CallStateMachine(CallAgent.Begin(Call, Desk.Settings));
        var info = machine.Machine.GetInfo().States.Single(s => (CallPhase)s.UnderlyingState == phase);

        info.DynamicTransitions.Where(t => (Trigger)t.Trigger.UnderlyingTrigger == trigger)
            .Select(t => t.GuardConditionsMethodDescriptions.Single().Description).ShouldBe(rows);
    }

    [Fact]
    public void Machine_ThroughRandomCalls_StaysWithTheCore()
    {
        var steps = 0;
        CallStateMachine? machine = null;
        StepResult Both(CallState state, CallEvent happened)
        {
            if (happened is CallArrived) machine = new(state);
            var core = CallAgent.Step(state, happened);
            ShouldAgree(machine!, machine!.Fire(happened), core);
            steps++;
            return core;
        }

        var random = new Random(11);
        for (var call = 0; call < 300; call++) RandomCall.Play(Moves(random), step: Both).ShouldBeEmpty();

        steps.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void Condition_ThatSaysNo_RefusesTheEventAndChangesNothing()
    {
        var hooks = new CallHooks().When("Arrive", (_, _) => false);
        var machine = new CallStateMachine(CallAgent.Begin(Call, Desk.Settings), hooks);
        var before = machine.State;
        CallEvent ring = Events(Trigger.Arrived).Single();

        machine.CanFire(ring).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => machine.Fire(ring));
        machine.Machine.OnUnhandledTrigger((_, _) => { });
        machine.Fire(ring).ShouldBeEmpty();

        machine.State.ShouldBeSameAs(before);
    }

    [Fact]
    public void Actions_OnRulesAndPhases_RunOnceAndInOrder()
    {
        var ran = new List<string>();
        var hooks = new CallHooks()
            .Then("Arrive", (before, _, step) => ran.Add($"arrive {before.Phase} {step.Commands.Single().GetType().Name}"))
            .Then("Open", (_, _, _) => ran.Add("open"));
        var machine = new CallStateMachine(CallAgent.Begin(Call, Desk.Settings), hooks);
        machine.Machine.Configure(CallPhase.Arriving).OnExit(() => ran.Add("exit"));
        machine.Machine.Configure(CallPhase.Speaking).OnEntry(() => ran.Add("entry"));

        machine.Fire(new CallArrived(TimeSpan.Zero, "desk", null, new(2026, 11, 23, 10, 0, 0)));
        machine.Fire(new LineOpened(TimeSpan.Zero));

        ran.ShouldBe(["arrive Arriving AnswerLine", "open", "exit", "entry"]);
    }

    [Fact]
    public void Hook_OnARuleThatIsNone_IsRefused() => Should.Throw<ArgumentException>(() => new CallHooks().Then("Nonsense", (_, _, _) => { }));

    // The same phase in calls that have lived: what the guards look at is there.
    private static readonly ILookup<CallPhase, CallState> Lived = Live();

    private static IEnumerable<CallState> States(CallPhase phase)
    {
        if (phase != CallPhase.Arriving) Lived[phase].ShouldNotBeEmpty();
        return Lived[phase].Prepend(CallAgent.Begin(Call, Desk.Settings) with
        {
            Phase = phase,
            LocalStart = new(2026, 11, 23, 10, 0, 0),
            ClosedAt = phase >= CallPhase.Draining ? Now : null,
            Disposition = phase >= CallPhase.Draining ? Disposition.Completed : null,
        });
    }

    private static ILookup<CallPhase, CallState> Live()
    {
        var random = new Random(5);
        var seen = new List<CallState>();
        for (var call = 0; call < 400; call++)
            RandomCall.Play(Moves(random), step: (state, happened) =>
            {
                var step = CallAgent.Step(state, happened);
                if (step.State.Phase != state.Phase && seen.Count(s => s.Phase == step.State.Phase) < PerPhase) seen.Add(step.State);
                return step;
            });
        return seen.ToLookup(s => s.Phase);
    }

    private static int[] Moves(Random random) => [.. Enumerable.Range(0, 40).Select(_ => random.Next(0x10000))];

    // Commands hold arrays, which compare by reference: their text is compared, and the states that they leave behind.
    private static void ShouldAgree(CallStateMachine machine, IEnumerable<Command> commands, StepResult core)
    {
        commands.Select(c => c.ToString()).ShouldBe(core.Commands.Select(c => c.ToString()));
        machine.Machine.State.ShouldBe(core.State.Phase);
        machine.State.NextDeadline.ShouldBe(core.State.NextDeadline);
        machine.State.History.Length.ShouldBe(core.State.History.Length);
        machine.State.Tools.Calls.Length.ShouldBe(core.State.Tools.Calls.Length);
    }

    private static IEnumerable<CallEvent> Events(Trigger trigger)
    {
        var at = Now + TimeSpan.FromHours(1);
        Transcript[] words = [Transcript.Empty, Said("mm-hm"), Said("book thursday two"), Said("yes")];
        return trigger switch
        {
            Trigger.Arrived => [new CallArrived(at, "desk", null, new(2026, 11, 23, 10, 0, 0))],
            Trigger.LineOpened => [new LineOpened(at)],
            Trigger.SpeechStarted => [new SpeechStarted(at)],
            Trigger.SpeechEnded => [new SpeechEnded(at)],
            Trigger.Partial => words.Select(w => new PartialHeard(at, w)),
            Trigger.Final => words.Select(w => new FinalHeard(at, w)),
            Trigger.Digit => "07#".Select(d => new DigitPressed(at, Pii.Of(d))),
            Trigger.Plan => Enumerable.Range(0, 5).Select(g => new PlanProposed(at, new(g), Plan.Empty)),
            Trigger.Reply => Enumerable.Range(0, 5).Select(g => new ReplySentence(at, new(g), Pii.Of("Good day."))),
            Trigger.PlannerEnded => Enumerable.Range(0, 5).Select(g => new PlannerEnded(at, new(g))),
            Trigger.PlannerStalled => Enumerable.Range(0, 5).Select(g => new PlannerStalled(at, new(g))),
            Trigger.PlannerSwitched => [new PlannerSwitched(at, new(1), "cloud", "embedded", "tier.slow")],
            Trigger.ToolReturned => Enumerable.Range(1, 3).Select(n => new ToolReturned(at, new(Call, n), new ToolOutcome.Failed(new ToolFailure.Unavailable()))),
            Trigger.HoldReleased => [new HoldReleased(at, HoldId.For(new(Call, 1)), false)],
            Trigger.PlaybackStarted => [new PlaybackStarted(at, new(1))],
            Trigger.PlaybackProgressed => [new PlaybackProgressed(at, new(1), 3)],
            Trigger.PlaybackEnded => Enumerable.Range(1, 3).Select(p => new PlaybackEnded(at, new(p), 9)),
            Trigger.Deadline => [new DeadlineReached(at)],
            Trigger.TransferEnded => Enum.GetValues<TransferOutcome>().Select(o => new TransferEnded(at, o)),
            Trigger.StorageChanged => [new StorageChanged(at, false), new StorageChanged(at, true)],
            Trigger.LineClosed => [new LineClosed(at, false), new LineClosed(at, true)],
            _ => throw new ArgumentException($"There is no event of {trigger} to try.", nameof(trigger)),
        };
    }

    private static Transcript Said(string text) => new([.. text.Split(' ').Select(word => new Word(word, Now, Now, Stable: true))], []);
}
