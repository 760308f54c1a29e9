using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning.Tasks;

namespace ContactCenterAgent.Planning;

/// <summary>
/// The planner that runs in the process and needs nothing but the tools' declarations: wishes from their example phrases, arguments from their
/// parameter types. It knows no tool by name. Pure: the same request gives the same plan. Thread-safe.
/// </summary>
/// <param name="names">Names of people, as the business knows them.</param>
public sealed class EmbeddedPlanner(INameLists names)
{
    private readonly ConditionalWeakTable<ToolDescriptor[], ToolSet> _sets = [];

    /// <summary>A planner that tells names by the shape of the sentence alone.</summary>
    public EmbeddedPlanner()
        : this(NoNameLists.Instance)
    {
    }

    /// <summary>Learns a set of tools now rather than with the first words: some tens of milliseconds. The set is known again by its array.</summary>
    public void Prepare(ImmutableArray<ToolDescriptor> tools) => Set(tools);

    /// <summary>Plans for all words so far. Never throws for any words; about a millisecond. Where the best reading makes no sense, its rivals are tried.</summary>
    public Plan Propose(PlanRequest request)
    {
        var tools = Set(request.Tools);
        var best = new TurnReading(tools, request).Plan();
        if (best.Confidence >= Doubtful || request.Turn.Alternatives.IsDefaultOrEmpty) return best;
        foreach (var rival in request.Turn.Alternatives.Take(RivalsMax))
        {
            var plan = new TurnReading(tools, request with { Turn = Reread(request.Turn, rival) }).Plan();
            if (plan.Confidence < best.Confidence + RivalGain) continue;
            best = plan with { Confidence = plan.Confidence * RivalTrust, Calls = [.. plan.Calls.Select(c => c with { Evidence = Everything(c.Evidence, request.Turn.Words.Length) })] };
        }

        return best;
    }

    /// <summary>Below this the best reading is doubted; a rival must be surer by the gain, and is trusted a little less.</summary>
    private const double Doubtful = 0.5, RivalGain = 0.2, RivalTrust = 0.85;

    private const int RivalsMax = 4;

    private static Transcript Reread(Transcript turn, string text)
    {
        var end = turn.Words.Length == 0 ? TimeSpan.Zero : turn.Words[^1].End;
        return new([.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => new Word(w, end, end, false))], []);
    }

    /// <summary>A rival's words stand at other places: what rests on any of them rests on the whole turn.</summary>
    private static ImmutableArray<int> Everything(ImmutableArray<int> evidence, int words) => evidence.IsEmpty ? evidence : [.. Enumerable.Range(0, words)];

    private ToolSet Set(ImmutableArray<ToolDescriptor> tools) =>
        _sets.GetValue(ImmutableCollectionsMarshal.AsArray(tools) ?? [], _ => new(tools, names));
}
