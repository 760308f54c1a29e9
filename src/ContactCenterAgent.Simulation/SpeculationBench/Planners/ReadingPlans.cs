using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>Makes a plan of a reading: a method is called when its required arguments are known, and called anew when an optional one changes.</summary>
internal sealed class ReadingPlans(ServiceCatalogue services, bool widen)
{
    /// <summary>The plan.</summary>
    /// <param name="reading">What is known.</param>
    /// <param name="hash">The words that it has read.</param>
    /// <param name="wordOf">Index into the planner's words of a streamed word; -1 = not among them.</param>
    public Plan Of(DialogueReading reading, WordsHash hash, Func<int, int> wordOf)
    {
        var tasks = ImmutableArray.CreateBuilder<PlanTask>();
        var calls = ImmutableArray.CreateBuilder<PlannedCall>();
        var ask = ImmutableArray.CreateBuilder<OpenArgument>();
        foreach (var name in reading.Wanted)
        {
            if (services.Method(name) is not { } method) continue;
            var known = method.Parameters
                .Select(p => (Slot: p, Value: reading.Values.TryGetValue(method.Service + "." + p, out var value) ? value : (ReadValue?)null))
                // Whoever does not care about an optional slot leaves it to its default.
                .Where(p => p.Value is { } said && !(said.Canonical == ServiceTables.Any && method.Optional.ContainsKey(p.Slot)))
                .ToImmutableSortedDictionary(p => p.Slot, p => p.Value!.Value, StringComparer.Ordinal);
            tasks.Add(new(name, name, known.ToImmutableSortedDictionary(k => k.Key, k => k.Value.Canonical, StringComparer.Ordinal)));
            var missing = method.Required.Where(p => !known.ContainsKey(p)).ToList();
            if (missing.Count > 0) ask.Add(new(name, name, missing[0], $"Which {missing[0].Replace('_', ' ')}?"));
            if (missing.Count == 0 || (widen && !method.IsWrite && known.Count > 0 && method.Required.Length > 1)) calls.Add(Call(method, known, wordOf));
        }

        return new()
        {
            Read = hash,
            Tasks = tasks.ToImmutable(),
            Calls = calls.ToImmutable(),
            Ask = ask.ToImmutable(),
            Affirmation = reading.Affirmation,
            Act = calls.Count == 0 && ask.Count == 0 ? TurnAct.Social : TurnAct.None,
            Complete = reading.SaidAny && ask.Count == 0,
            Explained = reading.Explained,
        };
    }

    private static PlannedCall Call(ServiceMethod method, ImmutableSortedDictionary<string, ReadValue> known, Func<int, int> wordOf) => new()
    {
        Label = method.Name,
        Task = method.Name,
        Tool = method.Name,
        Arguments = known.ToImmutableSortedDictionary(k => k.Key, k => (ArgumentValue)new ArgumentValue.Known(k.Value.Canonical), StringComparer.Ordinal),
        Evidence = [.. known.Values.SelectMany(v => v.Words).Select(wordOf).Where(w => w >= 0).Distinct().Order()],
        Answers = !method.IsWrite,
    };
}
