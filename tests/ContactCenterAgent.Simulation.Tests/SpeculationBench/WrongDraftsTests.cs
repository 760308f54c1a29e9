using ContactCenterAgent.Runtime;
using ContactCenterAgent.Simulation.SpeculationBench;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Product;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench;

/// <summary>A draft that misunderstands every turn, and a model behind it that does not.</summary>
public sealed class WrongDraftsTests
{
    [Fact]
    public void Answer_FromADraftThatIsTrusted_IsTakenBack() => Retractions(new DraftTrust(agreed: 400)).ShouldBeGreaterThan(0);

    [Fact]
    public void Answer_FromADraftThatHasNotEarnedIt_IsNotGiven() => Retractions(new DraftTrust()).ShouldBe(0);

    [Fact]
    public void Run_InWhichDraftsMayDiffer_BeginsWithoutTrust() =>
        Sample.Run(Sample.Options with { Agreement = 0 })[PolicyNames.Ours].Turns.Sum(t => t.Retractions).ShouldBe(0);

    private static int Retractions(DraftTrust trust)
    {
        var dialogue = Sample.Dialogue("plain-yes");
        var gold = new GoldReader(dialogue, Sample.Recording.Services);
        var plans = new ReadingPlans(Sample.Recording.Services, widen: false);
        var product = new ProductOptions { Name = "ours", Settings = new() { Tools = [], NoInput = TimeSpan.FromMinutes(5) }, Model = ModelTimes.Cloud, Trust = trust };
        return new ProductPolicy(product, Sample.Recording.Services, new(Sample.Recording.Services, Sample.Recording.Tables, new()), seed: 1)
            .Play(dialogue, Sample.Recording.Speak(dialogue, new()), new(), new DialogueListener(new DisagreeingReader(gold, agreement: 0, seed: 1), plans), new DialogueListener(gold, plans))
            .Turns(Sample.Recording.Services).Sum(t => t.Retractions);
    }
}
