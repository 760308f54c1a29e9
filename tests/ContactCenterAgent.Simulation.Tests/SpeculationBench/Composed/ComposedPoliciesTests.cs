using ContactCenterAgent.Simulation.SpeculationBench.Composed;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Policies;
using ContactCenterAgent.Simulation.SpeculationBench.Product;
using ContactCenterAgent.Simulation.SpeculationBench.Results;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Composed;

/// <summary>
/// A hand-made task, "text Dana Whitfield the way to Abbey Court please": two look-ups, a route that rests on one of them and a message that rests on the route and the other. Times are since the
/// end of the caller's speech.
/// </summary>
public sealed class ComposedPoliciesTests
{
    private static readonly ComposedTask Task = Made();
    private static readonly StreamedTurn Spoken = TurnStream.Of(Task.Dialogue, Task.Dialogue.Turns[0], new(), WrongValues.None);
    private static readonly Dictionary<string, double> Takes = Durations();
    private static readonly Dictionary<string, TurnFigure> Figures = Played();

    private static double Chain => Takes["find_address"] + Takes["find_route"] + Takes["send_message"];

    [Fact]
    public void Sequential_RunsOneCallAfterTheOther() => Figures["sequential"].LatencyMs.ShouldBe(700 + 900 + Takes.Values.Sum() + 400);

    [Fact]
    public void Parallel_WaitsForWhatACallRefersToAndForNothingElse() =>
        Figures["parallel"].LatencyMs.ShouldBe(700 + 900 + Math.Max(Chain, Takes["find_contact"] + Takes["send_message"]) + 400);

    [Fact]
    public void Preemptive_HasItsPlanBeforeTheClose() =>
        Figures["preemptive"].LatencyMs.ShouldBe(150 + 900 + Math.Max(Chain, Takes["find_contact"] + Takes["send_message"]) + 400);

    [Fact]
    public void SiaWithADraft_ReadsWithTheWordsAndWritesWithTheStepBehindTheFinal()
    {
        var route = Math.Max(AddressHeard + 1 + Takes["find_address"] + Takes["find_route"], 300 + 900);

        Figures["sia+draft"].LatencyMs.ShouldBe(Math.Max(route, ContactHeard + 1 + Takes["find_contact"]) + Takes["send_message"] + 400);
    }

    [Fact]
    public void Oracle_StartsEachCallWithItsLastWordOrWithWhatItRefersTo() =>
        Figures["oracle"].LatencyMs.ShouldBe(Math.Max(AddressHeard + Takes["find_address"] + Takes["find_route"], ContactHeard + Takes["find_contact"]) + Takes["send_message"] + 30);

    [Fact]
    public void Sia_OfEveryChunk_DispatchesNothingBeforeTheStepBehindTheFinal()
    {
        foreach (var chunk in Chunk.Tried)
        {
            Figures[chunk.Name].LatencyMs!.Value.ShouldBeGreaterThanOrEqualTo(300 + 900 + Takes["send_message"] + 400);
            Figures[chunk.Name].LatencyMs!.Value.ShouldBeLessThan(Figures["parallel"].LatencyMs!.Value);
        }
    }

    private static double ContactHeard => Heard("Whitfield");

    private static double AddressHeard => Heard("Court");

    private static double Heard(string word) => (Spoken.Words.Single(w => w.Text == word).To + TimeSpan.FromMilliseconds(150) - Spoken.Speech).TotalMilliseconds;

    private static ComposedTask Made()
    {
        var task = new Draft();
        task.Say("text");
        task.Read("who", "find_contact", ("name", task.Value("person", "Dana Whitfield")));
        task.Say("the way to");
        task.Read("where", "find_address", ("place", task.Value("place", "Abbey Court")));
        task.Read("way", "find_route", ("to", Draft.From("where", "address")));
        task.Write("message", "send_message", ("to", Draft.From("who", "phone")), ("text", Draft.From("way", "summary")));
        task.Say("please");
        return task.Done(TaskShape.Assistant, "made");
    }

    private static HeardTurn Turn() => HeardTurn.Of(Task.Dialogue, Spoken, new(), new ComposedListener(Task));

    private static Dictionary<string, double> Durations()
    {
        var latency = new BackEndLatency(Draws.Seed(1, Task.Id));
        return ResolvedCall.Of(Turn().Whole).ToDictionary(
            c => c.Planned.Tool, c => latency.OfCall(c.Planned.Tool, c.Arguments.Select(a => KeyValuePair.Create(a.Key, (object?)a.Value))).TotalMilliseconds, StringComparer.Ordinal);
    }

    private static Dictionary<string, TurnFigure> Played() =>
        new ComposedPolicies(new() { Model = ModelTimes.Cloud }, seed: 1).Play(Task, Turn()).ToDictionary(p => p.Turn.Policy, p => p.Turn, StringComparer.Ordinal);
}
