using ContactCenterAgent.Storage.Journal;

namespace ContactCenterAgent.Storage.Tests.Journal;

public sealed class JournalAuditTests : IAsyncLifetime
{
    private readonly TestStore _test = new();
    private ContactCenterStore _store = null!;
    private string _file = null!;

    public async Task InitializeAsync()
    {
        _store = _test.Open();
        await RecordedCall.WriteAsync(_store);
        _file = (await _store.Journals.FindAsync(await RecordedCall.WriteAsync(_store)))!;
    }

    public async Task DisposeAsync() => await _test.DisposeAsync();

    private AuditFinding Only() => JournalAudit.Verify(_test.Options).Findings.ShouldHaveSingleItem();

    [Fact]
    public void Audit_OfSoundJournals_FindsNothing()
    {
        var report = JournalAudit.Verify(_test.Options);

        report.Sound.ShouldBeTrue();
        report.Journals.ShouldBe(2);
        report.Records.ShouldBeGreaterThan(20);
        report.Open.ShouldBe(0);
        report.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Audit_OfACallInProgress_CountsItAsOpen()
    {
        _store.Journals.Begin(TestStore.NewCall(), TestStore.Settings, _test.Time.Now);
        var report = JournalAudit.Verify(_test.Options);
        report.Open.ShouldBe(1);
        report.Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task Audit_OfAChangedByte_NamesFileAndRecord()
    {
        var bytes = await File.ReadAllBytesAsync(_file);
        bytes[JournalReaderTests.Boundaries(bytes)[4] + 50] ^= 1;
        await File.WriteAllBytesAsync(_file, bytes);

        var finding = Only();
        (finding.File, finding.Kind, finding.Record).ShouldBe((_file, AuditFindingKind.Broken, 5));
        JournalAudit.Verify(_test.Options).Sound.ShouldBeFalse();
    }

    [Fact]
    public async Task Audit_OfAClosedJournalCutToWholeRecords_FindsItAltered()
    {
        var bytes = await File.ReadAllBytesAsync(_file);
        await File.WriteAllBytesAsync(_file, bytes[..JournalReaderTests.Boundaries(bytes)[4]]);

        Only().Kind.ShouldBe(AuditFindingKind.Altered);
    }

    [Fact]
    public void Audit_OfARemovedJournal_FindsItMissing()
    {
        File.Delete(_file);
        var finding = Only();
        (finding.File, finding.Kind).ShouldBe((_file, AuditFindingKind.Missing));
    }

    [Fact]
    public void Audit_OfAForeignFile_FindsItUnknown()
    {
        File.Copy(_file, _file + ".copy");
        Only().Kind.ShouldBe(AuditFindingKind.Unknown);
    }

    [Fact]
    public async Task Audit_OfATornEnd_ReportsItAndStaysSound()
    {
        var call = TestStore.NewCall();
        var journal = _store.Journals.Begin(call, TestStore.Settings, _test.Time.Now);
        journal.Append(new Core.Calls.LineOpened(TimeSpan.Zero));
        var file = (await _store.Journals.FindAsync(call))!;
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..^5]);

        Only().Kind.ShouldBe(AuditFindingKind.Torn);
        JournalAudit.Verify(_test.Options).Sound.ShouldBeTrue();
    }

    [Fact]
    public void Audit_WithoutADatabase_SaysWhere() =>
        Should.Throw<StoreException>(() => JournalAudit.Verify(new() { Folder = Path.Combine(_test.Options.Folder, "none") })).Message.ShouldContain("Storage:Folder");
}
