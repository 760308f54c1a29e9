using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Storage.Journal;

namespace ContactCenterAgent.Storage.Tests.Sqlite;

public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly TestStore _test = new();
    private readonly CallId _call = TestStore.NewCall();
    private ContactCenterStore _store = null!;

    public Task InitializeAsync()
    {
        _test.Options.DatabaseMaxBytes = 512 << 10;
        _store = _test.Open();
        _test.MakePluginTable();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task FullDatabase_Effect_IsRefusedAndLeavesNothing()
    {
        await FillAsync();
        var entries = await _store.Ledger.EntriesAsync(_call, default);

        await Should.ThrowAsync<StoreReadOnlyException>(() => _store.Ledger.ExecuteOnceAsync(TestStore.Key(_call, tool: new string('t', 9000)), TestStore.Book, default));

        _store.Writable.ShouldBeFalse();
        _test.Bookings.ShouldBe(0);
        (await _store.Ledger.EntriesAsync(_call, default)).Count.ShouldBe(entries.Count);
        _test.Log.Lines.ShouldContain(line => line.StartsWith("store.read_only"));
    }

    [Fact]
    public async Task FullDatabase_InTheMiddleOfAnEffect_RollsItBackAndItCanRunLater()
    {
        async Task<string> BookAndFill(System.Data.Common.DbConnection c, System.Data.Common.DbTransaction t, CancellationToken ct)
        {
            await TestStore.Book(c, t, ct);
            await using var fill = c.CreateCommand();
            fill.Transaction = t;
            fill.CommandText = "INSERT INTO bookings VALUES (hex(zeroblob(1000000)))";
            await fill.ExecuteNonQueryAsync(ct);
            return "{}";
        }

        await Should.ThrowAsync<StoreReadOnlyException>(() => _store.Ledger.ExecuteOnceAsync(TestStore.Key(_call), BookAndFill, default));
        _store.Writable.ShouldBeFalse();
        _test.Bookings.ShouldBe(0);

        (await _store.Ledger.ExecuteOnceAsync(TestStore.Key(_call), TestStore.Book, default)).State.ShouldBe(LedgerState.Done);
        _store.Writable.ShouldBeTrue();
        _test.Bookings.ShouldBe(1);
    }

    [Fact]
    public async Task FullDatabase_Probe_TellsWhetherThereIsRoomAgain()
    {
        await FillAsync();
        (await _store.ProbeAsync(default)).ShouldBeFalse();
        _store.Writable.ShouldBeFalse();

        _test.Sql("DROP TABLE ballast");

        (await _store.ProbeAsync(default)).ShouldBeTrue();
        _store.Writable.ShouldBeTrue();
        _test.Log.Lines.ShouldContain(line => line.StartsWith("store.writable"));
    }

    [Fact]
    public async Task FullDatabase_NewCall_HasNoJournalAndLeavesNoFile()
    {
        await FillAsync();
        Should.Throw<StoreReadOnlyException>(() =>
        {
            for (var i = 0; i < 200; i++) _store.Journals.Begin(TestStore.NewCall(), TestStore.Settings, _test.Time.Now);
        });

        JournalAudit.Verify(_test.Options).Findings.ShouldBeEmpty();
    }

    [FactOnSmallDisk]
    public async Task FullDisk_Journal_StopsWithAWholeRecordAndStaysStopped()
    {
        using var disk = new SmallDisk(_test.Options.JournalFolder);
        var journal = _store.Journals.Begin(_call, TestStore.Settings, _test.Time.Now);
        var appended = 0;
        Should.Throw<StoreReadOnlyException>(() =>
        {
            for (; appended < 100_000; appended++) journal.Append(new SpeechStarted(TimeSpan.FromSeconds(appended)));
        });
        Should.Throw<StoreReadOnlyException>(() => journal.Append(new SpeechStarted(TimeSpan.FromDays(1))));
        await Should.ThrowAsync<StoreReadOnlyException>(async () => await journal.FlushAsync(default));
        await journal.DisposeAsync();

        appended.ShouldBeGreaterThan(10);
        var read = JournalReader.Read((await _store.Journals.FindAsync(_call))!, CallKeys.In(_test.Options));
        read.Steps.Length.ShouldBe(appended);
        read.TornBytes.ShouldBe(0);
        read.Closed.ShouldBeFalse();
    }

    private async Task FillAsync()
    {
        _test.Sql("CREATE TABLE ballast (x BLOB)");
        // The limit is each connection's own, so an effect of the store fills it to the last page.
        for (var size = 200_000; size >= 500; size /= 2)
        {
            while (await TryFillAsync(size))
            {
                // Until no piece of this size fits.
            }
        }
    }

    private async Task<bool> TryFillAsync(int size)
    {
        try
        {
            var outcome = await _store.Ledger.ExecuteOnceAsync(
                TestStore.Key(TestStore.NewCall()),
                async (connection, transaction, ct) =>
                {
                    await using var fill = connection.CreateCommand();
                    fill.Transaction = transaction;
                    fill.CommandText = $"INSERT INTO ballast VALUES (zeroblob({size}))";
                    await fill.ExecuteNonQueryAsync(ct);
                    return "{}";
                },
                default);
            return outcome.State == LedgerState.Done;
        }
        catch (StoreReadOnlyException)
        {
            return false;
        }
    }
}
