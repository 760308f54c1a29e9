using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Storage.Tests.Ledger;

public sealed class SqliteToolLedgerTests : IAsyncLifetime
{
    private readonly TestStore _test = new();
    private readonly CallId _call = TestStore.NewCall();
    private ContactCenterStore _store = null!;

    private SqliteToolLedger Ledger => _store.Ledger;

    public Task InitializeAsync()
    {
        _store = _test.Open();
        _test.MakePluginTable();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task LocalEffect_AskedForTwice_RunsOnceAndReturnsTheSavedResult()
    {
        var first = await Ledger.ExecuteOnceAsync(TestStore.Key(_call), TestStore.Book, default);
        var second = await Ledger.ExecuteOnceAsync(TestStore.Key(_call), TestStore.Book, default);

        first.ShouldBe(new(LedgerState.Done, """{"appointment_id":"a1"}""", null));
        second.ShouldBe(first);
        _test.Bookings.ShouldBe(1);
    }

    [Fact]
    public async Task LocalEffect_FurtherOccurrence_RunsAgain()
    {
        await Ledger.ExecuteOnceAsync(TestStore.Key(_call), TestStore.Book, default);
        await Ledger.ExecuteOnceAsync(TestStore.Key(_call, occurrence: 2), TestStore.Book, default);

        _test.Bookings.ShouldBe(2);
        (await Ledger.EntriesAsync(_call, default)).Select(e => e.Key.Occurrence).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task LocalEffect_Refused_RollsBackAndIsSavedAsFailed()
    {
        async Task<string> BookAndRefuse(System.Data.Common.DbConnection c, System.Data.Common.DbTransaction t, CancellationToken ct)
        {
            await TestStore.Book(c, t, ct);
            throw new ToolRefusedException("slot_taken");
        }

        var outcome = await Ledger.ExecuteOnceAsync(TestStore.Key(_call), BookAndRefuse, default);

        outcome.ShouldBe(new(LedgerState.Failed, null, new ToolFailure.Refused("slot_taken")));
        _test.Bookings.ShouldBe(0);
        (await Ledger.ExecuteOnceAsync(TestStore.Key(_call), TestStore.Book, default)).ShouldBe(outcome, "a known failure is not repeated under its key");
        (await Ledger.FindAsync(TestStore.Key(_call), default))!.FailureCode.ShouldBe("tool.refused");
    }

    [Fact]
    public async Task LocalEffect_Throwing_RollsBackAndIsBroken()
    {
        async Task<string> BookAndThrow(System.Data.Common.DbConnection c, System.Data.Common.DbTransaction t, CancellationToken ct)
        {
            await TestStore.Book(c, t, ct);
            throw new FormatException();
        }

        (await Ledger.ExecuteOnceAsync(TestStore.Key(_call), BookAndThrow, default)).ShouldBe(new(LedgerState.Failed, null, new ToolFailure.Broken()));
        _test.Bookings.ShouldBe(0);
    }

    [Fact]
    public async Task LocalEffect_CancelledBeforeItsCommit_HasNoEffect()
    {
        using var cancel = new CancellationTokenSource();
        async Task<string> BookUntilCancelled(System.Data.Common.DbConnection c, System.Data.Common.DbTransaction t, CancellationToken ct)
        {
            await TestStore.Book(c, t, ct);
            await cancel.CancelAsync();
            ct.ThrowIfCancellationRequested();
            return "{}";
        }

        (await Ledger.ExecuteOnceAsync(TestStore.Key(_call), BookUntilCancelled, cancel.Token)).ShouldBe(new(LedgerState.Failed, null, new ToolFailure.Cancelled()));
        _test.Bookings.ShouldBe(0);
    }

    [Fact]
    public async Task LocalEffect_HangingPastItsDeadline_IsLeftBehindAndCanChangeNothingLater()
    {
        using var deadline = new CancellationTokenSource();
        var wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string>? late = null;
        async Task<string> BookAndHang(System.Data.Common.DbConnection c, System.Data.Common.DbTransaction t)
        {
            await TestStore.Book(c, t, default);
            await deadline.CancelAsync();
            await wake.Task;
            return await TestStore.Book(c, t, default);
        }

        var outcome = await Ledger.ExecuteOnceAsync(TestStore.Key(_call), (c, t, _) => late = BookAndHang(c, t), deadline.Token);

        outcome.ShouldBe(new(LedgerState.Failed, null, new ToolFailure.Cancelled()));
        (await Ledger.ExecuteOnceAsync(TestStore.Key(_call, occurrence: 2), TestStore.Book, default)).State.ShouldBe(LedgerState.Done, "the store goes on");
        wake.SetResult();
        await Should.ThrowAsync<InvalidOperationException>(() => late!);
        _test.Bookings.ShouldBe(1);
    }

    [Fact]
    public async Task RemoteEffect_HangingPastItsDeadline_IsUnknown()
    {
        using var deadline = new CancellationTokenSource();
        var never = new TaskCompletionSource<string>();
        var run = Ledger.ExecuteRemoteOnceAsync(
            TestStore.Key(_call),
            async _ =>
            {
                await deadline.CancelAsync();
                return await never.Task;
            },
            deadline.Token);

        (await run).State.ShouldBe(LedgerState.Unknown);
    }

    [Fact]
    public async Task LocalEffect_LeftBehindByItsCaller_CanChangeNothingLater()
    {
        var wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string>? late = null;
        async Task<string> BookWhenWoken(System.Data.Common.DbConnection c, System.Data.Common.DbTransaction t)
        {
            await wake.Task;
            return await TestStore.Book(c, t, default);
        }

        var outcome = await Ledger.ExecuteOnceAsync(
            TestStore.Key(_call),
            (c, t, _) =>
            {
                late = BookWhenWoken(c, t);
                throw new TimeoutException();
            },
            default);

        outcome.ShouldBe(new(LedgerState.Failed, null, new ToolFailure.Unavailable()));
        wake.SetResult();
        await Should.ThrowAsync<InvalidOperationException>(() => late!);
        _test.Bookings.ShouldBe(0);
    }

    [Fact]
    public async Task LocalEffect_EndingTheLedgersTransaction_IsUnknownAndNeverRunAgain()
    {
        async Task<string> BookAndCommit(System.Data.Common.DbConnection c, System.Data.Common.DbTransaction t, CancellationToken ct)
        {
            await TestStore.Book(c, t, ct);
            await t.CommitAsync(ct);
            return "{}";
        }

        (await Ledger.ExecuteOnceAsync(TestStore.Key(_call), BookAndCommit, default)).Failure.ShouldBe(new ToolFailure.Unknown());
        (await Ledger.ExecuteOnceAsync(TestStore.Key(_call), TestStore.Book, default)).State.ShouldBe(LedgerState.Unknown);
        _test.Bookings.ShouldBe(1);
    }

    [Fact]
    public async Task LocalEffect_ManyCallersOnOneKeyAtOnce_RunsOnce()
    {
        var other = _test.Open();
        var ledgers = new[] { Ledger, other.Ledger };

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Factory.StartNew(
                () => ledgers[i % 2].ExecuteOnceAsync(TestStore.Key(_call), TestStore.Book, default), default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        outcomes.ShouldAllBe(o => o.State == LedgerState.Done && o.ResultJson == """{"appointment_id":"a1"}""");
        _test.Bookings.ShouldBe(1);
    }

    [Fact]
    public async Task RemoteEffect_AskedForTwice_RunsOnce()
    {
        var sent = 0;
        Task<string> Send(CancellationToken ct) => Task.FromResult($$"""{"sent":"{{++sent}}"}""");

        await Ledger.ExecuteRemoteOnceAsync(TestStore.Key(_call), Send, default);
        var second = await Ledger.ExecuteRemoteOnceAsync(TestStore.Key(_call), Send, default);

        second.ShouldBe(new(LedgerState.Done, """{"sent":"1"}""", null));
        sent.ShouldBe(1);
    }

    [Fact]
    public async Task RemoteEffect_IntentIsOnDiskBeforeItIsSent()
    {
        LedgerEntry? seen = null;
        await Ledger.ExecuteRemoteOnceAsync(
            TestStore.Key(_call),
            async ct =>
            {
                seen = await _test.Open().Ledger.FindAsync(TestStore.Key(_call), ct);
                return "{}";
            },
            default);

        seen!.State.ShouldBe(LedgerState.Intended);
        seen.Local.ShouldBeFalse();
    }

    [Fact]
    public async Task RemoteEffect_LostConnection_IsUnknownAndBlocksUntilResolved()
    {
        var sent = 0;
        Task<string> Lose(CancellationToken ct) => Task.FromException<string>(new HttpRequestException($"lost {++sent}"));

        (await Ledger.ExecuteRemoteOnceAsync(TestStore.Key(_call), Lose, default)).Failure.ShouldBe(new ToolFailure.Unknown());
        (await Ledger.ExecuteRemoteOnceAsync(TestStore.Key(_call), Lose, default)).Failure.ShouldBe(new ToolFailure.Unknown());
        sent.ShouldBe(1);

        await Ledger.ResolveAsync(TestStore.Key(_call), new(LedgerState.Done, """{"appointment_id":"a9"}""", null), default);
        (await Ledger.ExecuteRemoteOnceAsync(TestStore.Key(_call), Lose, default)).ResultJson.ShouldBe("""{"appointment_id":"a9"}""");
    }

    [Fact]
    public async Task RemoteEffect_DeadlineAfterItWasSent_IsUnknown()
    {
        using var deadline = new CancellationTokenSource();
        async Task<string> Send(CancellationToken ct)
        {
            await deadline.CancelAsync();
            ct.ThrowIfCancellationRequested();
            return "{}";
        }

        (await Ledger.ExecuteRemoteOnceAsync(TestStore.Key(_call), Send, deadline.Token)).State.ShouldBe(LedgerState.Unknown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RemoteEffect_SayingThatNothingChanged_IsFailed(bool refused)
    {
        Exception error = refused ? new ToolRefusedException("order_shipped") : new ToolUnavailableException("busy");
        var outcome = await Ledger.ExecuteRemoteOnceAsync(TestStore.Key(_call), _ => Task.FromException<string>(error), default);

        outcome.State.ShouldBe(LedgerState.Failed);
        outcome.Failure.ShouldBe(refused ? new ToolFailure.Refused("order_shipped") : new ToolFailure.Unavailable());
    }

    [Fact]
    public async Task Resolve_OfWhatIsKnown_ChangesNothing()
    {
        await Ledger.ExecuteOnceAsync(TestStore.Key(_call), TestStore.Book, default);
        await Ledger.ResolveAsync(TestStore.Key(_call), new(LedgerState.Failed, null, new ToolFailure.Cancelled()), default);

        (await Ledger.FindAsync(TestStore.Key(_call), default))!.State.ShouldBe(LedgerState.Done);
    }

    [Fact]
    public async Task Resolve_OfAnAbsentEffect_LetsAFurtherOccurrenceRun()
    {
        await Ledger.ExecuteRemoteOnceAsync(TestStore.Key(_call), _ => throw new TimeoutException(), default);
        await Ledger.ResolveAsync(TestStore.Key(_call), new(LedgerState.Failed, null, new ToolFailure.Cancelled()), default);

        (await Ledger.FindAsync(TestStore.Key(_call), default))!.State.ShouldBe(LedgerState.Failed);
        (await Ledger.ExecuteRemoteOnceAsync(TestStore.Key(_call, occurrence: 2), _ => Task.FromResult("{}"), default)).State.ShouldBe(LedgerState.Done);
    }

    [Fact]
    public async Task Resolve_WithoutAnEntry_Throws() =>
        await Should.ThrowAsync<InvalidOperationException>(() => Ledger.ResolveAsync(TestStore.Key(_call), new(LedgerState.Done, "{}", null), default));

    [Fact]
    public async Task Entry_KeepsItsTimesToTheMicrosecond()
    {
        var intended = _test.Time.Now = new(2026, 11, 23, 10, 0, 0, 123, 456, TimeSpan.Zero);
        await Ledger.ExecuteOnceAsync(TestStore.Key(_call), TestStore.Book, default);

        var entry = await Ledger.FindAsync(TestStore.Key(_call), default);

        entry!.IntendedAt.ShouldBe(intended);
        entry.EndedAt.ShouldBe(intended);
        _test.Sql("SELECT intended_at FROM effects").ShouldBe(1795428000123456L);
    }
}
