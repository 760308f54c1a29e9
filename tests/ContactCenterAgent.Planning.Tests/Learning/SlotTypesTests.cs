using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Learning;

namespace ContactCenterAgent.Planning.Tests.Learning;

public sealed class SlotTypesTests
{
    [Theory]
    [InlineData("departure_date", ParameterType.Date)]
    [InlineData("date_of_birth", ParameterType.DateOfBirth)]
    [InlineData("pickup_time", ParameterType.Time)]
    [InlineData("number_of_rooms", ParameterType.Count)]
    [InlineData("party_size", ParameterType.Count)]
    [InlineData("destination_city", ParameterType.Place)]
    [InlineData("phone_number", ParameterType.Phone)]
    [InlineData("amount", ParameterType.Money)]
    [InlineData("first_name", ParameterType.PersonName)]
    [InlineData("hotel_name", ParameterType.Text)]
    public void Type_IsToldFromTheName(string name, ParameterType type) => SlotTypes.Of(name, []).ShouldBe(type);

    [Fact]
    public void Type_IsToldFromTheValues()
    {
        SlotTypes.Of("stars", ["1", "2"]).ShouldBe(ParameterType.Count);
        SlotTypes.Of("has_wifi", ["True", "False"]).ShouldBe(ParameterType.Boolean);
        SlotTypes.Of("fare", ["Economy", "Flexible"]).ShouldBe(ParameterType.Choice);
    }
}
