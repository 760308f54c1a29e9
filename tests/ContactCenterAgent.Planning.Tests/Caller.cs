using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Planning.Tests;

/// <summary>Speaks to the planner turn by turn and feeds back what a closed turn leaves: tasks and open questions.</summary>
internal sealed class Caller(EmbeddedPlanner planner, ImmutableArray<ToolDescriptor> tools)
{
    public static readonly DateTime Monday = new(2026, 11, 23, 10, 0, 0);

    public static readonly EmbeddedPlanner Opticians = new(Northgate.Names);

    public Plan Last { get; set; } = Core.Tools.Plan.Empty;

    public List<KnownCall> Known { get; } = [];

    public List<KnownProposal> Proposals { get; } = [];

    public KnownProposal? ReadBack { get; set; }

    public AssuranceLevel Assurance { get; set; }

    public static Caller OfNorthgate() => new(Opticians, Northgate.Tools);

    /// <summary>The plan for words that are still being said.</summary>
    public Plan Hears(string words, params string[] rivals) => planner.Propose(Request(words, rivals));

    /// <summary>A whole turn: its last plan is what the next turn starts from.</summary>
    public Plan Says(string words, params string[] rivals) => Last = Hears(words, rivals);

    /// <summary>Every prefix of the words, in order; the last one closes the turn.</summary>
    public List<Plan> SaysWordByWord(string words)
    {
        var all = words.Split(' ');
        var plans = Enumerable.Range(1, all.Length).Select(n => Hears(string.Join(' ', all[..n]))).ToList();
        Last = plans[^1];
        return plans;
    }

    public Caller Knows(string task, string tool, (string, string)[] arguments, params ResultRow[] rows)
    {
        Known.Add(new(task, tool, arguments.ToImmutableSortedDictionary(a => a.Item1, a => a.Item2, StringComparer.Ordinal), ToolResult.Of([.. rows])));
        return this;
    }

    public Caller IsReadBack(string task, string tool)
    {
        ReadBack = new(new ProposalId(1), task, tool, ImmutableSortedDictionary<string, string>.Empty, new Digest("d"), ProposalStatus.Held);
        Proposals.Clear();
        Proposals.Add(ReadBack);
        return this;
    }

    private PlanRequest Request(string words, string[] rivals)
    {
        var list = words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((w, i) => new Word(w, TimeSpan.FromMilliseconds(i * 300), TimeSpan.FromMilliseconds(i * 300 + 250), true)).ToImmutableArray();
        return new()
        {
            Generation = new(1),
            Role = PlannerRole.Draft,
            Turn = new(list, [.. rivals]),
            Hash = WordsHash.Of(list),
            LocalNow = Monday,
            Tools = tools,
            Tasks = Last.Tasks,
            Asked = Last.Ask.IsDefaultOrEmpty ? [] : [Last.Ask[0]],
            Known = [.. Known],
            Proposals = [.. Proposals],
            ReadBack = ReadBack,
            Assurance = Assurance,
        };
    }
}

internal static class PlanText
{
    /// <summary>A call as text: <c>find_slots(date=2026-11-26, provider=Doctor Lee)</c>; references as <c>$label.field</c>.</summary>
    public static string Text(this PlannedCall call) => call.Label + "(" + string.Join(", ", call.Arguments.Select(a => a.Key + "=" + (a.Value switch
    {
        ArgumentValue.Known known => known.Canonical,
        ArgumentValue.From from => $"${from.Label}.{from.Field}",
        _ => "",
    }))) + ")";

    public static string[] CallTexts(this Plan plan) => [.. plan.Calls.Select(c => c.Text())];

    public static PlannedCall Call(this Plan plan, string tool) => plan.Calls.Single(c => c.Tool == tool);

    public static string[] Asks(this Plan plan) => [.. plan.Ask.Select(a => a.Tool + "." + a.Parameter)];
}
