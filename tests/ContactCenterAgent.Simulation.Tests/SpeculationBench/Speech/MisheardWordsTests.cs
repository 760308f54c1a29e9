using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Speech;

public sealed class MisheardWordsTests
{
    [Theory]
    [InlineData("fifteen", "fifty")]
    [InlineData("Ninety", "Nineteen")]
    [InlineData("15", "50")]
    [InlineData("13th", "30th")]
    [InlineData("4:30", "4:13")]
    [InlineData("11:45", "11")]
    [InlineData("2019", "201")]
    [InlineData("8", "")]
    public void Number_OutsideTheTable_ChangesItsEndingOrIsCutShort(string said, string heard) => MisheardWords.Of(said, 0).ShouldBe(heard);

    [Fact]
    public void Word_OfTheTable_IsTakenForItsRivalsAsOftenAsInTheLists()
    {
        Enumerable.Range(0, 1000).Select(i => MisheardWords.Of("v", i / 1000.0)).Distinct().ShouldContain("5");
        MisheardWords.Of("Lee", 0).ShouldBe("Leigh");
        MisheardWords.Of("Lee", 0.999).ShouldBe("Li");
    }

    [Theory]
    [InlineData("Martins", "Martin")]
    [InlineData("reservation", "")]
    public void Word_OutsideTheTable_IsTakenForTheNearestOrNotHeard(string said, string heard) => MisheardWords.Of(said, 0.5).ShouldBe(heard);

    [Fact]
    public void Word_NeverIsTakenForItself()
    {
        foreach (var word in (string[])["Martin", "the", "to", "june", "30", "thirty", "5:15", "seventeen", "san", "Berkeley", "$1,180", "a"])
            foreach (var draw in (double[])[0, 0.3, 0.6, 0.99]) MisheardWords.Of(word, draw).ToUpperInvariant().ShouldNotBe(word.ToUpperInvariant());
    }
}
