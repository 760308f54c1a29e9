using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;
using NodaTime;

namespace ContactCenterAgent.Planning.Tests.Values;

public sealed class FromNowTests
{
    [Theory]
    [InlineData("in an hour", "2026-11-23", "11:05")]
    [InlineData("in half an hour", "2026-11-23", "10:35")]
    [InlineData("in twenty minutes", "2026-11-23", "10:25")]
    [InlineData("in about 20 minutes", "2026-11-23", "10:25")]
    [InlineData("in an hour and a half", "2026-11-23", "11:35")]
    [InlineData("in a couple of hours", "2026-11-23", "12:05")]
    [InlineData("in two hours' time", "2026-11-23", "12:05")]
    [InlineData("half an hour from now", "2026-11-23", "10:35")]
    [InlineData("in fifteen hours", "2026-11-24", "01:05")]
    public void Time_CountedFromTheCall_HasItsDayAndTime(string words, string day, string time)
    {
        var spans = new List<ValueSpan>();
        FromNow.Read(Tokens.Of(words), new(2026, 11, 23, 10, 3, 20), spans);
        spans.Single(s => s.Type == ParameterType.Date).Canonical.ShouldBe(day);
        spans.Single(s => s.Type == ParameterType.Time).Canonical.ShouldBe(time);
        spans.Single(s => s.Type == ParameterType.DateTime).Canonical.ShouldBe($"{day}T{time}");
    }

    [Theory]
    [InlineData("for an hour")]
    [InlineData("in two days")]
    [InlineData("it takes half an hour")]
    [InlineData("in the hour")]
    public void Length_NotCountedFromNow_IsNoTime(string words)
    {
        var spans = new List<ValueSpan>();
        FromNow.Read(Tokens.Of(words), new LocalDateTime(2026, 11, 23, 10, 3), spans);
        spans.ShouldBeEmpty();
    }

    [Fact]
    public void Hour_FromNow_IsTheCallsOwnDay()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("it's Dana Whitfield");
        caller.Says("can I book an eye test in an hour").CallTexts().ShouldContain("find_slots(date=2026-11-23, service=eye test, time=11:00)");
    }
}
