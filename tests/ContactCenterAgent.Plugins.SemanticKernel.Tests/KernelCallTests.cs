using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel;

namespace ContactCenterAgent.Plugins.SemanticKernel.Tests;

#pragma warning disable CA1001 // xunit disposes of a test class through IAsyncLifetime.
public sealed class KernelCallTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly CallId Id = CallId.Parse("0195f0c0-0000-7000-8000-000000000009");

    private readonly OrderDesk _desk = new();
    private NorthgateDatabase _database = null!;
    private ContactCenterStore _store = null!;
    private KernelCall _call = null!;

    public async Task InitializeAsync()
    {
        _database = await NorthgateDatabase.SeededAsync();
        _store = ContactCenterStore.Open(new() { Folder = _database.Folder }, _database.Clock, NullLogger<ContactCenterStore>.Instance);
        var kernel = new Kernel();
        kernel.Plugins.AddFromObject(_desk, "desk");
        _call = new(Id, [.. _database.Tools, .. KernelTools.Read(kernel).Tools], _store.Ledger, _database.Clock);
    }

    public async Task DisposeAsync()
    {
        await _call.DisposeAsync();
        await _store.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Read_OnAGuess_ServesTheTurnThatWantsIt()
    {
        _call.OpenTurn();
        await RunAsync("desk_get_status", new { orderId = "NG7" });
        await _call.CloseTurnAsync("where is my order", default);
        var answer = await RunAsync("desk_get_status", new { orderId = "NG7" });
        answer["rows"]![0]!["state"]!.ToString().ShouldBe("shipped");
        (_call.ReadsSent, _desk.Ran.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Disclosing_OnAGuess_Waits()
    {
        _call.OpenTurn();
        Status(await RunAsync("desk_check_credit", new { name = "Dana" })).ShouldBe("waits");
        _desk.Ran.ShouldBeEmpty();
        await _call.CloseTurnAsync("check it", default);
        await RunAsync("desk_check_credit", new { name = "Dana" });
        _desk.Ran.ShouldBe(["credit dana"]);
    }

    [Fact]
    public async Task Write_InAnOpenTurn_WaitsAndThenRunsOnce()
    {
        _call.OpenTurn();
        Status(await RunAsync("desk_refund", new { orderId = "NG7", pence = 250 })).ShouldBe("waits");
        _desk.Ran.ShouldBeEmpty();
        await _call.CloseTurnAsync("pay me back", default);
        var first = await RunAsync("desk_refund", new { orderId = "NG7", pence = 250 });
        var again = await RunAsync("desk_refund", new { orderId = " NG7 ", pence = "250" });
        (Status(first), Status(again)).ShouldBe(("done", "done"));
        first["key"]!.ToString().ShouldBe(again["key"]!.ToString());
        _desk.Ran.ShouldBe(["refund NG7 250"]);
    }

    [Fact]
    public async Task Write_AfterAKnownFailure_MayBeTriedAgain()
    {
        _desk.OnRefund = _ => _desk.Ran.Count == 1 ? throw new ToolRefusedException("till_is_closed") : null;
        var refused = await RunAsync("desk_refund", new { orderId = "NG7", pence = 250 });
        (Status(refused), refused["code"]!.ToString()).ShouldBe(("failed", "tool.refused"));
        Status(await RunAsync("desk_refund", new { orderId = "NG7", pence = 250 })).ShouldBe("done");
        (await _store.Ledger.EntriesAsync(Id, default)).Select(e => (e.Key.Occurrence, e.State)).ShouldBe([(1, LedgerState.Failed), (2, LedgerState.Done)]);
    }

    [Fact]
    public async Task Write_WhoseOutcomeNobodyKnows_IsNeverRepeated()
    {
        _desk.OnRefund = _ => throw new HttpRequestException("the line broke");
        Status(await RunAsync("desk_refund", new { orderId = "NG7", pence = 250 })).ShouldBe("unknown");
        Status(await RunAsync("desk_refund", new { orderId = "NG7", pence = 250 })).ShouldBe("unknown");
        _desk.Ran.Count.ShouldBe(1);
        (await _store.Ledger.EntriesAsync(Id, default)).Single().State.ShouldBe(LedgerState.Unknown);
    }

    [Fact]
    public async Task Irreversible_WithoutAYesToItsReadBack_IsNotDone()
    {
        var asked = await RunAsync("desk_write_off", new { orderId = "NG7" });
        Status(asked).ShouldBe("needs_yes");
        (await _call.CloseTurnAsync("yes please", default)).ShouldBeNull("nobody has heard the read-back");
        _call.ReadBackHeard(1);
        (await _call.CloseTurnAsync("yes but not today", default)).ShouldBeNull();
        _desk.Ran.ShouldBeEmpty();

        _call.ReadBackHeard(1);
        (await _call.CloseTurnAsync("yes please", default))!.Status.ShouldBe(ProposalStatus.Done);
        Status(await RunAsync("desk_write_off", new { orderId = "NG7" })).ShouldBe("done");
        _desk.Ran.ShouldBe(["write off NG7"]);
    }

    [Fact]
    public async Task Refusal_OfAReadBack_WithdrawsIt()
    {
        await RunAsync("desk_write_off", new { orderId = "NG7" });
        _call.ReadBackHeard(1);
        (await _call.CloseTurnAsync("no", default))!.Status.ShouldBe(ProposalStatus.Withdrawn);
        _call.ReadBackHeard(1);
        (await _call.CloseTurnAsync("yes", default)).ShouldBeNull();
        _desk.Ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reservation_OnAGuess_IsHeldAndConfirmedByAYes()
    {
        var (customer, slot) = await VerifiedAsync();
        var before = (await _database.RunAsync("list_appointments", ("customer_id", customer))).Rows.Length;
        _call.OpenTurn();
        var asked = await RunAsync("book_appointment", new { customer_id = customer, slot_id = slot });
        Status(asked).ShouldBe("needs_yes");
        asked["read_back"]!.ToString().ShouldContain("Thursday 26 November");
        _call.ReadBackHeard(1);
        var settled = await _call.CloseTurnAsync("yes please", default);

        settled!.Status.ShouldBe(ProposalStatus.Done);
        (await _database.RunAsync("list_appointments", ("customer_id", customer))).Rows.Length.ShouldBe(before + 1);
        (await _store.Ledger.HoldsAsync(Id, default)).Single().End.ShouldBe(HoldEnd.Confirmed);
    }

    [Fact]
    public async Task Reservation_OfACallerWhoHangsUp_IsGivenBack()
    {
        var (customer, slot) = await VerifiedAsync();
        await RunAsync("book_appointment", new { customer_id = customer, slot_id = slot });
        await _call.DisposeAsync();
        (await _store.Ledger.HoldsAsync(Id, default)).Single().End.ShouldBe(HoldEnd.Released);
        (await _database.FreeAsync("2026-11-26")).ShouldContain(slot);
        _call = new(Id, [], _store.Ledger, _database.Clock);
    }

    [Fact]
    public async Task Reservation_OfAnotherTime_TakesTheNewOneFirstAndGivesTheOldOneBack()
    {
        var (customer, slot) = await VerifiedAsync();
        var other = (await _database.FreeAsync("2026-11-26")).First(s => s != slot);
        await RunAsync("book_appointment", new { customer_id = customer, slot_id = slot });
        await RunAsync("book_appointment", new { customer_id = customer, slot_id = other });
        (await _store.Ledger.HoldsAsync(Id, default)).Select(h => h.End).ShouldBe([HoldEnd.Released, null]);
        _call.Staged.Select(s => s.Status).ShouldBe([ProposalStatus.Released, ProposalStatus.Held]);
    }

    [Fact]
    public async Task Reservation_InTheLastSecondsOfItsHold_IsRenewedBeforeItIsConfirmed()
    {
        var (customer, slot) = await VerifiedAsync();
        await RunAsync("book_appointment", new { customer_id = customer, slot_id = slot });
        _database.Clock.Advance(TimeSpan.FromMinutes(3) - TimeSpan.FromSeconds(2));
        _call.ReadBackHeard(1);
        (await _call.CloseTurnAsync("yes", default))!.Status.ShouldBe(ProposalStatus.Done);
        (await _store.Ledger.HoldsAsync(Id, default)).Select(h => h.End).ShouldBe([HoldEnd.Released, HoldEnd.Confirmed]);
    }

    [Fact]
    public async Task Caller_WhoIsNotVerified_GetsNoRecordAndChangesNone()
    {
        var found = await RunAsync("find_customer", new { name = "Dana Whitfield", postcode = "NG9 2TD" });
        Status(found).ShouldBe("sealed");
        found.ToJsonString().ShouldNotContain("Whitfield");
        var customer = found["rows"]![0]!["customer_id"]!.ToString();
        Status(await RunAsync("list_appointments", new { customer_id = customer })).ShouldBe("needs_assurance");
    }

    [Theory]
    [InlineData("""{"orderId":"NG7","pence":"lots"}""", "pence", "is not of its form")]
    [InlineData("""{"pence":3}""", "orderId", "is missing")]
    [InlineData("""{"orderId":"NG7","pence":3,"colour":"red"}""", "colour", "is not one of this function's")]
    public async Task Arguments_ThatDoNotFit_AreSaidToTheModelAndRunNothing(string arguments, string parameter, string reason)
    {
        var answer = await _call.RunAsync("desk_refund", JsonNode.Parse(arguments)!.AsObject().Select(p => KeyValuePair.Create(p.Key, (object?)p.Value!.ToString())), default);
        answer["message"]!.ToString().ShouldBe($"The argument {parameter} {reason}.");
        _desk.Ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tool_ThatDoesNotExist_IsSaidToTheModel() => Status(await RunAsync("launch", new { })).ShouldBe("failed");

    private async Task<(string Customer, string Slot)> VerifiedAsync()
    {
        var verified = await RunAsync("verify_customer", new { name = NorthgateDatabase.Dana, date_of_birth = NorthgateDatabase.DanasBirthday });
        return (verified["rows"]![0]!["customer_id"]!.ToString(), (await _database.FreeAsync("2026-11-26"))[0]);
    }

    private Task<JsonNode> RunAsync(string tool, object arguments) =>
        _call.RunAsync(tool, arguments.GetType().GetProperties().Select(p => KeyValuePair.Create(p.Name, p.GetValue(arguments))), default);

    private static string Status(JsonNode answer) => answer["status"]!.ToString();
}
