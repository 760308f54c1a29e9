using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Runtime.Tests;

public sealed class ReleaseOutboxTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void Release_WithTheBackEndDown_IsRetriedUntilItIsTakenAndTheCallIsTold()
    {
        _bench.BackEnd.Fail("book", FakeBackEnd.Release, Fault.Down, times: 4);
        PlaceAndRelease(stayFor: TimeSpan.FromSeconds(30));
        _bench.Seen.OfType<HoldReleased>().ShouldHaveSingleItem().Expired.ShouldBeFalse();
        Hold().End.ShouldBe(HoldEnd.Released);

        var attempts = _bench.BackEnd.Calls.Where(c => c.Function == FakeBackEnd.Release).Select(c => c.At).ToList();
        attempts.Count.ShouldBe(5);
        var waits = attempts.Zip(attempts.Skip(1), (a, b) => b - a).ToList();
        waits.ShouldBe(waits.Order());
        waits[^1].ShouldBeGreaterThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Release_WithTheBackEndDownForGood_EndsAsExpiredAfterTheTimeToLive()
    {
        _bench.BackEnd.Fail("book", FakeBackEnd.Release, Fault.Down, times: 1000);
        PlaceAndRelease(stayFor: TimeSpan.FromSeconds(120));
        var released = _bench.Seen.OfType<HoldReleased>().ShouldHaveSingleItem();
        released.Expired.ShouldBeTrue();
        released.At.ShouldBeInRange(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(75));
        Hold().End.ShouldBe(HoldEnd.Expired);
    }

    [Fact]
    public void Release_OfAHoldThatHasRunOut_IsReportedAsExpired()
    {
        PlaceAndRelease(stayFor: TimeSpan.FromSeconds(120), releaseAfter: TimeSpan.FromSeconds(70));
        _bench.Seen.OfType<HoldReleased>().ShouldHaveSingleItem().Expired.ShouldBeTrue();
        Hold().End.ShouldBe(HoldEnd.Expired);
    }

    [Fact]
    public void Release_AskedForTwice_IsSentOnceAndReportedTwice()
    {
        _bench.Run(Bench.Steps(e => e switch
        {
            SpeechStarted => [_bench.Place()],
            ToolReturned => [ReleaseOf(1), ReleaseOf(1)],
            _ => [],
        }), host => RunCallAsync(host, TimeSpan.FromSeconds(10)));
        _bench.Seen.OfType<HoldReleased>().Count().ShouldBe(2);
        _bench.BackEnd.Calls.Count(c => c.Function == FakeBackEnd.Release).ShouldBe(1);
    }

    [Fact]
    public void Release_OfACallThatIsOver_GoesOnWithoutIt()
    {
        _bench.BackEnd.Fail("book", FakeBackEnd.Release, Fault.Throws, times: 3);
        _bench.Run(
            (state, happened) => happened switch
            {
                CallArrived => new(state, [new AnswerLine()]),
                LineOpened => new(state, [_bench.Place()]),
                ToolReturned => new(state, [ReleaseOf(1), new CloseCall(Disposition.Abandoned)]),
                _ => new(state, []),
            },
            async host =>
            {
                await host.RunAsync(new ScriptedLeg(), CancellationToken.None);
                host.OpenReleases.ShouldBe(1);
                await Task.Delay(TimeSpan.FromSeconds(10), _bench.Time, CancellationToken.None);
                host.OpenReleases.ShouldBe(0);
            });
        Hold().End.ShouldBe(HoldEnd.Released);
    }

    [Fact]
    public void Hold_LeftWithoutAnEndByAClosedCall_IsReleasedAllTheSame()
    {
        _bench.Run(
            (state, happened) => happened switch
            {
                CallArrived => new(state, [new AnswerLine()]),
                LineOpened => new(state, [_bench.Place()]),
                ToolReturned => new(state, [new CloseCall(Disposition.Completed)]),
                _ => new(state, []),
            },
            async host =>
            {
                await host.RunAsync(new ScriptedLeg(), CancellationToken.None);
                await Task.Delay(TimeSpan.FromSeconds(10), _bench.Time, CancellationToken.None);
            });
        Hold().End.ShouldBe(HoldEnd.Released);
        _bench.BackEnd.HoldOf(Hold().Hold.Value).ShouldBe(FakeHold.Released);
    }

    [Fact]
    public void Release_QueuedByAProcessThatDied_IsSentByTheNext()
    {
        _bench.BackEnd.Fail("book", FakeBackEnd.Release, Fault.Down, times: 3);
        _bench.Run(
            Bench.Steps(e => e switch
            {
                SpeechStarted => [_bench.Place()],
                ToolReturned => [ReleaseOf(1)],
                _ => [],
            }),
            // The host is disposed of half a second after the first attempt failed.
            host => RunCallAsync(host, TimeSpan.FromSeconds(1.5)));
        Hold().End.ShouldBeNull();
        Hold().ReleaseQueued.ShouldBeTrue();

        _bench.Run(Bench.Steps(_ => []), async host =>
        {
            (await host.StartAsync(CancellationToken.None)).Released.ShouldBe(1);
            await Task.Delay(TimeSpan.FromSeconds(10), _bench.Time, CancellationToken.None);
        });
        Hold().End.ShouldBe(HoldEnd.Released);
    }

    [Fact]
    public void Release_WithTheDiskFull_IsSentWithoutBeingDurable()
    {
        var step = Bench.Steps(e =>
        {
            if (e is not ToolReturned) return e is SpeechStarted ? [_bench.Place()] : [];
            _bench.Ledger.ReadOnly = true;
            return [ReleaseOf(1)];
        });
        _bench.Run(step, host => RunCallAsync(host, TimeSpan.FromSeconds(10)));
        _bench.Seen.OfType<HoldReleased>().ShouldHaveSingleItem().Expired.ShouldBeFalse();
        _bench.BackEnd.HoldOf(HoldId.For(new(_bench.Call, 1)).Value).ShouldBe(FakeHold.Released);
        _bench.Log.Lines.ShouldContain(l => l.StartsWith("hold.release_not_durable", StringComparison.Ordinal));
    }

    private void PlaceAndRelease(TimeSpan stayFor, TimeSpan? releaseAfter = null)
    {
        Step step = (state, happened) => happened switch
        {
            CallArrived => new(state, [new AnswerLine()]),
            SpeechStarted => new(state, [_bench.Place()]),
            ToolReturned when releaseAfter is not null => new(state with { NextDeadline = releaseAfter }, []),
            ToolReturned or DeadlineReached => new(state with { NextDeadline = null }, [ReleaseOf(1)]),
            LineClosed => new(state, [new CloseCall(Disposition.Completed)]),
            _ => new(state, []),
        };
        _bench.Run(step, host => RunCallAsync(host, stayFor));
    }

    private async Task RunCallAsync(CallHost host, TimeSpan stayFor)
    {
        var leg = new ScriptedLeg();
        var call = host.RunAsync(leg, CancellationToken.None);
        leg.Happens(new SpeechStarted(default));
        await Task.Delay(stayFor, _bench.Time, CancellationToken.None);
        leg.Happens(new LineClosed(default, Lost: false));
        await call;
    }

    private ReleaseHold ReleaseOf(int number) => new(HoldId.For(new(_bench.Call, number)), "book", TimeSpan.FromSeconds(60));

    private HoldEntry Hold() => _bench.Ledger.HoldsAsync(_bench.Call, CancellationToken.None).Result.ShouldHaveSingleItem();
}
