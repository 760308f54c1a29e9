using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>
/// The gold planner of composed tasks: a call is in the plan once the words have asked for it and said all its arguments, or the calls are in it that find them. It knows no word before it is
/// said and not when the turn will end; a misheard word gives a wrong value.
/// </summary>
internal sealed class ComposedListener(ComposedTask task) : TurnListener
{
    /// <inheritdoc/>
    protected override Plan Read(StreamedTurn spoken, ReadOnlySpan<string> heard, WordsHash hash, Func<int, int> wordOf)
    {
        var calls = ImmutableArray.CreateBuilder<PlannedCall>();
        var ask = ImmutableArray.CreateBuilder<OpenArgument>();
        var places = Places(spoken);
        foreach (var call in task.Calls)
        {
            if (places(call.Wished) >= heard.Length) continue;
            var (arguments, evidence) = Arguments(call, spoken, heard, places);
            if (ComposedTools.Descriptor(call.Tool).Parameters.FirstOrDefault(p => p.Required && !arguments.ContainsKey(p.Name)) is { } open)
            {
                ask.Add(new(call.Label, call.Tool, open.Name, open.Ask!));
                continue;
            }

            if (arguments.Values.OfType<ArgumentValue.From>().Any(from => calls.All(c => c.Label != from.Label))) continue;
            calls.Add(new()
            {
                Label = call.Label,
                Task = call.Label,
                Tool = call.Tool,
                Arguments = arguments,
                Evidence = [.. evidence.Append(places(call.Wished)).Select(wordOf).Where(w => w >= 0).Distinct().Order()],
                Requested = ComposedTools.IsWrite(call.Tool),
                Answers = call.Answers,
            });
        }

        return new()
        {
            Read = hash,
            Tasks = [.. calls.Select(c => new PlanTask(c.Task, c.Tool, ImmutableSortedDictionary<string, string>.Empty))],
            Calls = calls.ToImmutable(),
            Ask = ask.ToImmutable(),
            Complete = calls.Count > 0 && ask.Count == 0,
            Explained = true,
        };
    }

    private static (ImmutableSortedDictionary<string, ArgumentValue> Arguments, List<int> Evidence) Arguments(ComposedCall call, StreamedTurn spoken, ReadOnlySpan<string> heard, Func<int, int> places)
    {
        var known = ImmutableSortedDictionary.CreateBuilder<string, ArgumentValue>(StringComparer.Ordinal);
        var evidence = new List<int>();
        foreach (var (parameter, argument) in call.Arguments)
        {
            if (argument is ComposedArgument.Found found)
            {
                known[parameter] = new ArgumentValue.From(found.Label, found.Field);
            }
            else if (argument is ComposedArgument.Said said && Heard(said, spoken, heard, places) is var (value, first, last))
            {
                known[parameter] = new ArgumentValue.Known(value);
                evidence.AddRange(Enumerable.Range(first, last - first + 1));
            }
        }

        return (known.ToImmutable(), evidence);
    }

    // The true value once its words are there; before that the wrong one that was said in its place.
    private static (string Value, int First, int Last)? Heard(ComposedArgument.Said said, StreamedTurn spoken, ReadOnlySpan<string> heard, Func<int, int> places)
    {
        var (first, last) = (places(said.First), places(said.Last));
        if (last < heard.Length) return (said.Value + Misheard(spoken, heard, first, last), first, last);
        foreach (var taken in spoken.Taken)
            if (taken.Slot == said.Slot && taken.Last < heard.Length && taken.Last < first && !spoken.Words.Skip(taken.Last).Take(first - taken.Last).Any(w => w.Source >= 0)) return (taken.Canonical, taken.First, taken.Last);
        return null;
    }

    private static string Misheard(StreamedTurn spoken, ReadOnlySpan<string> heard, int first, int last)
    {
        var wrong = "";
        for (var i = first; i <= last; i++) if (heard[i] != spoken.Words[i].Text) wrong += "~" + heard[i];
        return wrong;
    }

    /// <summary>Where recorded words stand among the streamed ones.</summary>
    private static Func<int, int> Places(StreamedTurn spoken)
    {
        var places = spoken.Words.Select((word, i) => (word.Source, i)).Where(w => w.Source >= 0).ToDictionary(w => w.Source, w => w.i);
        return recorded => places[recorded];
    }
}
