using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Plugins.Tests;

/// <summary>What callers hear of the demo business, word for word.</summary>
public sealed class SpokenTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 10, 0, 0);

    [Theory]
    [InlineData("order_status", "", "Order N G, 1 0 4 8 2, varifocal glasses, has been ready to collect since Saturday 21 November.")]
    [InlineData("list_appointments", "", "Your eye test is on Tuesday 1 December at 10 am with Doctor Lee.")]
    [InlineData("opening_hours", "", "We're open Monday to Friday from 9 am to 5:30 pm and Saturday from 9 am to 4 pm.")]
    [InlineData("opening_hours", "date=2026-11-28", "We're open Saturday from 9 am to 4 pm.")]
    [InlineData("opening_hours", "date=2026-11-29", "We're closed then.")]
    [InlineData("list_services", "service=eye test", "The eye test takes 30 minutes, at 25 pounds.")]
    [InlineData("list_services", "service=frame fitting", "The frame fitting takes 30 minutes.")]
    [InlineData("list_services", "", "We do 5 things, among them the eye test at 25 pounds, the contact lens check at 30 pounds and the full eye examination at 65 pounds.")]
    [InlineData("find_slots", "service=eye test|date=2026-11-26|time=12:00/17:00|provider=Doctor Lee", "I have Thursday 26 November at 2:30 pm with Doctor Lee, at 3 pm with Doctor Lee and at 3:30 pm with Doctor Lee.")]
    [InlineData("find_slots", "service=eye test|date=2026-11-28|provider=Doctor Patel", "I'm sorry, there's nothing free then.")]
    public async Task Reads_OfTheDemoBusiness_AreSaid(string name, string arguments, string said)
    {
        await using var database = await PluginDatabase.SeededAsync();
        var tool = database.Tool(name).Descriptor;
        var given = arguments.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(a => a.Split('=')).ToDictionary(a => a[0], a => a[1], StringComparer.Ordinal);
        if (tool.Parameter("customer_id") is not null) given["customer_id"] = await database.DanaIdAsync();
        var result = await database.RunAsync(name, [.. given.Select(g => (g.Key, (object)g.Value))]);
        var phrase = result.Rows.Length switch { 0 => tool.Phrases.Nothing, 1 => tool.Phrases.One, _ => tool.Phrases.Many ?? tool.Phrases.One };
        Phrasing.Render(phrase, given, result, tool.Phrases.Row, Now).ShouldBe(said);
    }

    [Fact]
    public async Task Effects_OfTheDemoBusiness_AreReadBackAndClaimed()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var dana = await database.DanaIdAsync();
        var mine = (await database.RunAsync("list_appointments", ("customer_id", dana))).Rows.Single();
        const string slot = "20261126T1430Z.doctor-lee.eye-test";
        var held = await database.HoldMoveAsync("a/1", mine["appointment_id"]!, slot, dana);
        Says(database, "reschedule_appointment", t => t.ReadBack, mine, held).ShouldBe("Moving your eye test to Thursday 26 November at 2:30 pm with Doctor Lee");
        await database.ReleaseAsync("a/1");
        var booked = await database.HoldAsync("a/2", slot, dana);
        Says(database, "book_appointment", t => t.ReadBack, mine, booked).ShouldBe("Your eye test on Thursday 26 November at 2:30 pm with Doctor Lee");
        Says(database, "book_appointment", t => t.Done, mine, booked).ShouldBe("That's booked: your eye test on Thursday 26 November at 2:30 pm with Doctor Lee.");
        Says(database, "cancel_appointment", t => t.ReadBack, mine, null).ShouldBe("Cancelling your eye test on Tuesday 1 December at 10 am with Doctor Lee");
        Says(database, "change_phone", t => t.Done, ResultRow.Of(("phone", "+447700900999")), null).ShouldBe("I've changed your number to 0 7 7 0 0, 9 0 0, 9 9 9.");
    }

    private static string? Says(PluginDatabase database, string tool, Func<ToolPhrases, string?> phrase, ResultRow fields, ToolResult? result) =>
        Phrasing.Render(phrase(database.Tool(tool).Descriptor.Phrases), fields.Fields, result, null, Now);
}
