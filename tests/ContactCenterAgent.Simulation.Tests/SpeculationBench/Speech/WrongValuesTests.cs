using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Speech;

public sealed class WrongValuesTests
{
    [Fact]
    public void Other_OfASlot_IsAValueThatTheTurnDoesNotName()
    {
        var values = WrongValues.Of([Spoken.Dialogue("to [Oakland|city] or [San Jose|city]"), Spoken.Dialogue("[noon|time] in [Berkeley|city] or [Fresno|city]")]);
        var frame = Spoken.Turn("from [Fresno|city] to [Oakland|city]").Frames[0];
        Enumerable.Range(0, 2).Select(i => values.Other(frame, frame.Spans[0], n => Math.Min(i, n - 1))!.Canonical).ShouldBe(["berkeley", "san jose"]);
    }

    [Fact]
    public void Other_LikeTheTrueValue_IsNone()
    {
        var frame = Spoken.Turn("in [New York|city]").Frames[0];
        WrongValues.Of([Spoken.Dialogue("in [New York City|city]")]).Other(frame, frame.Spans[0], _ => 0).ShouldBeNull();
    }

    [Fact]
    public void Other_DoesNotDependOnTheOrderOfTheDialogues()
    {
        var (one, two) = (Spoken.Dialogue("in [Oakland|city]"), Spoken.Dialogue("in [Berkeley|city]"));
        var frame = Spoken.Turn("in [Fresno|city]").Frames[0];
        WrongValues.Of([two, one]).Other(frame, frame.Spans[0], _ => 0).ShouldBe(WrongValues.Of([one, two]).Other(frame, frame.Spans[0], _ => 0));
    }
}
