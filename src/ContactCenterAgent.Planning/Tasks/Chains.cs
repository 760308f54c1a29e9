using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Tasks;

/// <summary>Which reads supply what a tool needs: an entity's parameter is filled by a read that finds that entity.</summary>
internal sealed class Chains
{
    private readonly ImmutableArray<ToolDescriptor> _tools;
    private readonly Dictionary<string, ImmutableArray<ToolDescriptor>> _reach = [];

    public Chains(ImmutableArray<ToolDescriptor> tools)
    {
        _tools = tools;
        foreach (var tool in tools) _reach[tool.Name] = [.. Reach(tool, [])];
    }

    /// <summary>The tool and every read that could supply it, nearest first.</summary>
    public ImmutableArray<ToolDescriptor> Of(ToolDescriptor tool) => _reach[tool.Name];

    private IEnumerable<ToolDescriptor> Reach(ToolDescriptor tool, HashSet<string> seen)
    {
        if (!seen.Add(tool.Name)) yield break;
        yield return tool;
        foreach (var parameter in tool.Parameters)
        {
            if (parameter.Type != ParameterType.EntityId || parameter.Entity is null) continue;
            foreach (var supplier in Suppliers(parameter.Entity, tool.Requires).Take(1))
                foreach (var further in Reach(supplier, seen)) yield return further;
        }
    }

    /// <summary>Reads that find an entity, the least demanding that satisfies the level first.</summary>
    public IEnumerable<ToolDescriptor> Suppliers(string entity, AssuranceLevel needed) =>
        _tools.Where(t => t.Finds?.Entity == entity && !t.IsEffect)
            .OrderBy(t => t.Grants is { } grant && grant.Level < needed ? 1 : 0)
            .ThenBy(t => t.Grants?.Level ?? AssuranceLevel.None);

    /// <summary>Both find or take the same kind of thing, persons apart.</summary>
    public bool SharesThing(ToolDescriptor a, ToolDescriptor b) => Things(a).Intersect(Things(b)).Any();

    private IEnumerable<string> Things(ToolDescriptor tool) =>
        tool.Parameters.Where(p => p.Type == ParameterType.EntityId && p.Entity is not null).Select(p => p.Entity!)
            .Concat(tool.Finds is { } finds ? [finds.Entity] : []).Where(e => !_tools.Any(t => t.Grants is not null && t.Finds?.Entity == e));

    /// <summary>A parameter of the tool or of a read that it chains to.</summary>
    public (ToolDescriptor Owner, ToolParameter Parameter)? Parameter(ToolDescriptor tool, string name)
    {
        foreach (var owner in Of(tool)) if (owner.Parameter(name) is { } parameter) return (owner, parameter);
        return null;
    }
}
