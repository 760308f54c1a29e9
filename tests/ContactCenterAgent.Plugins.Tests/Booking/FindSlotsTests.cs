using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Plugins.Tests.Booking;

public sealed class FindSlotsTests
{
    [Fact]
    public async Task FindSlots_OnADay_GivesFreeTimesInOrderOfProvidersWhoDoIt()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var result = await database.RunAsync("find_slots", ("service", "frame fitting"), ("date", "2026-11-30/2026-12-04"));
        result.Rows.ShouldNotBeEmpty();
        result.Rows.ShouldAllBe(r => r["provider"] == "Mia Novak" && r["service"] == "frame fitting");
        result.Rows.Select(r => r["start"]).ShouldBeInOrder();
        result.Rows.Select(r => r["start"]![..10]).Distinct().ShouldAllBe(day => string.CompareOrdinal(day, "2026-11-30") >= 0 && string.CompareOrdinal(day, "2026-12-04") <= 0);
    }

    [Theory]
    [InlineData("12:00/17:00", "12:00", "16:59")]
    [InlineData("00:00/12:00", "09:00", "11:59")]
    [InlineData("16:00/24:00", "16:00", "23:59")]
    [InlineData("14:30", "14:30", "14:30")]
    public async Task FindSlots_AtATime_StartsWithinIt(string time, string first, string last)
    {
        await using var database = await PluginDatabase.SeededAsync();
        var all = await database.RunAsync("find_slots", ("service", "eye test"), ("date", "2026-11-26/2026-12-05"));
        var result = await database.RunAsync("find_slots", ("service", "eye test"), ("date", "2026-11-26/2026-12-05"), ("time", time));
        bool Within(ResultRow r) => string.CompareOrdinal(r["start"]![11..], first) >= 0 && string.CompareOrdinal(r["start"]![11..], last) <= 0;
        result.Rows.ShouldNotBeEmpty();
        result.Rows.Select(r => r["slot_id"]).ShouldBe(all.Rows.Where(Within).Select(r => r["slot_id"]));
    }

    [Fact]
    public async Task FindSlots_OfAnHour_NeedsTwoFreeHalfHoursOfOneShift()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var halves = (await database.FreeAsync("2026-11-24/2026-12-12", provider: "Doctor Okafor")).Select(s => s[..14]).ToHashSet();
        var hours = (await database.FreeAsync("2026-11-24/2026-12-12", "full eye examination", "Doctor Okafor")).Select(s => s[..14]).ToHashSet();
        static string After(string start) => start[11..13] == "00" ? start[..11] + "30Z" : $"{start[..9]}{int.Parse(start[9..11]) + 1:d2}00Z";
        hours.ShouldNotBeEmpty();
        hours.SetEquals(halves.Where(h => halves.Contains(After(h)))).ShouldBeTrue();
    }

    [Fact]
    public async Task FindSlots_Today_OffersNothingThatHasBegun()
    {
        await using var database = await PluginDatabase.SeededAsync();
        database.Clock.Advance(TimeSpan.FromHours(4));
        var today = await database.FreeAsync("2026-11-23");
        today.ShouldNotBeEmpty();
        today.ShouldAllBe(s => string.CompareOrdinal(s.Substring(9, 4), "1400") > 0);
        (await database.FreeAsync("2026-11-16/2026-11-22")).ShouldBeEmpty();
    }

    [Fact]
    public async Task FindSlots_Widened_GivesAllDaysAndSaysWhenThereAreMore()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var widened = await database.RunAsync("find_slots", ("service", "eye test"), (ToolContext.MaxRows, 200));
        widened.Truncated.ShouldBeFalse();
        widened.Rows.Select(r => r["start"]![..10]).Distinct().Count().ShouldBeGreaterThan(8);
        var few = await database.RunAsync("find_slots", ("service", "eye test"), (ToolContext.MaxRows, 5));
        (few.Truncated, few.Rows.Length).ShouldBe((true, 5));
        few.Rows.Select(r => r["slot_id"]).ShouldBe(widened.Rows.Take(5).Select(r => r["slot_id"]));
    }

    [Theory]
    [InlineData("service", "haircut")]
    [InlineData("provider", "Doctor Who")]
    [InlineData("date", "soon")]
    [InlineData("time", "25:00")]
    [InlineData("time", "noon")]
    public async Task FindSlots_WithAnArgumentOfAnotherForm_NamesIt(string name, string value)
    {
        await using var database = await PluginDatabase.SeededAsync();
        var given = new Dictionary<string, object>(StringComparer.Ordinal) { ["service"] = "eye test", ["date"] = "2026-11-26", [name] = value };
        Func<Task> find = () => database.RunAsync("find_slots", [.. given.Select(g => (g.Key, g.Value))]);
        (await find.ShouldThrowAsync<ArgumentException>()).ParamName.ShouldBe(name);
    }
}
