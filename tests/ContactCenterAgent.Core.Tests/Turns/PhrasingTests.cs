using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tests.Turns;

public sealed class PhrasingTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 10, 0, 0);

    private static string? Render(string? template, params (string Name, string Value)[] arguments) =>
        Phrasing.Render(template, arguments.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal), null, null, Now);

    private static string? RenderRows(string template, string? row, ToolResult result) => Phrasing.Render(template, new Dictionary<string, string>(), result, row, Now);

    private static ToolResult Slots(params (string Start, string Provider)[] slots) =>
        ToolResult.Of([.. slots.Select(s => ResultRow.Of(("start", s.Start), ("provider", s.Provider)))]);

    private const string Echo = "{date} {time} with {provider}";

    [Fact]
    public void Echo_AllFields_IsASentence() =>
        Render(Echo, ("date", "2026-11-26"), ("time", "12:00/17:00"), ("provider", "Doctor Lee")).ShouldBe("Thursday 26 November in the afternoon with Doctor Lee");

    [Fact]
    public void Echo_WithoutProvider_LeavesNoDanglingWith() =>
        Render(Echo, ("date", "2026-11-24"), ("time", "14:30")).ShouldBe("Tomorrow 2:30 pm");

    [Fact]
    public void Echo_WithoutDate_KeepsTheRest() => Render(Echo, ("provider", "Doctor Lee")).ShouldBe("With Doctor Lee");

    [Fact]
    public void Echo_NothingKnown_IsNull() => Render(Echo).ShouldBeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(" , . ")]
    public void Render_WithoutWords_IsNull(string? template) => Render(template).ShouldBeNull();

    [Theory]
    [InlineData("with the {provider} today", "Today")]
    [InlineData("Nothing is free {date}", "Nothing is free")]
    [InlineData("Nothing is free {date}.", "Nothing is free.")]
    [InlineData("{service}, {length}, {price}.", null)]
    [InlineData("order number {order} is ready", "Order is ready")]
    [InlineData("{provider}'s diary", "Diary")]
    [InlineData("Booked: {service} on {start}", "Booked")]
    [InlineData("one {a} {b} two", "One two")]
    [InlineData("by phone, {x}, or by text", "By phone, or by text")]
    public void AbsentFields_TakeOnlyTheWordsThatLeadToThem(string template, string? said) => Render(template).ShouldBe(said);

    [Fact]
    public void AbsentField_NeverTakesAnotherField() =>
        Render("{a} {b}, {c}", ("a", "on"), ("c", "four")).ShouldBe("On, four");

    [Theory]
    [InlineData("booked on {v}", "2026-11-24", "Booked tomorrow")]
    [InlineData("booked on {v}", "2026-11-26", "Booked on Thursday 26 November")]
    [InlineData("booked on {v}", "2026-11-24T09:00", "Booked tomorrow at 9 am")]
    [InlineData("booked at {v}", "12:00/17:00", "Booked in the afternoon")]
    [InlineData("booked at {v}", "14:30", "Booked at 2:30 pm")]
    [InlineData("moved to {v}", "12:00/17:00", "Moved to the afternoon")]
    [InlineData("slots for {v}", "2026-11-23/2026-11-29", "Slots for this week")]
    [InlineData("slots for {v}", "2026-12-01/2026-12-31", "Slots for December")]
    [InlineData("slots for {v}", "2026-11-25/2026-11-27", "Slots from Wednesday 25 to Friday 27 November")]
    [InlineData("free on {v}", "15:00/24:00", "Free after 3 pm")]
    [InlineData("for {v}", "in house", "For in house")]
    public void SpokenTime_KeepsOnePreposition(string template, string value, string said) => Render(template, ("v", value)).ShouldBe(said);

    [Fact]
    public void Field_InRowAndArguments_IsTheRows() =>
        Phrasing.Render("{provider} {note}", new Dictionary<string, string> { ["provider"] = "Doctor Patel", ["note"] = "hello" },
            Slots(("2026-11-26T14:30", "Doctor Lee")), null, Now).ShouldBe("Doctor Lee hello");

    [Fact]
    public void Rows_Several_AreJoinedAndADayIsSaidOnce() =>
        RenderRows("I have {rows}.", "{start} with {provider}", Slots(("2026-11-26T14:30", "Doctor Lee"), ("2026-11-26T15:00", "Doctor Patel"), ("2026-11-27T09:00", "Doctor Lee")))
            .ShouldBe("I have Thursday 26 November at 2:30 pm with Doctor Lee, at 3 pm with Doctor Patel and Friday 27 November at 9 am with Doctor Lee.");

    [Fact]
    public void Rows_One_StandsAlone() => RenderRows("I have {rows}", "{provider}", Slots(("2026-11-26T14:30", "Doctor Lee"))).ShouldBe("I have Doctor Lee");

    [Fact]
    public void Rows_MoreThanThree_SaysThreeAndCountsAll() =>
        RenderRows("{count} free: {rows}", "{provider}", Slots(("x", "a"), ("x", "b"), ("x", "c"), ("x", "d"))).ShouldBe("4 free: a, b and c");

    [Fact]
    public void Count_OfATruncatedResult_ClaimsNoMoreThanItKnows() =>
        RenderRows("{count} slots", null, ToolResult.Of([ResultRow.Of(("a", "1")), ResultRow.Of(("a", "2"))], truncated: true)).ShouldBe("At least 2 slots");

    [Fact]
    public void Rows_WithoutRowTemplateOrResult_DropOut()
    {
        RenderRows("I have {rows} for you", null, Slots(("x", "a"))).ShouldBe("I have for you");
        Render("I have {rows} and {count}").ShouldBe("I have");
    }

    [Fact]
    public void Rows_ThatSayNothing_AreSkipped() =>
        RenderRows("{rows}", "{provider}", ToolResult.Of([ResultRow.Of(("x", "1")), ResultRow.Of(("provider", "Doctor Lee"))])).ShouldBe("Doctor Lee");

    [Theory]
    [InlineData("{a", "A")]
    [InlineData("a} b", "A b")]
    [InlineData("{{a}}", "X")]
    [InlineData("({a})", "(x)")]
    [InlineData("{a}. {a}", "X. X")]
    [InlineData("ready. {a} it is", "Ready. X it is")]
    [InlineData("{a}-minute test", "X-minute test")]
    public void Braces_NeverReachTheVoice(string template, string said) => Render(template, ("a", "x")).ShouldBe(said);

    [Fact]
    public void Render_DoneOfABooking_IsTheClaim() =>
        Phrasing.Render("Booked: {service} on {start} with {provider}.", new Dictionary<string, string> { ["service"] = "eye test" },
            Slots(("2026-11-26T14:30", "Doctor Lee")), null, Now).ShouldBe("Booked: eye test on Thursday 26 November at 2:30 pm with Doctor Lee.");
}
