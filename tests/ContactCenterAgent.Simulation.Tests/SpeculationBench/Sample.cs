using ContactCenterAgent.Simulation.SpeculationBench;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench;

/// <summary>Three hand-made dialogues: a plain yes, a yes with a question behind it, and a yes that is none.</summary>
internal static class Sample
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "SpeculationBench", "Sample");

    public static SpeculationOptions Options { get; } = new() { Data = Folder, Planners = [BenchPlanner.Gold] };

    public static Recording Recording { get; } = Recording.Read(Folder);

    public static RecordedDialogue Dialogue(string id) => Recording.Dialogues.First(d => d.Id == id);

    public static PlannerFigures Run(SpeculationOptions? options = null) => SpeculationReport.Measure(options ?? Options, Recording, _ => { })[0];

    /// <summary>Everything that a planner says of a dialogue's turns, word by word, as text.</summary>
    public static IEnumerable<string> Heard(RecordedDialogue dialogue, int turns)
    {
        var listener = new DialogueListener(new GoldReader(dialogue, Recording.Services), new ReadingPlans(Recording.Services, widen: false));
        foreach (var spoken in Recording.Speak(dialogue, new()).TakeWhile(s => s.Turn < turns))
            foreach (var moment in ContactCenterAgent.Simulation.SpeculationBench.Policies.HeardTurn.Of(dialogue, spoken, new(), listener).Moments)
                yield return $"{spoken.Turn} {moment.Words} {moment.At.TotalMilliseconds} {Text(moment.Plan)}";
    }

    public static string Text(Core.Tools.Plan plan) =>
        $"{string.Join(';', plan.Calls.Select(c => c.Tool + "(" + string.Join(',', c.Arguments.Select(a => $"{a.Key}={((Core.Tools.ArgumentValue.Known)a.Value).Canonical}")) + ")"))}"
        + $"|{string.Join(',', plan.Ask.Select(a => a.Parameter))}|{plan.Affirmation}|{plan.Complete}|{plan.Explained}|{plan.Act}";
}
