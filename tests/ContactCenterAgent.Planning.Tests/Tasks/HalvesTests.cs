using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Tests.Tasks;

public sealed class HalvesTests
{
    private static Plan AtSeven(params string[] starts)
    {
        var guest = new Caller(new(), Bistro.Tools);
        guest.Says("I'd like a table for four on Friday");
        if (starts.Length > 0) guest.Knows("reserve_table", "free_tables", [("day", "2026-11-27"), ("people", "4")], [.. starts.Select(s => ResultRow.Of(("table_ref", "t1"), ("start", s)))]);
        return guest.Says("at seven please");
    }

    [Theory]
    [InlineData("19:00", "2026-11-27T18:00", "2026-11-27T21:30")]
    [InlineData("07:00", "2026-11-27T06:30", "2026-11-27T10:00")]
    [InlineData("19:00", "17:00", "23:00")]
    public void BareHour_WhereTimesAreKnown_IsTheOneAmongThem(string expected, params string[] starts)
    {
        var plan = AtSeven(starts);
        ((ArgumentValue.Known)plan.Call("free_tables").Arguments["at"]).Canonical.ShouldBe(expected);
        plan.Confidence.ShouldBeGreaterThan(0.75);
    }

    [Fact]
    public void BareHour_WhereNothingIsKnown_IsTheMorningAndUnsure()
    {
        var plan = AtSeven();
        ((ArgumentValue.Known)plan.Call("free_tables").Arguments["at"]).Canonical.ShouldBe("07:00");
        var sure = new Caller(new(), Bistro.Tools);
        sure.Says("I'd like a table for four on Friday");
        plan.Confidence.ShouldBeLessThan(sure.Says("at seven am please").Confidence);
    }

    [Fact]
    public void BareHour_WhereBothHalvesAreOpen_StaysUnsure() => AtSeven("06:00", "22:00").Confidence.ShouldBeLessThan(AtSeven("17:00", "22:00").Confidence);
}
