using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Storage.Journal;

namespace ContactCenterAgent.Storage.Tests;

public sealed class ContactCenterStoreTests : IAsyncLifetime
{
    private readonly TestStore _test = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task Open_AgainAfterClosing_KeepsWhatWasWritten()
    {
        var call = TestStore.NewCall();
        var store = _test.Open();
        await store.Ledger.ExecuteRemoteOnceAsync(TestStore.Key(call), _ => Task.FromResult("""{"a":"1"}"""), default);
        await store.DisposeAsync();

        (await _test.Open().Ledger.FindAsync(TestStore.Key(call), default))!.ResultJson.ShouldBe("""{"a":"1"}""");
    }

    [Fact]
    public async Task Open_OfANewFolderByManyAtOnce_MakesOneStore()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Factory.StartNew(
            () => ContactCenterStore.Open(_test.Options, _test.Time, _test.Log), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        _test.Sql("SELECT count(*) FROM __ledger_history").ShouldBe(2L, "each migration once");
        Directory.GetFiles(_test.Options.OwnerFolder).Length.ShouldBe(6);
        foreach (var store in stores) await store.DisposeAsync();
        Directory.GetFiles(_test.Options.OwnerFolder).ShouldBeEmpty();
    }

    [Fact]
    public void Open_KeepsTheDatabaseDurable()
    {
        _test.Open();
        _test.Sql("PRAGMA journal_mode").ShouldBe("wal");
    }

    [Fact]
    public async Task Open_DatabaseOfANewerVersion_IsRefusedAndNothingIsChanged()
    {
        await _test.Open().DisposeAsync();
        _test.Sql("INSERT INTO __ledger_history VALUES ('0099_Later', '99.0')");
        var before = Snapshot();

        var refused = Should.Throw<StoreTooNewException>(() => _test.Open());

        refused.Message.ShouldContain("0099_Later");
        refused.Message.ShouldNotContain("\n");
        Snapshot().ShouldBe(before);
    }

    [Fact]
    public void Open_FolderThatCannotBeMade_IsRefusedWithItsName()
    {
        Directory.CreateDirectory(_test.Options.Folder);
        var file = Path.Combine(_test.Options.Folder, "taken");
        File.WriteAllText(file, "");

        var refused = Should.Throw<StoreException>(() => ContactCenterStore.Open(new() { Folder = Path.Combine(file, "store") }, _test.Time, _test.Log));

        refused.Message.ShouldContain(file);
        refused.Message.ShouldContain("Storage:Folder");
        File.ReadAllText(file).ShouldBeEmpty();
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsRefusedAndLeftAlone()
    {
        Directory.CreateDirectory(_test.Options.Folder);
        File.WriteAllText(_test.Options.DatabasePath, new string('x', 9000));

        Should.Throw<StoreException>(() => _test.Open()).Message.ShouldContain("is not a database");
        File.ReadAllText(_test.Options.DatabasePath).ShouldBe(new string('x', 9000));
    }

    [Fact]
    public void Open_WithASettingOutOfRange_NamesTheKeyAndWhatIsAllowed() =>
        Should.Throw<StoreException>(() => new StoreOptions { BusyTimeout = TimeSpan.FromHours(1) }.Validate())
            .Message.ShouldBe("Storage:BusyTimeout must be between 00:00:00.100 and 00:01:00.");

    [Fact]
    public void Open_WithoutAFolder_NamesTheKey() =>
        Should.Throw<StoreException>(() => new StoreOptions { Folder = "" }.Validate()).Message.ShouldStartWith("Storage:Folder");

    [Fact]
    public async Task Owners_OfClosedAndDeadStores_LeaveNothingBehind()
    {
        await _test.Open().DisposeAsync();
        await (await Victim.StartAsync("hold", _test.Options.Folder, TestStore.NewCall())).KillAsync();
        Directory.GetFiles(_test.Options.OwnerFolder).Length.ShouldBe(1, "the dead process's");

        _test.Open();

        Directory.GetFiles(_test.Options.OwnerFolder).Length.ShouldBe(1, "our own");
    }

    [Fact]
    public async Task Erase_TakesAwayEverythingPersonalOfTheCallAndNothingOfAnother()
    {
        var store = _test.Open();
        var (erased, kept) = (await RecordedCall.WriteAsync(store), await RecordedCall.WriteAsync(store));
        foreach (var call in new[] { erased, kept })
            await store.Ledger.ExecuteRemoteOnceAsync(TestStore.Key(call), _ => Task.FromResult("""{"name":"Dana"}"""), default);
        var key = (byte[])_test.Sql($"SELECT key FROM call_keys WHERE call_id = '{erased}'")!;

        await store.EraseAsync(erased, default);

        var path = (await store.Journals.FindAsync(erased))!;
        Should.Throw<JournalException>(() => JournalReader.Read(path, CallKeys.In(_test.Options))).Message.ShouldContain("erased");
        JournalReader.ReadHeader(path).Call.ShouldBe(erased);
        JournalAudit.Verify(_test.Options).Sound.ShouldBeTrue();
        var entry = await store.Ledger.FindAsync(TestStore.Key(erased), default);
        entry!.ResultJson.ShouldBeNull();
        entry.State.ShouldBe(LedgerState.Done, "what was done stays done");
        Files().ShouldAllBe(f => !Contains(f, key));

        JournalReader.Read((await store.Journals.FindAsync(kept))!, CallKeys.In(_test.Options)).Steps.ShouldNotBeEmpty();
        (await store.Ledger.FindAsync(TestStore.Key(kept), default))!.ResultJson.ShouldNotBeNull();
    }

    [Fact]
    public async Task Erase_BeforeALateWrite_KeepsTheLateWriteUnreadable()
    {
        var store = _test.Open();
        var call = TestStore.NewCall();
        await store.EraseAsync(call, default);
        await store.Ledger.ExecuteRemoteOnceAsync(TestStore.Key(call), _ => Task.FromResult("""{"name":"Dana"}"""), default);

        (await store.Ledger.FindAsync(TestStore.Key(call), default))!.ResultJson.ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => store.Journals.Begin(call, TestStore.Settings, _test.Time.Now));
    }

    private IEnumerable<string> Files() => Directory.EnumerateFiles(_test.Options.Folder, "*", SearchOption.AllDirectories);

    private static bool Contains(string file, byte[] needle) => PersonalDataTests.Bytes(file).AsSpan().IndexOf(needle) >= 0;

    private string Snapshot() => string.Join('\n', Files().Order(StringComparer.Ordinal)
        .Select(f => $"{Path.GetRelativePath(_test.Options.Folder, f)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(PersonalDataTests.Bytes(f)))}"));
}
