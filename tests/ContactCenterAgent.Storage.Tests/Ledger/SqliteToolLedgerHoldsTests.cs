using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Storage.Tests.Ledger;

public sealed class SqliteToolLedgerHoldsTests : IAsyncLifetime
{
    private readonly TestStore _test = new();
    private readonly CallId _call = TestStore.NewCall();
    private readonly DateTimeOffset _expires = new(2026, 11, 23, 10, 2, 0, TimeSpan.Zero);
    private ContactCenterStore _store = null!;

    private SqliteToolLedger Ledger => _store.Ledger;

    public Task InitializeAsync()
    {
        _store = _test.Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _test.DisposeAsync();

    private HoldId Hold(int number) => HoldId.For(new(_call, number));

    private Task Intend(int number) => Ledger.HoldIntendedAsync(Hold(number), _call, "book_appointment", _expires, default);

    [Fact]
    public async Task Hold_Intended_IsListedWithoutAnEnd()
    {
        await Intend(1);
        (await Ledger.HoldsAsync(_call, default)).ShouldBe([new(Hold(1), _call, "book_appointment", _test.Time.Now, _expires, false, null)]);
    }

    [Fact]
    public async Task Hold_EndedTwice_KeepsTheFirstEnd()
    {
        await Intend(1);
        await Ledger.HoldEndedAsync(Hold(1), HoldEnd.Confirmed, default);
        await Ledger.HoldEndedAsync(Hold(1), HoldEnd.Expired, default);

        (await Ledger.HoldsAsync(_call, default)).Single().End.ShouldBe(HoldEnd.Confirmed);
    }

    [Fact]
    public async Task Hold_Renewed_TakesTheNewTimeToLive()
    {
        await Intend(1);
        await Ledger.HoldIntendedAsync(Hold(1), _call, "book_appointment", _expires.AddMinutes(2), default);

        (await Ledger.HoldsAsync(_call, default)).Single().ExpiresAt.ShouldBe(_expires.AddMinutes(2));
    }

    [Fact]
    public async Task Hold_NeverIntended_CannotEnd() =>
        await Should.ThrowAsync<InvalidOperationException>(() => Ledger.HoldEndedAsync(Hold(7), HoldEnd.Released, default));

    [Fact]
    public async Task Releases_AreDueOldestFirstUntilTheyEnd()
    {
        await Intend(1);
        await Intend(2);
        await Intend(3);
        await Ledger.QueueReleaseAsync(Hold(2), "book_appointment", default);
        _test.Time.Now += TimeSpan.FromSeconds(1);
        await Ledger.QueueReleaseAsync(Hold(1), "book_appointment", default);
        await Ledger.QueueReleaseAsync(Hold(2), "book_appointment", default);

        (await Ledger.PendingReleasesAsync(default)).Select(h => h.Hold).ShouldBe([Hold(2), Hold(1)]);
        await Ledger.HoldEndedAsync(Hold(2), HoldEnd.Released, default);
        (await Ledger.PendingReleasesAsync(default)).Select(h => h.Hold).ShouldBe([Hold(1)]);
    }

    [Fact]
    public async Task Release_OfAConfirmedHold_IsNotQueued()
    {
        await Intend(1);
        await Ledger.HoldEndedAsync(Hold(1), HoldEnd.Confirmed, default);
        await Ledger.QueueReleaseAsync(Hold(1), "book_appointment", default);

        (await Ledger.PendingReleasesAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Release_OfAnUnknownHold_IsQueuedAllTheSame()
    {
        await Ledger.QueueReleaseAsync(Hold(9), "book_appointment", default);
        (await Ledger.PendingReleasesAsync(default)).Single().Call.ShouldBe(_call);
    }

    [Fact]
    public async Task Release_Queued_SurvivesARestart()
    {
        await Intend(1);
        await Ledger.QueueReleaseAsync(Hold(1), "book_appointment", default);
        await _store.DisposeAsync();

        (await _test.Open().Ledger.PendingReleasesAsync(default)).Single().Hold.ShouldBe(Hold(1));
    }

    [Fact]
    public async Task Backlog_OfALivingStore_IsNobodysToRecover()
    {
        await Intend(1);
        await Ledger.ExecuteRemoteOnceAsync(TestStore.Key(_call), _ => throw new TimeoutException(), default);

        var backlog = await _test.Open().Ledger.BacklogAsync(default);

        backlog.Holds.ShouldBeEmpty();
        backlog.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Backlog_OfAClosedStore_HasOpenHoldsAndUnsettledEffectsOnly()
    {
        _test.MakePluginTable();
        await Intend(1);
        await Intend(2);
        await Ledger.HoldEndedAsync(Hold(2), HoldEnd.Released, default);
        await Ledger.ExecuteRemoteOnceAsync(TestStore.Key(_call, digest: "lost"), _ => throw new TimeoutException(), default);
        await Ledger.ExecuteOnceAsync(TestStore.Key(_call, digest: "done"), TestStore.Book, default);
        await _store.DisposeAsync();

        var backlog = await _test.Open().Ledger.BacklogAsync(default);

        backlog.Holds.Single().Hold.ShouldBe(Hold(1));
        backlog.Effects.Single().Key.Digest.Value.ShouldBe("lost");
        backlog.Effects.Single().State.ShouldBe(LedgerState.Unknown);
    }
}
