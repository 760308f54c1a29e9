using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>What a model is told of a function call that did not simply run.</summary>
internal static class Answers
{
    internal static JsonObject EndOfTurn() => Of("waits", "The caller is still speaking. Call this again once they have finished, if they still want it.");

    internal static JsonObject NeedsYes(StagedEffect staged) =>
        Of("needs_yes", "Nothing was changed. Read it back and ask for a yes; a plain yes carries it out.", ("proposal", staged.Number), ("read_back", staged.ReadBack.Value));

    internal static JsonObject NeedsAssurance(AssuranceLevel level) => Of("needs_assurance", $"The caller must first be {level}.", ("requires", level.ToString()));

    internal static JsonObject Failed(ToolFailure failure) => Of(failure is ToolFailure.Unknown ? "unknown" : "failed", failure.ForModel, ("code", failure.Code));

    internal static JsonObject Invalid(string parameter, string reason) => Of("failed", $"The argument {parameter} {reason}.", ("code", "tool.invalid"));

    internal static JsonObject NoSuchTool(string name) => Of("failed", $"There is no function {name} that may be called here.", ("code", "tool.none"));

    internal static JsonObject Done(string resultJson)
    {
        var done = new JsonObject { ["status"] = "done" };
        if (JsonNode.Parse(resultJson) is JsonObject result)
            foreach (var (name, value) in result) done.TryAdd(name, value?.DeepClone());
        return done;
    }

    /// <summary>A result above the caller's level: the ids go on, so that further calls can be made; nothing else does.</summary>
    internal static JsonObject Sealed(ToolDescriptor tool, ToolResult result)
    {
        var rows = new JsonArray();
        foreach (var row in result.Rows)
            rows.Add(new JsonObject { ["sealed"] = true, [tool.Finds?.IdField ?? "id"] = tool.Finds is { } finds ? row[finds.IdField] : null });
        return new() { ["status"] = "sealed", ["requires"] = tool.Discloses.ToString(), ["rows"] = rows };
    }

    private static JsonObject Of(string status, string say, params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        var answer = new JsonObject { ["status"] = status, ["message"] = say };
        foreach (var (name, value) in fields) answer[name] = value;
        return answer;
    }
}
