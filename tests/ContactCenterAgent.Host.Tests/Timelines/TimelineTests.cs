using System.Collections.Immutable;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Host.Timelines;

namespace ContactCenterAgent.Host.Tests.Timelines;

public sealed class TimelineTests
{
    private static readonly CallId Id = new(Guid.Parse("01930000-0000-7000-8000-000000000001"));

    private static readonly ToolDescriptor FindSlots = new()
    {
        Name = "find_slots",
        Effect = ToolEffect.Read,
        Parameters =
        [
            new() { Name = "service", Type = ParameterType.Choice },
            new() { Name = "date", Type = ParameterType.DateRange },
            new() { Name = "time", Type = ParameterType.TimeRange, Required = false },
            new() { Name = "customer_id", Type = ParameterType.EntityId },
        ],
    };

    private static readonly CallState Start = CallAgent.Begin(Id, new() { Tools = [FindSlots] });

    private readonly Timeline _timeline = new();
    private CallState _state = Start;

    [Fact]
    public void Partial_WithNewWords_AddsOnlyThose()
    {
        Add(new PartialHeard(At(1), Heard("move", "my")));
        var rows = Add(new PartialHeard(At(1.4), Heard("move", "my", "appointment")));

        rows.ShouldBe([new(At(1.4), Lane.Caller, RowKind.Heard, 2, "appointment", At(2))]);
    }

    [Fact]
    public void Partial_ThatRevisesAndDropsAWord_SaysSo()
    {
        Add(new PartialHeard(At(1), Heard("fifteen", "uh")));
        var rows = Add(new FinalHeard(At(2), Heard("fifty")));

        rows.Select(r => (r.Kind, r.Id, r.Text)).ShouldBe([(RowKind.Revised, 0, "fifty"), (RowKind.Unheard, 1, "uh")]);
    }

    [Fact]
    public void Final_ThenAnotherUtterance_GoesOnCounting()
    {
        Add(new FinalHeard(At(1), Heard("yes", "please")));
        Add(new PartialHeard(At(2), Heard("thanks"))).ShouldHaveSingleItem().Id.ShouldBe(2);
    }

    [Fact]
    public void ToolCall_StartedThenSuperseded_IsStartedSupersededAndCancelled()
    {
        Add(new PlanProposed(At(1), new(1), Plan.Empty), WithCall(ToolCallStatus.Running), Started());
        var rows = Add(new PlanProposed(At(2), new(2), Plan.Empty), WithCall(ToolCallStatus.Superseded), new CancelTool(new(Id, 1)));

        _timeline.Rows[0].ShouldBe(new(At(1), Lane.Tools, RowKind.Started, 1, "find_slots eye test, Tue 24 Nov, 12:00-17:00", null, "invoke"));
        rows.Select(r => r.Kind).ShouldBe([RowKind.Superseded, RowKind.Cancelled]);
    }

    [Fact]
    public void ToolCall_ThatFails_SaysItsCode()
    {
        Add(new PlanProposed(At(1), new(1), Plan.Empty), WithCall(ToolCallStatus.Running), Started());
        var failed = WithCall(ToolCallStatus.Failed, new ToolOutcome.Failed(new ToolFailure.TimedOut(At(8))));

        Add(new ToolReturned(At(9), new(Id, 1), failed.Tools.Calls[0].Outcome!), failed).ShouldHaveSingleItem().Note.ShouldBe("tool.timed_out");
    }

    [Fact]
    public void TurnClosed_WithACallThatStillHolds_KeepsItOnce()
    {
        Add(new PlanProposed(At(1), new(1), Plan.Empty), WithCall(ToolCallStatus.Running), Started());
        var closed = WithCall(ToolCallStatus.Running) with { Turn = new() { Number = 1, ClosedAt = At(2), SpokenUntil = At(1.7) } };

        Add(new DeadlineReached(At(2)), closed).Select(r => r.Kind).ShouldBe([RowKind.Closed, RowKind.Kept]);
        Add(new PartialHeard(At(2.1), Heard("and")), closed with { Turn = closed.Turn with { ClosedAt = null } });
        Add(new DeadlineReached(At(3)), closed with { Turn = closed.Turn with { ClosedAt = At(3) } }).Select(r => r.Kind).ShouldBe([RowKind.Closed]);
    }

    [Theory]
    [InlineData(HoldStatus.Held, RowKind.Held)]
    [InlineData(HoldStatus.Confirmed, RowKind.Confirmed)]
    [InlineData(HoldStatus.Released, RowKind.Released)]
    [InlineData(HoldStatus.Expired, RowKind.Expired)]
    public void Hold_ThatMoves_StandsUnderTheCallThatPlacedIt(HoldStatus status, RowKind kind)
    {
        var state = WithProposal(ProposalStatus.Drafted);
        var held = state with { Tools = state.Tools with { Holds = [new(HoldId.For(new(Id, 7)), new(1), "book", At(60), status)] } };

        var row = Add(new DeadlineReached(At(1)), held).ShouldHaveSingleItem();
        (row.Kind, row.Id, row.Lane).ShouldBe((kind, 7, Lane.Tools));
    }

    [Theory]
    [InlineData(ProposalStatus.Authorised, RowKind.Authorised)]
    [InlineData(ProposalStatus.Done, RowKind.Done)]
    [InlineData(ProposalStatus.Failed, RowKind.Refused)]
    [InlineData(ProposalStatus.Withdrawn, RowKind.Withdrawn)]
    [InlineData(ProposalStatus.Unknown, RowKind.Unknown)]
    public void Proposal_ThatMoves_SaysHow(ProposalStatus status, RowKind kind) =>
        Add(new DeadlineReached(At(1)), WithProposal(status)).ShouldHaveSingleItem().Kind.ShouldBe(kind);

    [Fact]
    public void Sentence_CutOff_ShowsWhatWasHeard()
    {
        Add(new DeadlineReached(At(1)), null, new Say(new(1), Pii.Of("Thursday at half past two"), PromptKind.ReadBack, null));
        Add(new PlaybackStarted(At(1.1), new(1))).ShouldHaveSingleItem().ShouldBe(
            new(At(1.1), Lane.Agent, RowKind.Speaking, 1, "Thursday at half past two", null, "readback"));

        var row = Add(new PlaybackEnded(At(2), new(1), 8)).ShouldHaveSingleItem();
        (row.Kind, row.Text).ShouldBe((RowKind.Cut, "Thursday"));
    }

    [Fact]
    public void Answer_FirstSound_SaysHowLongTheCallerWaited()
    {
        var row = Add(new PlaybackStarted(At(5), new(1)), Start with { ResponseLatencies = [At(0.31)] }).ShouldHaveSingleItem();
        row.ShouldBe(new(At(5), Lane.Turn, RowKind.Answered, 0, "0.31 s", At(4.69)));
    }

    [Fact]
    public void Call_ThatEnds_SaysHowAndWhy()
    {
        var rows = Add(new LineClosed(At(9), Lost: false), null, new CloseCall(Disposition.Abandoned));
        rows.Select(r => (r.Kind, r.Text)).ShouldBe([(RowKind.Ended, "abandoned"), (RowKind.HungUp, "hung up")]);
    }

    private IReadOnlyList<TimelineRow> Add(CallEvent happened, CallState? after = null, params Command[] commands)
    {
        var before = _state;
        _state = (after ?? _state) with { Now = happened.At };
        return _timeline.Add(happened, before, _state, commands);
    }

    private static StartTool Started() => new(
        new(Id, 1), "find_slots", ToolOperation.Invoke, Pii.Of(Arguments), null, null, null, null, At(8), Speculative: true);

    private static readonly ImmutableSortedDictionary<string, string> Arguments = new Dictionary<string, string>
    {
        ["service"] = "eye test",
        ["date"] = "2026-11-24",
        ["time"] = "12:00/17:00",
        ["customer_id"] = "c-81",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static CallState WithCall(ToolCallStatus status, ToolOutcome? outcome = null) => Start with
    {
        Turn = new() { Number = 1 },
        Tools = new()
        {
            Calls =
            [
                new()
                {
                    Id = new(Id, 1), Task = "book", Tool = "find_slots", Operation = ToolOperation.Invoke, Arguments = Arguments,
                    Status = status, Turn = 1, StartedAt = At(1), Outcome = outcome,
                },
            ],
        },
    };

    private static CallState WithProposal(ProposalStatus status) => Start with
    {
        Tools = new() { Proposals = [new() { Id = new(1), Task = "book", Tool = "book", Digest = new(""), Call = new(Id, 3), Status = status }] },
    };

    private static Transcript Heard(params string[] words) =>
        new([.. words.Select((w, i) => new Word(w, At(i), At(i + 1), false))], []);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
