using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Llm.Imports;

namespace ContactCenterAgent.Host.Agents;

/// <summary>What was imported, for the operator to read when the host starts.</summary>
internal static class ToolLines
{
    /// <summary>A line a tool: its name, what it does and when it runs; then those that cannot be used.</summary>
    public static IEnumerable<string> Of(ToolImport import)
    {
        var width = import.Tools.Select(t => t.Descriptor.Name.Length).DefaultIfEmpty().Max();
        foreach (var tool in import.Tools.Select(t => t.Descriptor)) yield return $"  {tool.Name.PadRight(width)}  {tool.Effect,-12}  {When(tool)}{Lacks(tool, import)}";
        foreach (var refused in import.Refused) yield return $"  not used: {refused.Reason}";
    }

    private static string When(ToolDescriptor tool) => tool.Effect switch
    {
        ToolEffect.Read => "runs on a guess",
        ToolEffect.Disclose => "runs when the caller has ended",
        _ when tool.Authorisation == Authorisation.OnRequest => "runs when it is asked for",
        _ => "runs after a yes",
    };

    private static string Lacks(ToolDescriptor tool, ToolImport import)
    {
        if (tool.IsEffect && !tool.CanLookUp) return "; no look-up: an outcome that nobody knows goes to a person";
        var id = tool.Parameters.FirstOrDefault(p => p is { Type: ParameterType.EntityId, Required: true } && !import.Tools.Any(t => t.Descriptor.Finds?.Entity == p.Entity));
        return id is null ? "" : $"; no tool of it finds its {id.Name}: a caller cannot say an id";
    }
}
