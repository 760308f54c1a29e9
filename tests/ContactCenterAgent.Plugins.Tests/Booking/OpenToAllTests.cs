namespace ContactCenterAgent.Plugins.Tests.Booking;

/// <summary>Opening hours and services: reads for anybody.</summary>
public sealed class OpenToAllTests
{
    [Theory]
    [InlineData(null, "Monday to Friday 09:00 17:30, Saturday 09:00 16:00")]
    [InlineData("2026-11-28", "Saturday 09:00 16:00")]
    [InlineData("2026-11-28/2026-11-29", "Saturday 09:00 16:00")]
    [InlineData("2026-11-26/2026-11-28", "Thursday to Friday 09:00 17:30, Saturday 09:00 16:00")]
    [InlineData("2026-11-29/2026-12-01", "Monday to Tuesday 09:00 17:30")]
    [InlineData("2026-11-23/2026-12-06", "Monday to Friday 09:00 17:30, Saturday 09:00 16:00")]
    [InlineData("2026-11-29", "")]
    public async Task OpeningHours_OfDays_AreGroupedWithoutClosedDays(string? date, string expected)
    {
        await using var database = await PluginDatabase.MigratedAsync();
        var result = date is null ? await database.RunAsync("opening_hours") : await database.RunAsync("opening_hours", ("date", date));
        string.Join(", ", result.Rows.Select(r => $"{r["days"]} {r["opens"]} {r["closes"]}")).ShouldBe(expected);
        result.Truncated.ShouldBeFalse();
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-11-28/2026-11-27")]
    [InlineData("2026-11-27/2026-11-28/2026-11-29")]
    public async Task OpeningHours_OfSomethingThatIsNoDate_AreUnacceptable(string date)
    {
        await using var database = await PluginDatabase.MigratedAsync();
        Func<Task> ask = () => database.RunAsync("opening_hours", ("date", date));
        (await ask.ShouldThrowAsync<ArgumentException>()).ParamName.ShouldBe("date");
    }

    [Fact]
    public async Task ListServices_OfAllAndOfOne_GivePriceAndLength()
    {
        await using var database = await PluginDatabase.MigratedAsync();
        (await database.RunAsync("list_services")).Rows.Select(r => $"{r["service"]} {r["length"]} {r["price"]}").ShouldBe(
        [
            "eye test PT30M 25.00 GBP", "contact lens check PT30M 30.00 GBP", "full eye examination PT60M 65.00 GBP",
            "frame fitting PT30M ", "glasses collection PT30M ",
        ]);
        (await database.RunAsync("list_services", ("service", "eye test"))).Rows.Single()["price"].ShouldBe("25.00 GBP");
    }
}
