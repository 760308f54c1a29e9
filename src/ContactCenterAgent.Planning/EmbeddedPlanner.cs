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

    /// <summary>
    /// Plans for all words so far. Never throws for any words; about a millisecond. Where the best reading makes no sense, or does not answer what was asked, its rivals are
    /// tried, the likeliest first.
    /// </summary>
    public Plan Propose(PlanRequest request)
    {
        var tools = Set(request.Tools);
        var best = new TurnReading(tools, request).Plan();
        if (request.Turn.Alternatives.IsDefaultOrEmpty || (best.Confidence >= Doubtful && !LeavesOpen(best, request))) return best;
        var (answers, trust) = (Answers(best, request), 1.0);
        foreach (var rival in request.Turn.Alternatives.Take(RivalsMax))
        {
            trust *= RivalTrust;
            var plan = new TurnReading(tools, request with { Turn = Reread(request.Turn, rival) }).Plan();
            var better = !answers && Answers(plan, request) ? plan.Confidence >= Doubtful : plan.Confidence >= best.Confidence + RivalGain;
            if (!better) continue;
            answers |= Answers(plan, request);
            best = plan with { Confidence = plan.Confidence * trust, Calls = [.. plan.Calls.Select(c => c with { Evidence = Everything(c.Evidence, request.Turn.Words.Length) })] };
        }

        return best;
    }

    /// <summary>Below this the best reading is doubted; a rival must be surer by the gain, and each further down the list is trusted a little less.</summary>
    private const double Doubtful = 0.5, RivalGain = 0.2, RivalTrust = 0.9;

    private const int RivalsMax = 7;

    /// <summary>Something was asked, and neither it nor anything else was said that makes sense.</summary>
    private static bool LeavesOpen(Plan plan, PlanRequest request) =>
        !request.Asked.IsEmpty && plan.Affirmation == Affirmation.None && plan.Act is TurnAct.None or TurnAct.Unclear or TurnAct.OutOfDomain
        && plan.Tasks.Length == request.Tasks.Length && plan.Withdrawn.IsEmpty && !Answers(plan, request);

    /// <summary>An argument that was asked for has another value than before.</summary>
    private static bool Answers(Plan plan, PlanRequest request)
    {
        foreach (var asked in request.Asked)
            if (Argument(plan.Tasks, asked) is { } said && said != Argument(request.Tasks, asked)) return true;
        return false;
    }

    private static string? Argument(ImmutableArray<PlanTask> tasks, OpenArgument asked)
    {
        foreach (var task in tasks)
            if (task.Id == asked.Task) return task.Arguments.GetValueOrDefault(asked.Tool == task.Tool ? asked.Parameter : asked.Tool + "." + asked.Parameter);
        return null;
    }

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
