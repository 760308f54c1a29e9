using System.Data.Common;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Plugins.Tests;

/// <summary>Effects inside the real ledger's transaction, in the ledger's own file.</summary>
public sealed class LedgerTests
{
    private const string Slot = "20261126T1430Z.doctor-lee.eye-test";

    private static readonly CallId Call = CallId.Parse("0195f0c0-0000-7000-8000-000000000001");

    [Fact]
    public async Task Confirm_ThroughTheLedger_IsOneCommitWithItsOutcome()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await using var store = Open(database);
        await database.HoldAsync("a/1", Slot);
        var first = await ConfirmAsync(database, store, "a/1", Key("book_appointment", 1));
        var again = await ConfirmAsync(database, store, "a/1", Key("book_appointment", 1));
        (first.State, again.State).ShouldBe((LedgerState.Done, LedgerState.Done));
        again.ResultJson.ShouldBe(first.ResultJson);
        (await database.LookUpAsync("book_appointment", Key("book_appointment", 1).ToString())).ShouldBe("done");
        (await database.RunAsync("list_appointments", ("customer_id", "C1"))).Rows.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Confirm_RefusedInsideTheLedger_LeavesTheDiaryAndMayBeTriedWithAnotherHold()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await using var store = Open(database);
        await database.HoldAsync("a/1", Slot, seconds: 90);
        database.Clock.Advance(TimeSpan.FromSeconds(90));
        var refused = await ConfirmAsync(database, store, "a/1", Key("book_appointment", 1));
        (refused.State, refused.Failure).ShouldBe((LedgerState.Failed, new ToolFailure.Refused("hold_expired")));
        await database.HoldAsync("a/2", Slot);
        (await ConfirmAsync(database, store, "a/2", Key("book_appointment", 2))).State.ShouldBe(LedgerState.Done);
        (await database.RunAsync("list_appointments", ("customer_id", "C1"))).Rows.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Reads_WhileTheLedgerWrites_SeeWhatWasCommittedBefore()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await using var store = Open(database);
        await database.HoldAsync("a/1", Slot);
        var during = 0;
        await store.Ledger.ExecuteOnceAsync(Key("book_appointment", 1), async (connection, transaction, ct) =>
        {
            var json = await RunConfirmAsync(database, "a/1", Key("book_appointment", 1), connection, transaction, ct);
            during = (await database.RunAsync("list_appointments", ("customer_id", "C1"))).Rows.Length;
            return json;
        }, PluginDatabase.None);
        var after = (await database.RunAsync("list_appointments", ("customer_id", "C1"))).Rows.Length;
        (during, after).ShouldBe((0, 1));
    }

    private static ContactCenterStore Open(PluginDatabase database) =>
        ContactCenterStore.Open(new() { Folder = database.Folder }, database.Clock, NullLogger<ContactCenterStore>.Instance);

    private static EffectKey Key(string tool, int occurrence) => new(Call, tool, new("0123456789abcdef0123456789abcdef"), occurrence);

    private static Task<LedgerOutcome> ConfirmAsync(PluginDatabase database, ContactCenterStore store, string hold, EffectKey key) =>
        store.Ledger.ExecuteOnceAsync(key, (connection, transaction, ct) => RunConfirmAsync(database, hold, key, connection, transaction, ct), PluginDatabase.None);

    private static async Task<string> RunConfirmAsync(
        PluginDatabase database, string hold, EffectKey key, DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var arguments = new AIFunctionArguments
        {
            ["customer_id"] = "C1",
            ["slot_id"] = Slot,
            Context = new Dictionary<object, object?>
            {
                [ToolContext.Hold] = hold,
                [ToolContext.Key] = key.ToString(),
                [ToolContext.Connection] = connection,
                [ToolContext.Transaction] = transaction,
            },
        };
        return ((JsonElement)(await database.Tool("book_appointment").Confirm!.InvokeAsync(arguments, cancellationToken))!).GetRawText();
    }
}
