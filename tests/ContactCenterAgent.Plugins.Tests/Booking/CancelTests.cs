using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Plugins.Tests.Booking;

public sealed class CancelTests
{
    [Fact]
    public async Task Cancel_OfAnAppointment_FreesItOnceUnderItsKey()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var (dana, mine) = await DanasAsync(database);
        Task<Core.Tools.ToolResult> Cancel(string key) => database.RunAsync(
            "cancel_appointment", ("customer_id", dana), ("appointment_id", mine), (ToolContext.Key, key));
        var row = (await Cancel("k1")).Rows.Single();
        (row["start"], row["provider"]).ShouldBe(("2026-12-01T10:00", "Doctor Lee"));
        (await Cancel("k1")).Rows.Single()["start"].ShouldBe("2026-12-01T10:00");
        (await Callers.RefusalAsync(() => Cancel("k2"))).ShouldBe("no_such_appointment");
        (await database.LookUpAsync("cancel_appointment", "k1")).ShouldBe("done");
        (await database.LookUpAsync("cancel_appointment", "k2")).ShouldBe("absent");
        (await database.FreeAsync("2026-12-01", provider: "Doctor Lee")).ShouldContain("20261201T1000Z.doctor-lee.eye-test");
    }

    [Fact]
    public async Task Cancel_OfAnothersOrAPastAppointment_IsRefused()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var (dana, mine) = await DanasAsync(database);
        (await Callers.RefusalAsync(() => database.RunAsync("cancel_appointment", ("customer_id", "C1"), ("appointment_id", mine)))).ShouldBe("no_such_appointment");
        database.Clock.Advance(TimeSpan.FromDays(8));
        (await Callers.RefusalAsync(() => database.RunAsync("cancel_appointment", ("customer_id", dana), ("appointment_id", mine)))).ShouldBe("in_the_past");
    }

    [Fact]
    public async Task Cancel_InsideATransactionThatIsRolledBack_LeavesTheAppointment()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var (dana, mine) = await DanasAsync(database);
        var before = await database.HashAsync();
        await using (var connection = await database.OpenAsync())
        {
            await using var transaction = connection.BeginTransaction(deferred: false);
            await database.RunAsync(
                "cancel_appointment", ("customer_id", dana), ("appointment_id", mine),
                (ToolContext.Key, "k1"), (ToolContext.Connection, connection), (ToolContext.Transaction, transaction));
            await transaction.RollbackAsync();
        }

        (await database.HashAsync()).ShouldBe(before);
    }

    private static async Task<(string Customer, string Appointment)> DanasAsync(PluginDatabase database)
    {
        var dana = await database.DanaIdAsync();
        return (dana, (await database.RunAsync("list_appointments", ("customer_id", dana))).Rows.Single()["appointment_id"]!);
    }
}
