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

    /// <summary>Plans for all words so far. Never throws for any words; about a millisecond.</summary>
    public Plan Propose(PlanRequest request) => new TurnReading(Set(request.Tools), request).Plan();

    private ToolSet Set(ImmutableArray<ToolDescriptor> tools) =>
        _sets.GetValue(ImmutableCollectionsMarshal.AsArray(tools) ?? [], _ => new(tools, names));
}
