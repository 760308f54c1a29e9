namespace ContactCenterAgent.Plugins.Tests.Booking;

/// <summary>A caller's own hold in the way of a changed one: the newer is placed first, the older released after.</summary>
public sealed class OwnHoldTests
{
    private const string Slot = "20261126T1430Z.doctor-lee.eye-test";
    private const string HourFrom1430 = "20261126T1430Z.doctor-lee.full-eye-examination";
    private const string At1500 = "20261126T1500Z.doctor-lee.eye-test";

    [Fact]
    public async Task OwnHold_InTheWayOfAChangedOne_GivesWayAndItsReleaseFreesNothingOfIt()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.HoldAsync("a/1", Slot);
        await database.HoldAsync("a/2", HourFrom1430);
        await database.ReleaseAsync("a/1");
        (await Callers.RefusalAsync(() => database.HoldAsync("b/1", Slot))).ShouldBe("slot_taken");
        (await Callers.RefusalAsync(() => database.HoldAsync("b/2", At1500))).ShouldBe("slot_taken");
        (await database.ConfirmAsync("a/2", "k1", HourFrom1430)).Rows.Single()["service"].ShouldBe("full eye examination");
        (await database.CountAsync("SELECT count(*) FROM booking_grains g JOIN booking_appointments a ON a.Id = g.AppointmentId WHERE a.HoldId = 'a/2'")).ShouldBe(2);
    }

    [Fact]
    public async Task OwnHold_RenewedOnTheSameSlot_OutlivesTheOldOne()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.HoldAsync("a/1", Slot);
        database.Clock.Advance(TimeSpan.FromSeconds(170));
        await database.HoldAsync("a/2", Slot);
        await database.ReleaseAsync("a/1");
        database.Clock.Advance(TimeSpan.FromSeconds(170));
        await database.ConfirmAsync("a/2", "k1", Slot);
        (await database.RunAsync("list_appointments", ("customer_id", "C1"))).Rows.Length.ShouldBe(1);
    }

    [Fact]
    public async Task OwnHold_WhoseChangeIsTakenBack_HasItsTimeAgain()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.HoldAsync("a/1", Slot);
        await database.HoldAsync("a/2", HourFrom1430);
        await database.ReleaseAsync("a/2");
        (await Callers.RefusalAsync(() => database.HoldAsync("b/1", Slot))).ShouldBe("slot_taken");
        await database.HoldAsync("b/2", At1500, "C2");
        await database.ConfirmAsync("a/1", "k1", Slot);
        (await database.RunAsync("list_appointments", ("customer_id", "C1"))).Rows.Single()["service"].ShouldBe("eye test");
    }

    [Fact]
    public async Task OwnHold_OfAnEarlierTimeConfirmedAfterAll_TakesItsTimeFromTheNewerHold()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.HoldAsync("a/1", Slot);
        await database.HoldAsync("a/2", HourFrom1430);
        await database.ConfirmAsync("a/1", "k1", Slot);
        (await Callers.RefusalAsync(() => database.ConfirmAsync("a/2", "k2", HourFrom1430))).ShouldBe("slot_taken");
        await database.ReleaseAsync("a/2");
        (await database.CountAsync("SELECT count(*) FROM booking_grains g JOIN booking_appointments a ON a.Id = g.AppointmentId WHERE a.HoldId LIKE 'a/%'")).ShouldBe(1);
    }
}
