using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Llm.Plans;
using ContactCenterAgent.Planning;

namespace ContactCenterAgent.Llm.Tests.Plans;

public sealed class CanonicalValuesTests
{
    [Theory]
    [InlineData(ParameterType.Text, "  Red   FRAMES ", "red frames")]
    [InlineData(ParameterType.Wording, " Bring the OLD pair ", "Bring the OLD pair")]
    [InlineData(ParameterType.Date, "2026-11-26", "2026-11-26")]
    [InlineData(ParameterType.Date, "26/11/2026", null)]
    [InlineData(ParameterType.Date, "2026-02-30", null)]
    [InlineData(ParameterType.DateOfBirth, "2027-01-01", null)]
    [InlineData(ParameterType.DateOfBirth, "1984-03-12", "1984-03-12")]
    [InlineData(ParameterType.DateRange, "2026-11-26/2026-11-26", "2026-11-26")]
    [InlineData(ParameterType.DateRange, "2026-11-23 / 2026-11-29", "2026-11-23/2026-11-29")]
    [InlineData(ParameterType.DateRange, "2026-11-29/2026-11-23", null)]
    [InlineData(ParameterType.Time, "9:05", "09:05")]
    [InlineData(ParameterType.Time, "14:30:00", "14:30")]
    [InlineData(ParameterType.Time, "half past two", null)]
    [InlineData(ParameterType.TimeRange, "12:00/24:00", "12:00/24:00")]
    [InlineData(ParameterType.DateTime, "2026-11-26T14:30:00", "2026-11-26T14:30")]
    [InlineData(ParameterType.DateTime, "2026-11-26T14:30Z", null)]
    [InlineData(ParameterType.Duration, "pt30m", "PT30M")]
    [InlineData(ParameterType.Duration, "P1W", "P7D")]
    [InlineData(ParameterType.Duration, "soon", null)]
    [InlineData(ParameterType.Count, "04", "4")]
    [InlineData(ParameterType.Count, "-1", null)]
    [InlineData(ParameterType.Number, "2.50", "2.5")]
    [InlineData(ParameterType.Number, "1e9", null)]
    [InlineData(ParameterType.Money, "20 GBP", "20.00 GBP")]
    [InlineData(ParameterType.Money, "20", null)]
    [InlineData(ParameterType.Boolean, "True", "true")]
    [InlineData(ParameterType.PersonName, "DANA  o'brien McKay", "Dana O'brien McKay")]
    [InlineData(ParameterType.Phone, "01632 960123", "+441632960123")]
    [InlineData(ParameterType.Phone, "+44 (0)1632 960123", "+441632960123")]
    [InlineData(ParameterType.Phone, "960123", null)]
    [InlineData(ParameterType.Email, "Dana@Example.ORG", "dana@example.org")]
    [InlineData(ParameterType.Email, "dana at example", null)]
    [InlineData(ParameterType.Postcode, "ng92td", "NG9 2TD")]
    [InlineData(ParameterType.Postcode, "123456789", "12345-6789")]
    [InlineData(ParameterType.Postcode, "nowhere", null)]
    [InlineData(ParameterType.Reference, "ab-123 45", "AB12345")]
    [InlineData(ParameterType.Digits, "12 34", "1234")]
    [InlineData(ParameterType.Digits, "12a4", null)]
    [InlineData(ParameterType.Text, "   ", null)]
    public void Value_OfAType_IsCanonicalOrRefused(ParameterType type, string written, string? canonical) =>
        CanonicalValues.Read(new() { Name = "p", Type = type }, written, Clinic.Monday).ShouldBe(canonical);

    [Theory]
    [InlineData("EYE TEST", "eye test")]
    [InlineData("sight test", "eye test")]
    [InlineData("haircut", null)]
    public void Choice_ByValueOrOtherWords_IsTheDeclaredValue(string written, string? canonical) =>
        CanonicalValues.Read(Clinic.Tools[1].Parameter("service")!, written, Clinic.Monday).ShouldBe(canonical);

    [Fact]
    public void Pattern_OfTheParameter_MustFit()
    {
        var order = new ToolParameter { Name = "order", Type = ParameterType.Reference, Pattern = @"[A-Z]{2}\d{5}" };
        CanonicalValues.Read(order, "kx 48213", Clinic.Monday).ShouldBe("KX48213");
        CanonicalValues.Read(order, "kx 4821", Clinic.Monday).ShouldBeNull();
    }

    [Theory]
    [InlineData("what times do you have on thursday afternoon at half past two for 45 minutes with 3 people")]
    [InlineData("it's dana whitfield my number is 01632 960123 and my postcode is NG9 2TD")]
    [InlineData("I was born on the twelfth of March 1984 and it cost twenty pounds and my order is KX48213")]
    [InlineData("my email is dana at example dot org any time next week")]
    public void EmbeddedPlanner_Values_AreCanonicalHereToo(string words)
    {
        var seen = 0;
        foreach (var type in Enum.GetValues<ParameterType>().Where(t => t is not (ParameterType.Choice or ParameterType.EntityId)))
        {
            var parameter = new ToolParameter { Name = "value", Type = type, Ask = "What?" };
            var tool = new ToolDescriptor { Name = "note_it", Effect = ToolEffect.Read, Parameters = [parameter], Examples = ["what times do you have {value}", "it's {value}", "my order is {value}"] };
            foreach (var call in new EmbeddedPlanner().Propose(Clinic.Asks(words) with { Tools = [tool], Role = PlannerRole.Draft }).Calls)
            {
                if (call.Arguments["value"] is not ArgumentValue.Known { Canonical: var canonical }) continue;
                CanonicalValues.Read(parameter, canonical, Clinic.Monday).ShouldBe(canonical, type.ToString());
                seen++;
            }
        }

        seen.ShouldBeGreaterThan(0);
    }
}
