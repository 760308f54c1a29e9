using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Speech;

public sealed class SpeechDrawsTests
{
    [Fact]
    public void Draws_AreEven()
    {
        var draws = Enumerable.Range(0, 10_000).Select(i => new SpeechDraws(1, "d1", i % 10).Even("pause", i / 10)).ToList();
        draws.ShouldAllBe(d => d >= 0 && d < 1);
        for (var tenth = 0; tenth < 10; tenth++) draws.Count(d => (int)(d * 10) == tenth).ShouldBeInRange(900, 1_100);
    }

    [Fact]
    public void Draws_OfAnotherKey_AreOthers()
    {
        var draw = new SpeechDraws(1, "d1", 2).Even("pause", 3);
        new SpeechDraws(1, "d1", 2).Even("pause", 3).ShouldBe(draw);
        ((double[])[
            new SpeechDraws(2, "d1", 2).Even("pause", 3), new SpeechDraws(1, "d2", 2).Even("pause", 3), new SpeechDraws(1, "d1", 3).Even("pause", 3),
            new SpeechDraws(1, "d1", 2).Even("filler", 3), new SpeechDraws(1, "d1", 2).Even("pause", 4),
        ]).ShouldNotContain(draw);
    }
}
