using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Runtime.Tests;

/// <summary>A process that died is a ledger in the middle of something; the next host is made on it.</summary>
public sealed class LedgerRecoveryTests
{
    private readonly Bench _bench = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Effect_OfUnknownOutcome_IsSettledByItsKey(bool happened)
    {
        _bench.BackEnd.Fail("change_phone", FakeBackEnd.Invoke, happened ? Fault.AnswerLost : Fault.Throws);
        RunAndDie(_bench.Write());
        var report = Recover();
        (report.Done, report.Failed, report.Unknown).ShouldBe(happened ? (1, 0, 0) : (0, 1, 0));
        Entry("change_phone").State.ShouldBe(happened ? LedgerState.Done : LedgerState.Failed);
    }

    [Fact]
    public void Effect_ThatNobodyCanTellOf_StaysUnknownAndIsLoggedForAPerson()
    {
        _bench.BackEnd.Fail("change_phone", FakeBackEnd.Invoke, Fault.AnswerLost);
        _bench.BackEnd.Fail("change_phone", FakeBackEnd.LookUp, Fault.Down);
        RunAndDie(_bench.Write());
        Recover().Unknown.ShouldBe(1);
        Entry("change_phone").State.ShouldBe(LedgerState.Unknown);
        _bench.Log.Lines.ShouldContain(l => l.StartsWith("ledger.unknown", StringComparison.Ordinal));
    }

    [Fact]
    public void LocalEffect_OnlyIntended_NeverHappened()
    {
        _bench.Tools = [_bench.Tools[1] with { Local = true }];
        _bench.Time.Run(async () =>
        {
            // Dies inside the effect: the intent is there, the outcome is not.
            using var died = new CancellationTokenSource();
            var effect = _bench.Ledger.ExecuteOnceAsync(_bench.Key("change_phone"), (_, _, ct) => NeverAsync(ct), died.Token);
            await Task.Delay(TimeSpan.FromSeconds(1), _bench.Time, CancellationToken.None);
            await using var host = new CallHost(_bench.Services());
            (await host.StartAsync(CancellationToken.None)).Failed.ShouldBe(1);
            Entry("change_phone").State.ShouldBe(LedgerState.Failed);
            _bench.BackEnd.Calls.ShouldBeEmpty();
            died.Cancel();
            await effect;
        }, TimeSpan.FromMinutes(1));

        async Task<string> NeverAsync(CancellationToken ct)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _bench.Time, ct);
            return "";
        }
    }

    [Fact]
    public void Hold_Open_IsReleased()
    {
        _bench.Time.Run(async () =>
        {
            await _bench.Ledger.HoldIntendedAsync(new("1/1"), _bench.Call, "book", Bench.Start + TimeSpan.FromMinutes(1), CancellationToken.None);
            await using var host = new CallHost(_bench.Services());
            (await host.StartAsync(CancellationToken.None)).Released.ShouldBe(1);
            await Task.Delay(TimeSpan.FromSeconds(5), _bench.Time, CancellationToken.None);
            host.OpenReleases.ShouldBe(0);
        }, TimeSpan.FromMinutes(1));
        _bench.BackEnd.HoldOf("1/1").ShouldBe(FakeHold.Released);
        Holds().ShouldHaveSingleItem().End.ShouldBe(HoldEnd.Released);
    }

    [Fact]
    public void Hold_WhoseConfirmWasDoneWhenTheProcessDied_CountsAsConfirmed()
    {
        _bench.Time.Run(async () =>
        {
            await _bench.Ledger.HoldIntendedAsync(new("1/1"), _bench.Call, "book", Bench.Start + TimeSpan.FromMinutes(1), CancellationToken.None);
            await _bench.Ledger.ExecuteRemoteOnceAsync(_bench.Key("book"), _ => Task.FromResult("{}"), CancellationToken.None);
            await using var host = new CallHost(_bench.Services());
            var report = await host.StartAsync(CancellationToken.None);
            (report.Confirmed, report.Released).ShouldBe((1, 0));
        }, TimeSpan.FromMinutes(1));
        Holds().ShouldHaveSingleItem().End.ShouldBe(HoldEnd.Confirmed);
        _bench.BackEnd.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void Hold_WhoseConfirmIsUnknown_IsNotGivenBack()
    {
        _bench.BackEnd.Fail("book", FakeBackEnd.LookUp, Fault.Down);
        _bench.Time.Run(async () =>
        {
            await _bench.Ledger.HoldIntendedAsync(new("1/1"), _bench.Call, "book", Bench.Start + TimeSpan.FromMinutes(1), CancellationToken.None);
            await _bench.Ledger.ExecuteRemoteOnceAsync(_bench.Key("book"), _ => throw new IOException(), CancellationToken.None);
            await using var host = new CallHost(_bench.Services());
            var report = await host.StartAsync(CancellationToken.None);
            (report.Unknown, report.Released).ShouldBe((1, 0));
        }, TimeSpan.FromMinutes(1));
        _bench.BackEnd.Calls.ShouldNotContain(c => c.Function == FakeBackEnd.Release);
    }

    [Fact]
    public void Hold_WhoseConfirmTurnsOutDone_CountsAsConfirmed()
    {
        _bench.BackEnd.Fail("book", FakeBackEnd.Confirm, Fault.AnswerLost);
        RunAndDie(_bench.Place(1), _bench.Confirm(2, placedBy: 1));
        var report = Recover();
        (report.Done, report.Released).ShouldBe((1, 0));
        Holds().ShouldHaveSingleItem().End.ShouldBe(HoldEnd.Confirmed);
    }

    /// <summary>Runs tool calls one after the other without a call around them, and leaves the ledger as it is then.</summary>
    private void RunAndDie(params StartTool[] starts) => _bench.Time.Run(async () =>
    {
        var services = _bench.Services();
        var runner = new ToolRunner(services.Tools, services.Ledger, new(services.Options), new(services.Time, services.Options, _bench.Log), new(0), services.Time, _bench.Log);
        await using var journal = new CallJournal(() => services.Journals.Begin(_bench.Call, services.Settings, Bench.Start), () => { });
        journal.Begin();
        foreach (var start in starts) await runner.RunAsync(start, journal, CancellationToken.None);
    }, TimeSpan.FromMinutes(5));

    private RecoveryReport Recover()
    {
        RecoveryReport? report = null;
        _bench.Run(Bench.Steps(_ => []), async host => report = await host.StartAsync(CancellationToken.None));
        return report!;
    }

    private LedgerEntry Entry(string tool) => _bench.Ledger.FindAsync(_bench.Key(tool), CancellationToken.None).Result!;

    private IReadOnlyList<HoldEntry> Holds() => _bench.Ledger.HoldsAsync(_bench.Call, CancellationToken.None).Result;
}
