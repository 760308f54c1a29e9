using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using Microsoft.Data.Sqlite;

namespace ContactCenterAgent.Storage.Tests.Records;

public sealed class CallRecordStoreTests : IAsyncLifetime
{
    private readonly TestStore _test = new();
    private readonly CallRecord _record = new(
        TestStore.NewCall(), "main", new Pii<string>("+441632960123"), new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero), new(2026, 11, 23, 10, 0, 1, TimeSpan.Zero),
        new(2026, 11, 23, 10, 3, 0, TimeSpan.Zero), Disposition.Transferred, 4, 9, 1, TimeSpan.FromMilliseconds(412), TimeSpan.FromMilliseconds(1900), "2026-11-23/call.wav");
    private ContactCenterStore _store = null!;

    public Task InitializeAsync()
    {
        _store = _test.Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task Record_Saved_ComesBackWhole()
    {
        await _store.Records.SaveAsync(_record, default);
        (await _store.Records.FindAsync(_record.Call, default)).ShouldBe(_record);
    }

    [Fact]
    public async Task Record_WithoutANumberAnAnswerOrARecording_ComesBackWhole()
    {
        var record = _record with { CallerNumber = null, AnsweredAt = null, ResponseLatencyP50 = null, ResponseLatencyMax = null, Recording = null };
        await _store.Records.SaveAsync(record, default);
        (await _store.Records.FindAsync(record.Call, default)).ShouldBe(record);
    }

    [Fact]
    public async Task Record_SavedTwice_IsRefusedAndKeepsTheFirst()
    {
        await _store.Records.SaveAsync(_record, default);
        await Should.ThrowAsync<InvalidOperationException>(() => _store.Records.SaveAsync(_record with { Turns = 99 }, default));
        (await _store.Records.FindAsync(_record.Call, default))!.Turns.ShouldBe(4);
    }

    [Fact]
    public async Task Record_EditedByHand_IsRefusedByTheDatabase()
    {
        await _store.Records.SaveAsync(_record, default);
        Should.Throw<SqliteException>(() => _test.Sql("UPDATE call_records SET turns = 0")).Message.ShouldContain("never edited");
    }

    [Fact]
    public async Task Record_OfAnErasedCall_HasNoNumber()
    {
        await _store.Records.SaveAsync(_record, default);
        await _store.EraseAsync(_record.Call, default);
        (await _store.Records.FindAsync(_record.Call, default)).ShouldBe(_record with { CallerNumber = null });
    }
}
