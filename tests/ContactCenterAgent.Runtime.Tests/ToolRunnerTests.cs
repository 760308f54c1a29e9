using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Runtime.Tests;

public sealed class ToolRunnerTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void Read_ThatAnswers_ReturnsItsRows()
    {
        Play(_bench.Read());
        _bench.Outcome(1).ShouldBeOfType<ToolOutcome.Succeeded>().Result.Rows.ShouldHaveSingleItem()["opens"].ShouldBe("09:00");
    }

    [Theory]
    [InlineData(Fault.Throws, "tool.broken")]
    [InlineData(Fault.Nonsense, "tool.broken")]
    [InlineData(Fault.Down, "tool.unavailable")]
    [InlineData(Fault.Refuses, "tool.refused")]
    [InlineData(Fault.Hangs, "tool.timed_out")]
    [InlineData(Fault.ReturnsLate, "tool.timed_out")]
    public void Read_ThatMisbehaves_IsATypedFailureAndTheCallLives(Fault fault, string code)
    {
        _bench.BackEnd.Fail("hours", FakeBackEnd.Invoke, fault);
        Play(_bench.Read(number: 1), _bench.Read(number: 2)).Disposition.ShouldBe(Disposition.Completed);
        _bench.Failure(1)!.Code.ShouldBe(code);
        _bench.Outcome(2).ShouldBeOfType<ToolOutcome.Succeeded>();
    }

    [Fact]
    public void Read_WithAnArgumentThatTheToolCannotTake_NamesTheParameter()
    {
        Play(_bench.Read("picky"));
        _bench.Failure(1).ShouldBe(new ToolFailure.Invalid("day"));
    }

    [Fact]
    public void Read_ThatHangs_IsGivenUpAtItsDeadline()
    {
        _bench.BackEnd.Fail("hours", FakeBackEnd.Invoke, Fault.Hangs);
        Play(_bench.Read(deadline: TimeSpan.FromSeconds(3)));
        _bench.Seen.OfType<ToolReturned>().ShouldHaveSingleItem().At.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Read_ThatIgnoresItsCancellation_IsAbandonedAfterTheGraceTimeAndItsLateReturnOnlyLogged()
    {
        _bench.BackEnd.Fail("hours", FakeBackEnd.Invoke, Fault.ReturnsLate);
        Play(_bench.Read(deadline: TimeSpan.FromSeconds(3)));
        _bench.Seen.OfType<ToolReturned>().ShouldHaveSingleItem().At.ShouldBe(TimeSpan.FromSeconds(3.5));
        _bench.Log.Lines.Count(l => l.StartsWith("tool.abandoned hours", StringComparison.Ordinal)).ShouldBe(1);
        _bench.Log.Lines.Count(l => l.StartsWith("tool.late hours: RanToCompletion", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void Read_Cancelled_ReturnsAsCancelledOnce()
    {
        Play(happened => happened switch
        {
            SpeechStarted => [_bench.Read()],
            SpeechEnded => [new CancelTool(new(_bench.Call, 1))],
            _ => [],
        });
        var returned = _bench.Seen.OfType<ToolReturned>().ShouldHaveSingleItem();
        returned.At.ShouldBe(TimeSpan.FromMilliseconds(100));
        _bench.Failure(1).ShouldBeOfType<ToolFailure.Cancelled>();
    }

    [Fact]
    public void Write_Cancelled_RunsToItsEnd()
    {
        Play(happened => happened switch
        {
            SpeechStarted => [_bench.Write()],
            SpeechEnded => [new CancelTool(new(_bench.Call, 1))],
            _ => [],
        });
        _bench.Outcome(1).ShouldBeOfType<ToolOutcome.Succeeded>();
        _bench.BackEnd.Effects.Count.ShouldBe(1);
    }

    [Fact]
    public void Write_SentTwiceUnderOneKey_HasOneEffect()
    {
        Play(happened => happened switch
        {
            SpeechStarted => [_bench.Write(1)],
            ToolReturned { Call.Number: 1 } => [_bench.Write(2)],
            _ => [],
        });
        _bench.Outcome(2).ShouldBeOfType<ToolOutcome.Succeeded>();
        _bench.BackEnd.Calls.Count(c => c.Tool == "change_phone").ShouldBe(1);
    }

    [Fact]
    public void Write_IsNotSentBeforeTheJournalIsOnDisk()
    {
        var flushedAtCall = -1;
        _bench.Tools = [_bench.BackEnd.Write(new() { Name = "change_phone" }, _ =>
        {
            flushedAtCall = _bench.Journals[_bench.Call].Flushed;
            return """{"changed":"yes"}""";
        })];
        Play(_bench.Write());
        var dispatched = _bench.Journals[_bench.Call].Records.ToList().FindIndex(r => r is IReadOnlyList<Command> c && c.Any(x => x is StartTool));
        flushedAtCall.ShouldBeGreaterThan(dispatched);
    }

    [Theory]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.Throws)]
    [InlineData(Fault.Hangs)]
    [InlineData(Fault.Nonsense)]
    public void Write_WhoseOutcomeNobodyKnows_IsUnknownAndNotRepeated(Fault fault)
    {
        _bench.BackEnd.Fail("change_phone", FakeBackEnd.Invoke, fault);
        Play(happened => happened switch
        {
            SpeechStarted => [_bench.Write(1)],
            ToolReturned { Call.Number: 1 } => [_bench.Write(2)],
            _ => [],
        });
        _bench.Failure(1).ShouldBeOfType<ToolFailure.Unknown>();
        _bench.Failure(2).ShouldBeOfType<ToolFailure.Unknown>();
        _bench.BackEnd.Calls.Count(c => c.Function == FakeBackEnd.Invoke).ShouldBe(1);
    }

    [Theory]
    [InlineData(Fault.AnswerLost, true)]
    [InlineData(Fault.Throws, false)]
    public void LookUp_AfterAnUnknownWrite_FindsWhatBecameOfIt(Fault fault, bool happened)
    {
        _bench.BackEnd.Fail("change_phone", FakeBackEnd.Invoke, fault);
        Play(e => e switch
        {
            SpeechStarted => [_bench.Write(1)],
            ToolReturned { Call.Number: 1 } => [_bench.LookUp("change_phone", 2)],
            _ => [],
        });
        var row = _bench.Outcome(2).ShouldBeOfType<ToolOutcome.Succeeded>().Result.Rows.ShouldHaveSingleItem();
        row["state"].ShouldBe(happened ? "done" : "absent");
        row["changed"].ShouldBe(happened ? "yes" : null);
        Entry("change_phone").State.ShouldBe(happened ? LedgerState.Done : LedgerState.Failed);
    }

    [Fact]
    public void LookUp_WithTheBackEndSilent_StaysUnknown()
    {
        _bench.BackEnd.Fail("change_phone", FakeBackEnd.Invoke, Fault.AnswerLost);
        _bench.BackEnd.Fail("change_phone", FakeBackEnd.LookUp, Fault.Hangs);
        Play(e => e switch
        {
            SpeechStarted => [_bench.Write(1)],
            ToolReturned { Call.Number: 1 } => [_bench.LookUp("change_phone", 2)],
            _ => [],
        });
        _bench.Failure(2).ShouldBeOfType<ToolFailure.TimedOut>();
        Entry("change_phone").State.ShouldBe(LedgerState.Unknown);
    }

    [Fact]
    public void Hold_PlacedAndConfirmed_EndsAsConfirmedWithOneEffect()
    {
        Play(e => e switch
        {
            SpeechStarted => [_bench.Place(1)],
            ToolReturned { Call.Number: 1 } => [_bench.Confirm(2, placedBy: 1)],
            _ => [],
        });
        _bench.Outcome(2).ShouldBeOfType<ToolOutcome.Succeeded>();
        Hold().End.ShouldBe(HoldEnd.Confirmed);
        _bench.BackEnd.HoldOf(Hold().Hold.Value).ShouldBe(FakeHold.Confirmed);
    }

    [Fact]
    public void Hold_IsInTheLedgerBeforeItIsAskedFor()
    {
        IReadOnlyList<HoldEntry>? atCall = null;
        _bench.Tools = [_bench.BackEnd.Reserve(_bench.Tools[2].Descriptor, _ =>
        {
            atCall ??= _bench.Ledger.HoldsAsync(_bench.Call, CancellationToken.None).Result;
            return "{}";
        })];
        Play(_bench.Place());
        atCall!.ShouldHaveSingleItem().Hold.ShouldBe(HoldId.For(new(_bench.Call, 1)));
    }

    [Theory]
    [InlineData(Fault.Refuses)]
    [InlineData(Fault.Down)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.ReturnsLate)]
    [InlineData(Fault.Throws)]
    public void Hold_ThatFailed_IsReleasedWhateverTheBackEndDidWithIt(Fault fault)
    {
        _bench.BackEnd.Fail("book", FakeBackEnd.Invoke, fault);
        Play(e => e switch
        {
            SpeechStarted => [_bench.Place()],
            ToolReturned { Outcome: ToolOutcome.Failed } => [new ReleaseHold(HoldId.For(new(_bench.Call, 1)), "book", TimeSpan.FromSeconds(60))],
            _ => [],
        });
        _bench.Seen.OfType<HoldReleased>().ShouldHaveSingleItem().Expired.ShouldBeFalse();
        Hold().End.ShouldBe(HoldEnd.Released);
        _bench.BackEnd.HoldOf(Hold().Hold.Value).ShouldBe(FakeHold.Released);
    }

    [Fact]
    public void Tool_ThatDoesNotExist_IsInvalid()
    {
        Play(_bench.Read("no_such_tool"));
        _bench.Failure(1).ShouldBeOfType<ToolFailure.Invalid>();
    }

    private CallRecord Play(params StartTool[] starts) => Play(e => e is SpeechStarted ? starts : []);

    private CallRecord Play(Func<CallEvent, IEnumerable<Command>> does) => _bench.Call1(Bench.Steps(does), async caller =>
    {
        caller.Happens(new SpeechStarted(default));
        await Task.Delay(TimeSpan.FromMilliseconds(100), _bench.Time, CancellationToken.None);
        caller.Happens(new SpeechEnded(default));
        await Task.Delay(TimeSpan.FromMinutes(2), _bench.Time, CancellationToken.None);
        caller.Happens(new LineClosed(default, Lost: false));
    });

    private LedgerEntry Entry(string tool) => _bench.Ledger.FindAsync(_bench.Key(tool), CancellationToken.None).Result!;

    private HoldEntry Hold() => _bench.Ledger.HoldsAsync(_bench.Call, CancellationToken.None).Result.ShouldHaveSingleItem();
}
