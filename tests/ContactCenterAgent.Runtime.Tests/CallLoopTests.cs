using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Runtime.Tests;

public sealed class CallLoopTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void Call_FromRingToRecord_IsJournaledInOrderAndSaved()
    {
        var leg = new ScriptedLeg();
        var record = _bench.Call1(Bench.Steps(_ => []), async caller =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5), _bench.Time, CancellationToken.None);
            caller.Happens(new LineClosed(default, Lost: false));
        }, leg);

        _bench.Seen.Select(e => (e.GetType().Name, e.At)).ShouldBe(
            [("CallArrived", TimeSpan.Zero), ("LineOpened", TimeSpan.Zero), ("LineClosed", TimeSpan.FromSeconds(5))]);
        var journal = _bench.Journals[_bench.Call];
        journal.Records.Select(r => r is CallEvent e ? e.GetType().Name : string.Join(',', ((IReadOnlyList<Command>)r).Select(c => c.GetType().Name)))
            .ShouldBe(["CallArrived", "AnswerLine", "LineOpened", "LineClosed", "CloseCall"]);
        journal.Closed.ShouldBeTrue();
        leg.Disposed.ShouldBeTrue();
        _bench.Records.Records.ShouldHaveSingleItem().ShouldBe(record);
        record.Disposition.ShouldBe(Disposition.Completed);
        record.AnsweredAt.ShouldBe(Bench.Start);
        record.EndedAt.ShouldBe(Bench.Start + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Deadline_ThatMoves_IsReachedOnceAtItsLastTime()
    {
        Step step = (state, happened) => happened switch
        {
            CallArrived => new(state with { NextDeadline = TimeSpan.FromSeconds(2) }, [new AnswerLine()]),
            SpeechStarted => new(state with { NextDeadline = happened.At + TimeSpan.FromSeconds(3) }, []),
            DeadlineReached => new(state with { NextDeadline = null }, [new HangUp()]),
            LineClosed => new(state, [new CloseCall(Disposition.Completed)]),
            _ => new(state, []),
        };
        _bench.Call1(step, async caller =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _bench.Time, CancellationToken.None);
            caller.Happens(new SpeechStarted(default));
            // A timer that rang just before the deadline moved: its event comes behind the one that moved it.
            caller.Happens(new DeadlineReached(default));
        });
        _bench.Seen.OfType<DeadlineReached>().ShouldHaveSingleItem().At.ShouldBe(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void Deadline_InThePastForEver_CostsTheCallAndNotTheProcess()
    {
        Step step = (state, happened) => new(state with { NextDeadline = TimeSpan.Zero }, happened is CallArrived ? [new AnswerLine()] : []);
        var record = _bench.Call1(step, _ => Task.CompletedTask);
        record.Disposition.ShouldBe(Disposition.Failed);
        _bench.Log.Lines.ShouldContain(l => l.Contains("keeps asking for a deadline that has passed", StringComparison.Ordinal));
    }

    [Fact]
    public void Step_ThatThrows_ApologisesTransfersRecordsAndKeepsTheJournal()
    {
        var leg = new ScriptedLeg();
        var record = _bench.Call1(
            Bench.Steps(happened => happened is SpeechStarted ? throw new InvalidOperationException("Dana Whitfield") : []),
            caller =>
            {
                caller.Happens(new SpeechStarted(default));
                return Task.CompletedTask;
            }, leg);

        record.Disposition.ShouldBe(Disposition.Failed);
        leg.Commands.ShouldBe(["answer", "stop", "say Apology: I'm sorry, something went wrong on my side. I'll put you through to a colleague.", "transfer agent_failed"]);
        var journal = _bench.Journals[_bench.Call];
        journal.Closed.ShouldBeTrue();
        journal.Records.OfType<SpeechStarted>().ShouldHaveSingleItem();
        _bench.Log.Lines.ShouldContain(l => l.Contains("call.step_failed InvalidOperationException", StringComparison.Ordinal));
        _bench.Log.Lines.ShouldNotContain(l => l.Contains("Dana", StringComparison.Ordinal));
    }

    [Fact]
    public void Step_ThatThrowsWhenNobodyCanTakeTheCall_SaysGoodbyeAndEnds()
    {
        var leg = new ScriptedLeg { EndsTransfers = false };
        var record = _bench.Call1(Bench.Steps(happened => happened is SpeechStarted ? throw new InvalidOperationException() : []), async caller =>
        {
            caller.Happens(new SpeechStarted(default));
            await Task.Delay(TimeSpan.FromSeconds(1), _bench.Time, CancellationToken.None);
            caller.Happens(new TransferEnded(default, TransferOutcome.NoAnswer));
        }, leg);
        record.Disposition.ShouldBe(Disposition.Failed);
        leg.Commands[^2..].ShouldBe(["say Goodbye: I'm sorry, nobody can take your call just now. Please call again.", "hang up"]);
    }

    [Fact]
    public void Step_ThatThrowsWithAHoldOpenAndAWriteUnderWay_ReleasesTheOneAndFinishesTheOther()
    {
        var step = Bench.Steps(happened => happened switch
        {
            SpeechStarted => [_bench.Place(1)],
            ToolReturned { Call.Number: 1 } => [_bench.Write(2)],
            SpeechEnded => throw new InvalidOperationException(),
            _ => [],
        });
        _bench.Run(step, async host =>
        {
            var leg = new ScriptedLeg();
            var call = host.RunAsync(leg, CancellationToken.None);
            leg.Happens(new SpeechStarted(default));
            while (_bench.BackEnd.Calls.Count < 2) await Task.Delay(TimeSpan.FromMilliseconds(10), _bench.Time, CancellationToken.None);
            leg.Happens(new SpeechEnded(default));
            (await call).Disposition.ShouldBe(Disposition.Failed);
            while (host.OpenReleases > 0) await Task.Delay(TimeSpan.FromMilliseconds(10), _bench.Time, CancellationToken.None);
            (await _bench.Ledger.EntriesAsync(_bench.Call, CancellationToken.None)).ShouldHaveSingleItem().State.ShouldBe(LedgerState.Done);
            (await _bench.Ledger.HoldsAsync(_bench.Call, CancellationToken.None)).ShouldHaveSingleItem().End.ShouldBe(HoldEnd.Released);
        });
    }

    [Fact]
    public void Observer_ThatThrows_CostsNothing()
    {
        var steps = new StepRecorder();
        _bench.Observers = [new Rude(), steps];
        _bench.Call1(Bench.Steps(_ => []), caller =>
        {
            caller.Happens(new LineClosed(default, Lost: false));
            return Task.CompletedTask;
        }).Disposition.ShouldBe(Disposition.Completed);
        steps.Steps.Count.ShouldBe(_bench.Seen.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Observer_HearsOfTheEndOnce_AfterTheLastStep_HoweverTheCallEnded(bool broken)
    {
        var ends = new Ends();
        _bench.Observers = [ends];
        _bench.Call1(Bench.Steps(e => e is SpeechStarted && broken ? throw new InvalidOperationException() : []), caller =>
        {
            caller.Happens(new SpeechStarted(default));
            caller.Happens(new LineClosed(default, Lost: false));
            return Task.CompletedTask;
        }).Disposition.ShouldBe(broken ? Disposition.Failed : Disposition.Completed);

        ends.Heard.Count(w => w == "ended").ShouldBe(1);
        ends.Heard[^1].ShouldBe("ended");
        ends.Heard.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Leg_ThatEndsWithoutAWord_IsALostLine()
    {
        _bench.Call1(Bench.Steps(_ => []), caller =>
        {
            caller.Vanish();
            return Task.CompletedTask;
        });
        _bench.Seen.OfType<LineClosed>().ShouldHaveSingleItem().Lost.ShouldBeTrue();
    }

    [Fact]
    public void Leg_ThatThrowsAtACommand_IsALostLine()
    {
        _bench.Call1(Bench.Steps(_ => []), _ => Task.CompletedTask, new ScriptedLeg { Throws = c => c == "answer" ? new IOException() : null });
        _bench.Seen.OfType<LineClosed>().ShouldHaveSingleItem().Lost.ShouldBeTrue();
    }

    [Fact]
    public void Stop_WithACallUp_ClosesItAsLostThroughItsOwnRules()
    {
        _bench.Run(Bench.Steps(_ => []), async host =>
        {
            using var stop = new CancellationTokenSource();
            var call = host.RunAsync(new ScriptedLeg(), stop.Token);
            await Task.Delay(TimeSpan.FromSeconds(1), _bench.Time, CancellationToken.None);
            stop.Cancel();
            (await call).Disposition.ShouldBe(Disposition.Completed);
        });
        _bench.Seen.OfType<LineClosed>().ShouldHaveSingleItem().At.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Stop_WithACallThatNeverCloses_EndsItWhenTheDrainIsOver()
    {
        Step never = (state, happened) => new(state with { Phase = CallPhase.Draining }, happened is CallArrived ? [new AnswerLine()] : []);
        _bench.Run(never, async host =>
        {
            using var stop = new CancellationTokenSource();
            var call = host.RunAsync(new ScriptedLeg(), stop.Token);
            stop.Cancel();
            (await call).Disposition.ShouldBe(Disposition.Failed);
            _bench.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(40));
        });
    }

    [Fact]
    public void Disk_ThatIsFull_LetsTheCallGoOnReadOnly()
    {
        var step = Bench.Steps(happened => happened switch
        {
            SpeechStarted => [_bench.Read(number: 1), _bench.Write(2)],
            _ => [],
        });
        _bench.Call1(step, async caller =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _bench.Time, CancellationToken.None);
            _bench.Journals.ReadOnly = true;
            caller.Happens(new SpeechStarted(default));
            await Task.Delay(TimeSpan.FromSeconds(10), _bench.Time, CancellationToken.None);
            caller.Happens(new LineClosed(default, Lost: false));
        }).Disposition.ShouldBe(Disposition.Completed);

        _bench.Seen.OfType<StorageChanged>().ShouldNotBeEmpty();
        _bench.Seen.OfType<StorageChanged>().ShouldAllBe(s => !s.Writable);
        _bench.Outcome(1).ShouldBeOfType<Core.Tools.ToolOutcome.Succeeded>();
        _bench.Failure(2).ShouldBeOfType<Core.Tools.ToolFailure.ReadOnly>();
        _bench.BackEnd.Calls.ShouldNotContain(c => c.Tool == "change_phone");
    }

    [Fact]
    public void Disk_ThatIsFullFromTheStart_IsSaidRightAfterTheArrival()
    {
        _bench.Journals.ReadOnly = true;
        _bench.Call1(Bench.Steps(_ => []), caller =>
        {
            caller.Happens(new LineClosed(default, Lost: false));
            return Task.CompletedTask;
        }).Disposition.ShouldBe(Disposition.Completed);
        _bench.Seen[..2].Select(e => e.GetType().Name).ShouldBe(["CallArrived", "StorageChanged"]);
    }

    private sealed class Ends : ICallObserver
    {
        public List<string> Heard { get; } = [];

        public void Stepped(CallId call, CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands) => Heard.Add("step");

        public void Ended(CallId call) => Heard.Add("ended");
    }

    private sealed class Rude : ICallObserver
    {
        public void Ended(CallId call) => throw new InvalidOperationException();

        public void Stepped(CallId call, CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands) => throw new InvalidOperationException();
    }
}
