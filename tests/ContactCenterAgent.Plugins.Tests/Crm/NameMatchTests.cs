using ContactCenterAgent.Plugins.Crm;

namespace ContactCenterAgent.Plugins.Tests.Crm;

public sealed class NameMatchTests
{
    [Theory]
    [InlineData("Siobhan O'Brien", "Siobhán O'Brien", 0)]
    [InlineData("Siobhan OBrien", "Siobhan O'Brien", 0)]
    [InlineData("Jane Smith Jones", "Jane Smith-Jones", 0)]
    [InlineData("Dr Anna Lee", "Anna Lee", 0)]
    [InlineData("Anna Marie Lee", "Anna Lee", 0)]
    [InlineData("Margret Thomson", "Margaret Thompson", 2)]
    [InlineData("Micheal Brown", "Michael Brown", 1)]
    public void Slips_OfANameMisheard_AreCounted(string heard, string onFile, int slips) => NameMatch.Slips(heard, onFile).ShouldBe(slips);

    [Theory]
    [InlineData("Lee Lee", "Anna Lee")]
    [InlineData("Anna Li", "Anna Lee")]
    [InlineData("Ian Price", "Ann Price")]
    [InlineData("Margrit Tomson", "Margaret Thompson")]
    [InlineData("", "Anna Lee")]
    public void Slips_OfAnotherName_AreNull(string heard, string onFile) => NameMatch.Slips(heard, onFile).ShouldBeNull();
}
