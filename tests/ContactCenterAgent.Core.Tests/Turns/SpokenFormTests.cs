using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tests.Turns;

public sealed class SpokenFormTests
{
    /// <summary>A Monday.</summary>
    private static readonly DateTime Now = new(2026, 11, 23, 10, 0, 0);

    [Theory]
    [InlineData("2026-11-23", "today")]
    [InlineData("2026-11-24", "tomorrow")]
    [InlineData("2026-11-26", "Thursday 26 November")]
    [InlineData("2026-11-22", "Sunday 22 November")]
    [InlineData("2027-02-01", "Monday 1 February")]
    [InlineData("2027-09-30", "Thursday 30 September")]
    [InlineData("2027-11-26", "Friday 26 November 2027")]
    [InlineData("1984-03-12", "12 March 1984")]
    [InlineData("2024-02-29", "29 February 2024")]
    [InlineData("2026-02-30", "2026-02-30")]
    [InlineData("0000-01-01", "0000-01-01")]
    public void Of_Day_IsSaidWithItsWeekday(string canonical, string said) => SpokenForm.Of(canonical, Now).ShouldBe(said);

    [Theory]
    [InlineData("14:30", "2:30 pm")]
    [InlineData("09:00", "9 am")]
    [InlineData("09:05", "9:05 am")]
    [InlineData("12:00", "midday")]
    [InlineData("12:30", "12:30 pm")]
    [InlineData("00:00", "midnight")]
    [InlineData("00:15", "12:15 am")]
    [InlineData("24:00", "midnight")]
    [InlineData("25:00", "25:00")]
    [InlineData("2026-11-26T14:30", "Thursday 26 November at 2:30 pm")]
    [InlineData("2026-11-24T09:00", "tomorrow at 9 am")]
    [InlineData("2026-11-23T12:00:00", "today at midday")]
    [InlineData("2026-11-23T99:00", "2026-11-23T99:00")]
    public void Of_Time_CannotBeMistaken(string canonical, string said) => SpokenForm.Of(canonical, Now).ShouldBe(said);

    [Theory]
    [InlineData("08:00/12:00", "in the morning")]
    [InlineData("00:00/12:00", "in the morning")]
    [InlineData("12:00/17:00", "in the afternoon")]
    [InlineData("12:00/18:00", "in the afternoon")]
    [InlineData("17:00/21:00", "in the evening")]
    [InlineData("14:00/16:00", "between 2 pm and 4 pm")]
    [InlineData("12:00/14:30", "between midday and 2:30 pm")]
    [InlineData("15:00/24:00", "after 3 pm")]
    [InlineData("00:00/11:00", "before 11 am")]
    [InlineData("00:00/24:00", "at any time")]
    public void Of_TimeRange_IsAPartOfTheDayOrItsEnds(string canonical, string said) => SpokenForm.Of(canonical, Now).ShouldBe(said);

    [Theory]
    [InlineData("2026-11-23/2026-11-29", "this week")]
    [InlineData("2026-11-23/2026-11-27", "this week")]
    [InlineData("2026-11-30/2026-12-06", "next week")]
    [InlineData("2026-11-30/2026-12-04", "next week")]
    [InlineData("2026-11-25/2026-11-27", "from Wednesday 25 to Friday 27 November")]
    [InlineData("2026-11-23/2026-11-25", "from today to Wednesday 25 November")]
    [InlineData("2026-11-24/2026-11-26", "from tomorrow to Thursday 26 November")]
    [InlineData("2026-11-28/2026-12-02", "from Saturday 28 November to Wednesday 2 December")]
    [InlineData("2026-12-01/2026-12-31", "in December")]
    [InlineData("2027-12-30/2028-01-02", "from Thursday 30 December 2027 to Sunday 2 January 2028")]
    [InlineData("2026-11-26/2026-11-26", "Thursday 26 November")]
    public void Of_DateRange_IsAWeekOrItsEnds(string canonical, string said) => SpokenForm.Of(canonical, Now).ShouldBe(said);

    [Fact]
    public void Of_RestOfTheWeek_IsThisWeek() => SpokenForm.Of("2026-11-25/2026-11-29", new DateTime(2026, 11, 25)).ShouldBe("this week");

    [Theory]
    [InlineData("PT30M", "30 minutes")]
    [InlineData("PT1H", "1 hour")]
    [InlineData("PT1H30M", "1 hour and 30 minutes")]
    [InlineData("P2D", "2 days")]
    [InlineData("P1W", "1 week")]
    [InlineData("P3M", "3 months")]
    [InlineData("P", "P")]
    [InlineData("PT", "PT")]
    [InlineData("PT5", "PT5")]
    [InlineData("Patel", "Patel")]
    public void Of_Duration_IsInWholeUnits(string canonical, string said) => SpokenForm.Of(canonical, Now).ShouldBe(said);

    [Theory]
    [InlineData("20.00 GBP", "20 pounds")]
    [InlineData("1.00 GBP", "1 pound")]
    [InlineData("20.50 GBP", "20 pounds and 50 pence")]
    [InlineData("0.01 GBP", "1 penny")]
    [InlineData("1250.00 GBP", "1,250 pounds")]
    [InlineData("-5.00 GBP", "minus 5 pounds")]
    [InlineData("3.20 EUR", "3 euros and 20 cents")]
    [InlineData("12.00 USD", "12 dollars")]
    [InlineData("12.50 CHF", "12.5 C H F")]
    [InlineData("0.999 GBP", "1 pound")]
    public void Of_Money_IsInItsCoins(string canonical, string said) => SpokenForm.Of(canonical, Now).ShouldBe(said);

    [Theory]
    [InlineData("+441632960123", "0 1 6 3 2, 9 6 0, 1 2 3")]
    [InlineData("+447700900123", "0 7 7 0 0, 9 0 0, 1 2 3")]
    [InlineData("+442079460018", "0 2 0, 7 9 4 6, 0 0 1 8")]
    [InlineData("+441159460018", "0 1 1 5, 9 4 6, 0 0 1 8")]
    [InlineData("+448001111", "0 8 0, 0 1 1, 1 1")]
    [InlineData("+4915112345678", "plus 4 9 1, 5 1 1, 2 3 4, 5 6 7 8")]
    [InlineData("+12", "+12")]
    public void Of_PhoneNumber_IsReadInGroups(string canonical, string said) => SpokenForm.Of(canonical, Now).ShouldBe(said);

    [Theory]
    [InlineData("NG10482", "N G, 1 0 4 8 2")]
    [InlineData("A1B2", "A, 1, B, 2")]
    [InlineData("X123456", "X, 1 2 3, 4 5 6")]
    [InlineData("NG9 2TD", "N G 9, 2 T D")]
    [InlineData("SW1A 1AA", "S W 1 A, 1 A A")]
    [InlineData("0042", "0 0 4 2")]
    [InlineData("90210", "9 0 2 1 0")]
    [InlineData("4", "4")]
    [InlineData("250", "250")]
    [InlineData("2.5", "2.5")]
    [InlineData("-3", "-3")]
    public void Of_ReferenceOrDigits_AreReadOneByOne(string canonical, string said) => SpokenForm.Of(canonical, Now).ShouldBe(said);

    [Theory]
    [InlineData("", "")]
    [InlineData("Dana Whitfield", "Dana Whitfield")]
    [InlineData("eye test", "eye test")]
    [InlineData("slot_17", "slot_17")]
    [InlineData("c-0001", "c-0001")]
    [InlineData("ready_to_collect", "ready to collect")]
    [InlineData("true", "yes")]
    [InlineData("false", "no")]
    [InlineData("dana.w@example.com", "dana dot w at example dot com")]
    [InlineData("a{b}c", "abc")]
    [InlineData("two\nlines", "two lines")]
    public void Of_OtherText_IsSaidAsItIs(string canonical, string said) => SpokenForm.Of(canonical, Now).ShouldBe(said);
}
