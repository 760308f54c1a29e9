using System.Collections.Immutable;
using System.Text.Json;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Llm.Plans;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Actions;

/// <summary>What a stock model may do next.</summary>
public abstract record ModelAction
{
    private ModelAction() { }

    /// <summary>Start a tool and go on without waiting for it.</summary>
    /// <param name="Tool">The tool.</param>
    /// <param name="Arguments">Canonical, by parameter name. Personal.</param>
    public sealed record Call(ToolDescriptor Tool, ImmutableSortedDictionary<string, string> Arguments) : ModelAction
    {
        /// <summary>The tool only: arguments are personal.</summary>
        public override string ToString() => $"call {Tool.Name}";
    }

    /// <summary>Wait for the next event.</summary>
    public sealed record Pause : ModelAction;

    /// <summary>Speak, and give the floor back.</summary>
    /// <param name="Text">What to say. Personal.</param>
    public sealed record Answer(string Text) : ModelAction
    {
        /// <summary>Never the text.</summary>
        public override string ToString() => "answer";
    }
}

/// <summary>
/// The action protocol of "Speculative Interaction Agents" (arXiv 2605.13360) for models that know nothing of it: one action an answer, as JSON. What happens meanwhile is told
/// between two actions, never within one.
/// </summary>
internal static class ActionProtocol
{
    internal const string Name = "action";

    internal const string Instructions =
        """
        You work for an agent on a telephone line, while the caller is still speaking. You are told what happens, event by event: [partial] the caller's words so far, [final] all of them, [result ID] what a tool found, [error] why your last action was not possible.
        Answer with exactly one action as JSON, nothing else:
        {"action":"call","tool":"NAME","arguments":{...}} starts a tool. You need not wait for it: its result comes as an event. Start a read as soon as its arguments are known. Tools that change something may be called only after [final].
        {"action":"pause"} waits for the next event. Use it when nothing can be done yet.
        {"action":"answer","text":"..."} speaks to the caller, in English. Only after [final], and only from results.
        Never make up an argument or a result.
        """;

    /// <summary>The schema of an action, for servers that constrain answers.</summary>
    internal static JsonElement Schema { get; } = Parse(
        """
        {"type":"object","properties":{"action":{"type":"string","enum":["call","pause","answer"]},"tool":{"type":["string","null"]},"arguments":{"type":["string","null"],"description":"a JSON object"},"text":{"type":["string","null"]}},
        "required":["action","tool","arguments","text"],"additionalProperties":false}
        """);

    /// <summary>Reads an answer.</summary>
    /// <returns>The action, or what is wrong with it.</returns>
    internal static (ModelAction? Action, string? Error) Read(string text, ImmutableArray<ToolDescriptor> tools, DateTime localNow)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        var close = text.LastIndexOf('}');
        if (open < 0 || close < open) return (null, "An action is one JSON object.");
        try
        {
            using var json = JsonDocument.Parse(text.AsMemory(open, close - open + 1));
            var root = json.RootElement;
            return root.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.String
                ? action.GetString() switch
                {
                    "call" => Call(root, tools, localNow),
                    "pause" => (new ModelAction.Pause(), null),
                    "answer" when Text(root, "text") is { Length: > 0 } said => (new ModelAction.Answer(said), null),
                    "answer" => (null, "An answer has a text."),
                    _ => (null, "The actions are call, pause and answer."),
                }
                : (null, "The actions are call, pause and answer.");
        }
        catch (JsonException)
        {
            return (null, "An action is one JSON object.");
        }
    }

    private static (ModelAction? Action, string? Error) Call(JsonElement root, ImmutableArray<ToolDescriptor> tools, DateTime localNow)
    {
        var name = Text(root, "tool");
        if (tools.FirstOrDefault(t => t.Name == name) is not { } tool) return (null, $"There is no tool {name}. The tools are: {string.Join(", ", tools.Select(t => t.Name))}.");
        var arguments = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in Arguments(root))
        {
            if (tool.Parameter(key) is not { } parameter) return (null, $"{name} has no parameter {key}.");
            if (CanonicalValues.Read(parameter, value, localNow) is not { } canonical) return (null, $"{name}.{key} must be {CanonicalValues.Form(parameter.Type)}.");
            arguments[key] = canonical;
        }

        foreach (var parameter in tool.Parameters)
            if (parameter.Required && parameter.Default is null && !arguments.ContainsKey(parameter.Name)) return (null, $"{name} needs {parameter.Name}.");
        return (new ModelAction.Call(tool, arguments.ToImmutable()), null);
    }

    // An object, or the text of one: closed schemas cannot leave an object's properties open.
    private static IEnumerable<(string Key, string Value)> Arguments(JsonElement root)
    {
        if (!root.TryGetProperty("arguments", out var given)) return [];
        if (given.ValueKind == JsonValueKind.String) given = Parse(given.GetString()!);
        if (given.ValueKind == JsonValueKind.Null) return [];
        if (given.ValueKind != JsonValueKind.Object) throw new JsonException();
        return [.. given.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).Select(p => (p.Name, p.Value.ToString()))];
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
