using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Plugins.Tests.Booking;

public sealed class HoldTests
{
    private const string Slot = "20261126T1430Z.doctor-lee.eye-test";
    private const string At1500 = "20261126T1500Z.doctor-lee.eye-test";

    [Fact]
    public async Task Place_OfAFreeSlot_TakesItOutOfTheOffer()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var row = (await database.HoldAsync("a/1", Slot)).Rows.Single();
        (row["hold_id"], row["start"], row["provider"], row["service"]).ShouldBe(("a/1", "2026-11-26T14:30", "Doctor Lee", "eye test"));
        (await database.FreeAsync("2026-11-26", provider: "Doctor Lee")).ShouldNotContain(Slot);
        (await database.RunAsync("list_appointments", ("customer_id", "C1"))).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Place_UnderTheSameId_IsTheSameHold()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var first = await database.HoldAsync("a/1", Slot);
        (await database.HoldAsync("a/1", Slot)).Digest.ShouldBe(first.Digest);
        (await Callers.RefusalAsync(() => database.HoldAsync("a/1", At1500))).ShouldBe("hold_in_use");
        (await database.CountAsync("SELECT count(*) FROM booking_appointments WHERE HoldId = 'a/1'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("20261126T1430Z.doctor-lee.haircut")]
    [InlineData("20261126T1430Z.doctor-lee.frame-fitting")]
    [InlineData("20261126T1730Z.doctor-lee.eye-test")]
    [InlineData("20261126T1445Z.doctor-lee.eye-test.x")]
    [InlineData("20261129T1000Z.doctor-lee.eye-test")]
    [InlineData("20261126T1435Z.doctor-lee.eye-test")]
    [InlineData("nonsense")]
    public async Task Place_OfWhatIsNoSlot_IsRefused(string slot)
    {
        await using var database = await PluginDatabase.SeededAsync();
        (await Callers.RefusalAsync(() => database.HoldAsync("a/1", slot))).ShouldBe("no_such_slot");
    }

    [Fact]
    public async Task Place_OfATimeThatHasBegun_IsRefused()
    {
        await using var database = await PluginDatabase.SeededAsync();
        database.Clock.Advance(TimeSpan.FromDays(3) + TimeSpan.FromHours(4.5));
        (await Callers.RefusalAsync(() => database.HoldAsync("a/1", Slot))).ShouldBe("in_the_past");
    }

    [Fact]
    public async Task Place_ByTwentyCallersAtOnce_GivesItToExactlyOne()
    {
        await using var database = await PluginDatabase.SeededAsync();
        using var start = new Barrier(20);
        var outcomes = new string?[20];
        var threads = Enumerable.Range(0, 20).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                database.HoldAsync($"call{i}/1", Slot, $"C{i}").GetAwaiter().GetResult();
            }
            catch (ToolRefusedException e)
            {
                outcomes[i] = e.Reason;
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        outcomes.Count(o => o is null).ShouldBe(1);
        outcomes.Where(o => o is not null).ShouldAllBe(o => o == "slot_taken");
        (await database.CountAsync("SELECT count(*) FROM booking_appointments WHERE State = 0")).ShouldBe(1);
        (await database.CountAsync("SELECT count(*) FROM booking_grains g JOIN booking_appointments a ON a.Id = g.AppointmentId WHERE a.State = 0")).ShouldBe(1);
    }

    [Fact]
    public async Task Confirm_OfALiveHold_BooksItOnceUnderItsKey()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.HoldAsync("a/1", Slot);
        var booked = await database.ConfirmAsync("a/1", "k1", Slot);
        (await database.ConfirmAsync("a/1", "k1", Slot)).Digest.ShouldBe(booked.Digest);
        (await Callers.RefusalAsync(() => database.ConfirmAsync("a/1", "k2", Slot))).ShouldBe("already_confirmed");
        (await database.RunAsync("list_appointments", ("customer_id", "C1"))).Rows.Single()["start"].ShouldBe("2026-11-26T14:30");
        (await database.LookUpAsync("book_appointment", "k1")).ShouldBe("done");
        database.Clock.Advance(TimeSpan.FromHours(1));
        (await Callers.RefusalAsync(() => database.HoldAsync("b/1", Slot))).ShouldBe("slot_taken");
    }

    [Fact]
    public async Task Confirm_WithTheNoteAsLastSaid_KeepsThatNote()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.HoldAsync("a/1", Slot);
        await PluginDatabase.RunAsync(
            database.Tool("book_appointment").Confirm!,
            ("customer_id", "C1"), ("slot_id", Slot), ("note", "I use a wheelchair"), (ToolContext.Hold, "a/1"), (ToolContext.Key, "k1"));
        (await database.CountAsync("SELECT count(*) FROM booking_appointments WHERE HoldId = 'a/1' AND Note = 'I use a wheelchair'")).ShouldBe(1);
    }

    [Fact]
    public async Task Confirm_OfNobodysOrAnothersHold_IsRefused()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.HoldAsync("a/1", Slot);
        (await Callers.RefusalAsync(() => database.ConfirmAsync("b/1", "k1", Slot))).ShouldBe("no_such_hold");
        (await Callers.RefusalAsync(() => database.ConfirmAsync("a/1", "k1", Slot, "C2"))).ShouldBe("no_such_hold");
        (await Callers.RefusalAsync(() => database.ConfirmMoveAsync("a/1", "k1", "A1", Slot, "C1"))).ShouldBe("no_such_appointment");
    }

    [Fact]
    public async Task Confirm_WhenTheHoldHasRunOut_IsRefusedAndTheSlotIsFree()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.HoldAsync("a/1", Slot, seconds: 90);
        database.Clock.Advance(TimeSpan.FromSeconds(89));
        (await database.FreeAsync("2026-11-26", provider: "Doctor Lee")).ShouldNotContain(Slot);
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        (await database.FreeAsync("2026-11-26", provider: "Doctor Lee")).ShouldContain(Slot);
        (await Callers.RefusalAsync(() => database.ConfirmAsync("a/1", "k1", Slot))).ShouldBe("hold_expired");
        (await database.LookUpAsync("book_appointment", "k1")).ShouldBe("absent");
        await database.HoldAsync("b/1", Slot, "C2");
        (await Callers.RefusalAsync(() => database.HoldAsync("a/1", Slot))).ShouldBe("hold_expired");
        (await database.ReleaseAsync("a/1")).Rows.Single()["expired"].ShouldBe("true");
        (await database.ConfirmAsync("b/1", "k2", Slot, "C2")).Rows.Single()["start"].ShouldBe("2026-11-26T14:30");
    }

    [Fact]
    public async Task Release_OfAHold_FreesItOnceAndForGood()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.HoldAsync("a/1", Slot);
        (await database.ReleaseAsync("a/1")).Rows.Single()["released"].ShouldBe("true");
        (await database.ReleaseAsync("a/1")).Rows.Single()["released"].ShouldBe("true");
        (await database.FreeAsync("2026-11-26", provider: "Doctor Lee")).ShouldContain(Slot);
        (await Callers.RefusalAsync(() => database.ConfirmAsync("a/1", "k1", Slot))).ShouldBe("hold_released");
        (await Callers.RefusalAsync(() => database.HoldAsync("a/1", Slot))).ShouldBe("hold_released");
    }

    [Fact]
    public async Task Release_BeforeThePlacingArrives_RefusesThePlacing()
    {
        await using var database = await PluginDatabase.SeededAsync();
        (await database.ReleaseAsync("a/1")).Rows.Single()["released"].ShouldBe("true");
        (await database.ReleaseAsync("a/1")).Rows.Single()["released"].ShouldBe("true");
        (await Callers.RefusalAsync(() => database.HoldAsync("a/1", Slot))).ShouldBe("hold_released");
        (await database.CountAsync("SELECT count(*) FROM booking_appointments WHERE HoldId = 'a/1'")).ShouldBe(0);
    }

    [Fact]
    public async Task Release_AfterTheConfirm_LeavesTheAppointment()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.HoldAsync("a/1", Slot);
        await database.ConfirmAsync("a/1", "k1", Slot);
        (await database.ReleaseAsync("a/1")).Rows.Single()["confirmed"].ShouldBe("true");
        (await database.RunAsync("list_appointments", ("customer_id", "C1"))).Rows.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Confirm_InsideATransactionThatIsRolledBack_LeavesTheHold()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.HoldAsync("a/1", Slot);
        var before = await database.HashAsync();
        await using (var connection = await database.OpenAsync())
        {
            await using var transaction = connection.BeginTransaction(deferred: false);
            await PluginDatabase.RunAsync(
                database.Tool("book_appointment").Confirm!,
                ("customer_id", "C1"), ("slot_id", Slot), (ToolContext.Hold, "a/1"), (ToolContext.Key, "k1"),
                (ToolContext.Connection, connection), (ToolContext.Transaction, transaction));
            await transaction.RollbackAsync();
        }

        (await database.HashAsync()).ShouldBe(before);
        await database.ConfirmAsync("a/1", "k1", Slot);
        (await database.LookUpAsync("book_appointment", "k1")).ShouldBe("done");
    }

    [Fact]
    public async Task Grains_OfOneProviderAndHalfHour_CanBeInTheTableOnlyOnce()
    {
        await using var database = await PluginDatabase.SeededAsync();
        Func<Task> copy = () => database.CountAsync("INSERT INTO booking_grains SELECT Provider, StartMicros, AppointmentId FROM booking_grains LIMIT 1 RETURNING 1");
        (await copy.ShouldThrowAsync<Microsoft.Data.Sqlite.SqliteException>()).SqliteErrorCode.ShouldBe(19);
    }
}
