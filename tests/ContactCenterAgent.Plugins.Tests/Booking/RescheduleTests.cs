namespace ContactCenterAgent.Plugins.Tests.Booking;

public sealed class RescheduleTests
{
    private const string Thursday = "20261126T1430Z.doctor-lee.eye-test";

    [Fact]
    public async Task Reschedule_Confirmed_FreesTheOldTimeInTheSameStep()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var (dana, mine) = await DanasAsync(database);
        var held = (await database.HoldMoveAsync("a/1", mine, Thursday, dana)).Rows.Single();
        (held["start"], held["previous_start"], held["previous_provider"]).ShouldBe(("2026-11-26T14:30", "2026-12-01T10:00", "Doctor Lee"));
        (await database.RunAsync("list_appointments", ("customer_id", dana))).Rows.Single()["start"].ShouldBe("2026-12-01T10:00");

        var moved = await database.ConfirmMoveAsync("a/1", "k1", mine, Thursday, dana);
        (await database.ConfirmMoveAsync("a/1", "k1", mine, Thursday, dana)).Digest.ShouldBe(moved.Digest);
        (await database.RunAsync("list_appointments", ("customer_id", dana))).Rows.Single()["start"].ShouldBe("2026-11-26T14:30");
        (await database.FreeAsync("2026-12-01", provider: "Doctor Lee")).ShouldContain("20261201T1000Z.doctor-lee.eye-test");
        (await database.LookUpAsync("reschedule_appointment", "k1")).ShouldBe("done");
    }

    [Fact]
    public async Task Reschedule_Released_LeavesTheOldAppointment()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var (dana, mine) = await DanasAsync(database);
        await database.HoldMoveAsync("a/1", mine, Thursday, dana);
        await database.ReleaseAsync("a/1");
        (await database.RunAsync("list_appointments", ("customer_id", dana))).Rows.Single()["appointment_id"].ShouldBe(mine);
        (await database.FreeAsync("2026-11-26", provider: "Doctor Lee")).ShouldContain(Thursday);
    }

    [Fact]
    public async Task Reschedule_IntoItsOwnTime_KeepsOthersOutAndEndsWithOneAppointment()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var (dana, mine) = await DanasAsync(database);
        await database.CountAsync(
            """
            DELETE FROM booking_appointments WHERE Id IN (SELECT AppointmentId FROM booking_grains WHERE Provider = 'Doctor Lee'
                AND StartMicros = (SELECT StartMicros + 1800000000 FROM booking_appointments WHERE CustomerId LIKE 'C0000%'));
            SELECT 1
            """);
        const string hour = "20261201T1000Z.doctor-lee.full-eye-examination", same = "20261201T1000Z.doctor-lee.eye-test";
        await database.HoldMoveAsync("a/1", mine, hour, dana);
        (await Callers.RefusalAsync(() => database.HoldAsync("b/1", same))).ShouldBe("slot_taken");
        (await Callers.RefusalAsync(() => database.HoldAsync("b/2", "20261201T1030Z.doctor-lee.eye-test"))).ShouldBe("slot_taken");

        await database.ConfirmMoveAsync("a/1", "k1", mine, hour, dana);
        (await database.RunAsync("list_appointments", ("customer_id", dana))).Rows.Single()["service"].ShouldBe("full eye examination");
        (await database.CountAsync("SELECT count(*) FROM booking_grains g JOIN booking_appointments a ON a.Id = g.AppointmentId WHERE a.CustomerId LIKE 'C0000%'")).ShouldBe(2);
    }

    [Fact]
    public async Task Reschedule_OfWhatWasCancelledInBetween_IsRefusedAndBooksNothing()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var (dana, mine) = await DanasAsync(database);
        await database.HoldMoveAsync("a/1", mine, Thursday, dana);
        await database.RunAsync("cancel_appointment", ("customer_id", dana), ("appointment_id", mine));
        (await Callers.RefusalAsync(() => database.ConfirmMoveAsync("a/1", "k1", mine, Thursday, dana))).ShouldBe("no_such_appointment");
        (await database.RunAsync("list_appointments", ("customer_id", dana))).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reschedule_OfAHoldThatWasPlacedToBook_IsRefusedAndTheOtherWayRound()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var (dana, mine) = await DanasAsync(database);
        await database.HoldAsync("a/1", Thursday, dana);
        (await Callers.RefusalAsync(() => database.ConfirmMoveAsync("a/1", "k1", mine, Thursday, dana))).ShouldBe("no_such_hold");
        await database.HoldMoveAsync("a/2", mine, Thursday, dana);
        (await Callers.RefusalAsync(() => database.ConfirmAsync("a/2", "k2", Thursday, dana))).ShouldBe("no_such_hold");
        (await database.RunAsync("list_appointments", ("customer_id", dana))).Rows.Single()["start"].ShouldBe("2026-12-01T10:00");
    }

    [Fact]
    public async Task Reschedule_OfAnothersAppointment_IsRefusedAsIfThereWereNone()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var (_, mine) = await DanasAsync(database);
        (await Callers.RefusalAsync(() => database.HoldMoveAsync("a/1", mine, Thursday, "C1"))).ShouldBe("no_such_appointment");
        (await Callers.RefusalAsync(() => database.HoldMoveAsync("a/2", "A-none", Thursday, "C1"))).ShouldBe("no_such_appointment");
        database.Clock.Advance(TimeSpan.FromDays(8));
        (await Callers.RefusalAsync(async () => await database.HoldMoveAsync("a/3", mine, Thursday, await database.DanaIdAsync()))).ShouldBe("in_the_past");
    }

    private static async Task<(string Customer, string Appointment)> DanasAsync(PluginDatabase database)
    {
        var dana = await database.DanaIdAsync();
        return (dana, (await database.RunAsync("list_appointments", ("customer_id", dana))).Rows.Single()["appointment_id"]!);
    }
}
