using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Realtime;

/// <summary>The events of a real-time session in text, as they stand on the wire (platform documentation, "Realtime API reference": client events, server events).</summary>
internal static class RealtimeEvents
{
    /// <summary>The metadata field that brings our name of a response back.</summary>
    private const string KeyField = "key";

    internal static JsonObject Session(string instructions) => new()
    {
        ["type"] = "session.update",
        ["session"] = new JsonObject { ["type"] = "realtime", ["output_modalities"] = new JsonArray("text"), ["instructions"] = instructions },
    };

    internal static JsonObject Item(string id, string role, string text)
    {
        var item = Message(role, text);
        item["id"] = id;
        return new() { ["type"] = "conversation.item.create", ["item"] = item };
    }

    internal static JsonObject Message(string role, string text) => new()
    {
        ["type"] = "message",
        ["role"] = role == ChatRole.Assistant.Value ? "assistant" : "user",
        ["content"] = new JsonArray(new JsonObject { ["type"] = role == ChatRole.Assistant.Value ? "output_text" : "input_text", ["text"] = text }),
    };

    /// <param name="key">Our name for the response.</param>
    /// <param name="input">Of a response outside the conversation; null = within it.</param>
    /// <param name="options">Tools and limits.</param>
    internal static JsonObject Create(string key, JsonArray? input, ChatOptions? options)
    {
        var response = new JsonObject { ["output_modalities"] = new JsonArray("text"), ["metadata"] = new JsonObject { [KeyField] = key } };
        if (input is not null) (response["conversation"], response["input"]) = ("none", input);
        if (options?.MaxOutputTokens is { } tokens) response["max_output_tokens"] = tokens;
        var tools = (options?.Tools ?? []).OfType<AIFunctionDeclaration>().ToList();
        if (tools.Count > 0)
        {
            response["tools"] = new JsonArray([.. tools.Select(Tool)]);
            response["tool_choice"] = options!.ToolMode switch
            {
                RequiredChatToolMode { RequiredFunctionName: { } name } => new JsonObject { ["type"] = "function", ["name"] = name },
                RequiredChatToolMode => "required",
                _ => "auto",
            };
        }

        return new() { ["type"] = "response.create", ["event_id"] = key, ["response"] = response };
    }

    internal static string? Type(JsonElement happened) => Text(happened, "type");

    internal static string? ResponseId(JsonElement happened) =>
        Text(happened, "response_id") ?? (happened.TryGetProperty("response", out var response) ? Text(response, "id") : null);

    internal static string? Key(JsonElement happened) =>
        happened.TryGetProperty("response", out var response) && response.TryGetProperty("metadata", out var metadata) ? Text(metadata, KeyField) : null;

    internal static string? FailedKey(JsonElement happened) => happened.TryGetProperty("error", out var error) ? Text(error, "event_id") : null;

    internal static bool IsLimit(JsonElement happened) => happened.TryGetProperty("error", out var error) && Text(error, "code") is "rate_limit_exceeded" or "insufficient_quota";

    internal static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonNode Tool(AIFunctionDeclaration tool) => new JsonObject
    {
        ["type"] = "function",
        ["name"] = tool.Name,
        ["description"] = tool.Description,
        ["parameters"] = JsonNode.Parse(tool.JsonSchema.GetRawText()),
    };
}
