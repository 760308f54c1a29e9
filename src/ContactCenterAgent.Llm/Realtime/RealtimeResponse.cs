using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Realtime;

/// <summary>One response under way: its events become a chat client's updates.</summary>
internal sealed class RealtimeResponse(string key, Channel<ChatResponseUpdate> updates, string model)
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, (string Call, string Name)> _calls = new(StringComparer.Ordinal);

    /// <summary>Our name for it, given back by the server in its metadata.</summary>
    internal string Key { get; } = key;

    /// <summary>The server's name for it; null = not yet known.</summary>
    internal string? Id { get; set; }

    /// <summary>The server's name for the item that its text became; null = not yet known.</summary>
    internal string? ItemId { get; private set; }

    /// <summary>The server has ended it.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Its text so far.</summary>
    internal string Text => _text.ToString();

    internal async IAsyncEnumerable<ChatResponseUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in updates.Reader.ReadAllAsync(cancellationToken)) yield return update;
    }

    internal void Fail(string code) => updates.Writer.TryComplete(new ModelUnavailableException(code));

    // The names of the beta are taken as well.
    internal void Take(string type, JsonElement happened)
    {
        switch (type)
        {
            case "response.output_text.delta" or "response.text.delta":
                var text = RealtimeEvents.Text(happened, "delta") ?? "";
                _text.Append(text);
                ItemId ??= RealtimeEvents.Text(happened, "item_id");
                Give(new TextContent(text));
                break;
            case "response.output_item.added" when happened.TryGetProperty("item", out var item) && RealtimeEvents.Text(item, "type") == "function_call":
                _calls[RealtimeEvents.Text(item, "id") ?? ""] = (RealtimeEvents.Text(item, "call_id") ?? "", RealtimeEvents.Text(item, "name") ?? "");
                break;
            case "response.function_call_arguments.delta":
                var (call, name) = Call(happened);
                Give(new ToolArgumentsContent(call, name, RealtimeEvents.Text(happened, "delta") ?? ""));
                break;
            case "response.function_call_arguments.done":
                (call, name) = Call(happened);
                Give(new FunctionCallContent(call, RealtimeEvents.Text(happened, "name") ?? name));
                break;
            case "response.done":
                Done(happened.GetProperty("response"));
                break;
        }
    }

    private (string Call, string Name) Call(JsonElement happened) => _calls.GetValueOrDefault(RealtimeEvents.Text(happened, "item_id") ?? "", ("", ""));

    private void Done(JsonElement response)
    {
        IsOver = true;
        if (RealtimeEvents.Text(response, "status") is not ("completed" or null))
        {
            Fail("model.failed");
            return;
        }

        if (response.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
            Give(new UsageContent(new() { InputTokenCount = Count(usage, "input_tokens"), OutputTokenCount = Count(usage, "output_tokens"), CachedInputTokenCount = Cached(usage) }));
        updates.Writer.TryWrite(new(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop, ModelId = model });
        updates.Writer.TryComplete();
    }

    // Full means a reader that has stopped reading: the response is given up, not the session.
    private void Give(AIContent content)
    {
        if (!updates.Writer.TryWrite(new(ChatRole.Assistant, [content]) { ResponseId = Id, ModelId = model })) Fail("model.cut");
    }

    private static long? Count(JsonElement usage, string name) => usage.TryGetProperty(name, out var count) && count.TryGetInt64(out var value) ? value : null;

    private static long? Cached(JsonElement usage) => usage.TryGetProperty("input_token_details", out var details) ? Count(details, "cached_tokens") : null;
}
