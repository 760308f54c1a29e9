using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Storage.Journal;

namespace ContactCenterAgent.Storage.Tests.Ledger;

/// <summary>Real processes, killed with SIGKILL where it hurts.</summary>
public sealed class ProcessDeathTests : IAsyncLifetime
{
    private readonly TestStore _test = new();
    private readonly CallId _call = TestStore.NewCall();
    private ContactCenterStore _store = null!;

    public Task InitializeAsync()
    {
        _store = _test.Open();
        _test.MakePluginTable();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task LocalEffect_ProcessDiesBetweenIntentAndCommit_HadNoEffectAndCanRun()
    {
        var victim = await Victim.StartAsync("local", _test.Options.Folder, _call);
        (await _store.Ledger.BacklogAsync(default)).Effects.ShouldBeEmpty("its process lives");
        await victim.KillAsync();

        _test.Bookings.ShouldBe(0);
        var left = (await _store.Ledger.BacklogAsync(default)).Effects.Single();
        left.State.ShouldBe(LedgerState.Intended);
        left.Local.ShouldBeTrue();
        (await _store.Ledger.ExecuteOnceAsync(TestStore.Key(_call), TestStore.Book, default)).State.ShouldBe(LedgerState.Done);
        _test.Bookings.ShouldBe(1);
    }

    [Fact]
    public async Task RemoteEffect_ProcessDiesAfterItWasSent_IsNotSentAgain()
    {
        var victim = await Victim.StartAsync("remote", _test.Options.Folder, _call);
        await victim.KillAsync();

        (await _store.Ledger.ExecuteRemoteOnceAsync(TestStore.Key(_call), _ => throw new InvalidOperationException("sent twice"), default))
            .Failure.ShouldBe(new ToolFailure.Unknown());
        (await _store.Ledger.BacklogAsync(default)).Effects.Single().Local.ShouldBeFalse();
    }

    [Fact]
    public async Task Hold_ProcessDies_IsInTheBacklogAndItsReleaseInTheOutbox()
    {
        var victim = await Victim.StartAsync("hold", _test.Options.Folder, _call);
        (await _store.Ledger.BacklogAsync(default)).Holds.ShouldBeEmpty("its process lives");
        await victim.KillAsync();

        (await _store.Ledger.BacklogAsync(default)).Holds.Single().ReleaseQueued.ShouldBeTrue();
        (await _store.Ledger.PendingReleasesAsync(default)).Single().Hold.ShouldBe(new HoldId($"{_call}/1"));
    }

    [Fact]
    public async Task Journal_ProcessDiesWithoutAFlush_IsReadableToItsLastRecord()
    {
        var victim = await Victim.StartAsync("journal", _test.Options.Folder, _call);
        await victim.KillAsync();

        var journal = JournalReader.Read((await _store.Journals.FindAsync(_call))!, CallKeys.In(_test.Options));

        (await _store.Journals.DeadCallsAsync(default)).ShouldBe([new(_call, DateTimeOffset.UnixEpoch, (await _store.Journals.FindAsync(_call))!)]);
        journal.Steps.Length.ShouldBe(10);
        journal.Closed.ShouldBeFalse();
        journal.TornBytes.ShouldBe(0);
    }

    [Fact]
    public async Task LocalEffects_ThreeProcessesOnTheSameKeys_EachRunsOnce()
    {
        const int Keys = 40;
        var racers = new List<System.Diagnostics.Process>();
        for (var i = 0; i < 3; i++) racers.Add(await Victim.StartAsync("race", _test.Options.Folder, _call, Keys.ToString()));
        foreach (var racer in racers) await racer.StandardInput.WriteLineAsync("go");
        foreach (var racer in racers)
        {
            await racer.WaitForExitAsync();
            racer.ExitCode.ShouldBe(0);
            racer.Dispose();
        }

        _test.Bookings.ShouldBe(Keys);
        (await _store.Ledger.EntriesAsync(_call, default)).ShouldAllBe(e => e.State == LedgerState.Done);
    }
}
