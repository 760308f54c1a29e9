using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Product;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Recordings;

/// <summary>A folder of dialogues with all that the policies need of it.</summary>
internal sealed class Recording
{
    private Recording(ImmutableArray<RecordedDialogue> dialogues, ServiceCatalogue services)
    {
        (Dialogues, Services) = (dialogues, services);
        Tables = new(dialogues, services);
        Wrong = WrongValues.Of(dialogues);
    }

    public ImmutableArray<RecordedDialogue> Dialogues { get; }

    public ServiceCatalogue Services { get; }

    public ServiceTables Tables { get; }

    public WrongValues Wrong { get; }

    /// <exception cref="InvalidDataException">The folder is of another form.</exception>
    public static Recording Read(string folder) =>
        new(RecordedDialogues.Read(folder), ServiceCatalogue.Read(Path.Combine(folder, RecordedDialogues.ServicesFile)));

    /// <summary>The caller's turns of a dialogue as they are spoken.</summary>
    public ImmutableArray<StreamedTurn> Speak(RecordedDialogue dialogue, SpeechOptions options) =>
        [.. dialogue.Turns.Where(t => t.IsCaller).Select(t => TurnStream.Of(dialogue, t, options, Wrong)).Where(t => !t.Words.IsEmpty)];

    /// <summary>
    /// The annotated writes that an agent can get to which reads back what it will do: every argument was known before the recorded agent read it back, and the back end did not refuse.
    /// The others rest on what only the recorded agent knew (an alternative after a refusal); no policy can reach them.
    /// </summary>
    public ImmutableArray<string> Reachable(RecordedDialogue dialogue)
    {
        var reader = new GoldReader(dialogue, Services);
        var plans = new ReadingPlans(Services, widen: false);
        var reachable = ImmutableArray.CreateBuilder<string>();
        foreach (var call in dialogue.Turns.SelectMany(t => t.Calls).Where(c => c.IsWrite && c.AffirmedTurn >= 2 && !Readings.WasRefused(dialogue, c)))
        {
            if (Services.Method(call.Name) is not { } method) continue;
            var before = TurnStream.Of(dialogue, dialogue.Turns[call.AffirmedTurn!.Value - 2], new(), Wrong);
            var plan = plans.Of(reader.Read(before, before.Words.Select(w => w.Text).ToArray()), WordsHash.None, _ => -1);
            var wanted = method.Complete(call.Arguments);
            if (plan.Calls.Any(c => c.Tool == call.Name && Readings.Same(wanted, method.Complete(Known(c))))) reachable.Add(Readings.Text(call.Name, wanted));
        }

        return [.. reachable.Order(StringComparer.Ordinal)];
    }

    private static ImmutableSortedDictionary<string, string> Known(PlannedCall call) =>
        call.Arguments.ToImmutableSortedDictionary(a => a.Key, a => ((ArgumentValue.Known)a.Value).Canonical, StringComparer.Ordinal);
}
