using System.Text.Json;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>
/// Judges a tool that its source describes anew while the host runs. What the planner knows of it stays as it was at start, so a tool that is gone, that takes other arguments or that now says to do
/// more than it said is refused until the host starts again. One that says to do less keeps the effect that it had.
/// </summary>
internal static class ChangedTool
{
    internal const string Gone = "tool_gone", Changed = "tool_changed";
    private static readonly string[] Words = ["description", "title", "examples"];

    /// <returns>The reason for which it is refused; null = it can be called as before.</returns>
    /// <param name="then">As it was at start.</param>
    /// <param name="now">As it is; null = it is not offered.</param>
    /// <param name="ruled">The operator's table says its effect: what the source says of it counts for nothing.</param>
    internal static string? Why(ForeignTool then, ForeignTool? now, bool ruled) =>
        now is null ? Gone
        : (!ruled && Reach(now.Effect) > Reach(then.Effect)) || !TakesTheSame(then, now) ? Changed
        : null;

    private static int Reach(ToolEffect effect) => effect switch { ToolEffect.Read => 0, ToolEffect.Disclose => 1, ToolEffect.Irreversible => 3, _ => 2 };

    // What it takes beyond that, if it need not, is never sent.
    private static bool TakesTheSame(ForeignTool then, ForeignTool now) =>
        then.Properties.All(was => now.Properties.Any(p => p.Name == was.Name && IsSame(Resolved(was.Schema, then), Resolved(p.Schema, now))))
        && now.Properties.All(p => !p.Required || then.Properties.Any(was => was.Required && was.Name == p.Name));

    private static JsonElement Resolved(JsonElement schema, ForeignTool tool)
    {
        try
        {
            return ImportedSchema.Resolve(schema, tool.Root, 0);
        }
        catch (UnrepresentableException)
        {
            return schema;
        }
    }

    private static bool IsSame(JsonElement one, JsonElement other)
    {
        if (one.ValueKind != JsonValueKind.Object || other.ValueKind != JsonValueKind.Object) return JsonElement.DeepEquals(one, other);
        var (left, right) = (Keywords(one), Keywords(other));
        return left.Count == right.Count && left.All(l => right.TryGetValue(l.Key, out var r) && JsonElement.DeepEquals(l.Value, r));
    }

    private static Dictionary<string, JsonElement> Keywords(JsonElement schema)
    {
        var keywords = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var keyword in schema.EnumerateObject())
            if (!Words.Contains(keyword.Name)) keywords[keyword.Name] = keyword.Value;
        return keywords;
    }
}
