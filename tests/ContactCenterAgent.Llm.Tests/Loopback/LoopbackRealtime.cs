using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ContactCenterAgent.Llm.Tests.Loopback;

/// <summary>One real-time session in text: items, responses within the conversation and out of band, cancellation. One response at a time in the conversation.</summary>
internal sealed class LoopbackRealtime(WebSocket socket, ConcurrentQueue<LoopbackAnswer> answers, ConcurrentQueue<JsonObject> seen)
{
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new();
    private readonly List<Task> _responses = [];
    private string? _inConversation;
    private int _number;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await SendAsync(new() { ["type"] = "session.created", ["session"] = new JsonObject { ["type"] = "realtime" } });
        var buffer = new byte[1 << 20];
        try
        {
            while (await ReceiveAsync(buffer, cancellationToken) is { } happened)
            {
                seen.Enqueue(happened);
                await TakeAsync(happened);
            }
        }
        catch (WebSocketException)
        {
            // The client has gone.
        }

        foreach (var (_, running) in _running) running.Cancel();
        await Task.WhenAll(_responses);
    }

    private async Task TakeAsync(JsonObject happened)
    {
        switch ((string?)happened["type"])
        {
            case "session.update":
                await SendAsync(new() { ["type"] = "session.updated", ["session"] = happened["session"]!.DeepClone() });
                break;
            case "conversation.item.create":
                var item = happened["item"]!.DeepClone();
                item["id"] ??= $"item_{++_number}";
                await SendAsync(new() { ["type"] = "conversation.item.added", ["item"] = item.DeepClone() });
                await SendAsync(new() { ["type"] = "conversation.item.done", ["item"] = item });
                break;
            case "response.create":
                await BeginAsync(happened);
                break;
            case "response.cancel" when _running.TryGetValue((string?)happened["response_id"] ?? _inConversation ?? "", out var running):
                running.Cancel();
                break;
            case "response.cancel":
                await ErrorAsync("response_cancel_not_active", happened);
                break;
            default:
                await ErrorAsync("unknown_event", happened);
                break;
        }
    }

    private async Task BeginAsync(JsonObject happened)
    {
        var outOfBand = (string?)happened["response"]?["conversation"] == "none";
        if (!outOfBand && _inConversation is not null)
        {
            await ErrorAsync("conversation_already_has_active_response", happened);
            return;
        }

        var id = $"resp_{++_number}";
        if (!outOfBand) _inConversation = id;
        var cancel = _running[id] = new();
        if (!answers.TryDequeue(out var answer)) answer = LoopbackAnswer.Fails(500);
        _responses.Add(PlayAsync(id, answer, happened["response"]?["metadata"], outOfBand, cancel.Token));
    }

    private async Task PlayAsync(string id, LoopbackAnswer answer, JsonNode? metadata, bool outOfBand, CancellationToken cancel)
    {
        await SendAsync(new() { ["type"] = "response.created", ["response"] = Response(id, "in_progress", metadata) });
        var status = answer.Status == 200 ? "completed" : "failed";
        try
        {
            foreach (var step in answer.Status == 200 ? answer.Steps : [])
            {
                if (step is LoopbackStep.Text text) await SendAsync(Delta("response.output_text.delta", id, text.Bit));
                else if (step is LoopbackStep.Arguments bit) await ArgumentsAsync(id, bit, first: ReferenceEquals(step, answer.Steps[0]));
                else if (step is LoopbackStep.Wait wait) await wait.Until.WaitAsync(cancel);
                else if (step is LoopbackStep.Die) socket.Abort();
            }

            cancel.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            status = "cancelled";
        }

        _running.TryRemove(id, out _);
        if (!outOfBand) _inConversation = null;
        await SendAsync(new() { ["type"] = "response.done", ["response"] = Response(id, status, metadata) });
    }

    private async Task ArgumentsAsync(string id, LoopbackStep.Arguments bit, bool first)
    {
        if (first)
        {
            var item = new JsonObject { ["id"] = "item_x", ["type"] = "function_call", ["call_id"] = "call_0", ["name"] = bit.Tool };
            await SendAsync(new() { ["type"] = "response.output_item.added", ["response_id"] = id, ["output_index"] = 0, ["item"] = item });
        }

        await SendAsync(Delta("response.function_call_arguments.delta", id, bit.Bit));
    }

    private static JsonObject Delta(string type, string response, string delta) =>
        new() { ["type"] = type, ["response_id"] = response, ["item_id"] = "item_x", ["output_index"] = 0, ["delta"] = delta };

    private static JsonObject Response(string id, string status, JsonNode? metadata) => new()
    {
        ["id"] = id,
        ["object"] = "realtime.response",
        ["status"] = status,
        ["metadata"] = metadata?.DeepClone(),
        ["usage"] = new JsonObject { ["input_tokens"] = 10, ["output_tokens"] = 5, ["total_tokens"] = 15, ["input_token_details"] = new JsonObject { ["cached_tokens"] = 4 } },
    };

    private Task ErrorAsync(string code, JsonObject about) =>
        SendAsync(new() { ["type"] = "error", ["error"] = new JsonObject { ["type"] = "invalid_request_error", ["code"] = code, ["event_id"] = about["event_id"]?.DeepClone() } });

    private async Task SendAsync(JsonObject happened)
    {
        happened["event_id"] = $"event_{Interlocked.Increment(ref _number)}";
        await _sending.WaitAsync();
        try
        {
            if (socket.State is WebSocketState.Open) await socket.SendAsync(Encoding.UTF8.GetBytes(happened.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The client has gone; the reader of this socket sees it too.
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<JsonObject?> ReceiveAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage) return JsonNode.Parse(buffer.AsSpan(0, length))!.AsObject();
        }
    }
}
