using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using OpenAIFinish = OpenAI.Chat.ChatFinishReason;

namespace ContactCenterAgent.Llm.Clients;

/// <summary>One streamed answer: bits of text and of tool arguments as they come, whole tool calls and the usage at the end.</summary>
internal sealed class OpenAIAnswer(string model)
{
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];
    private ChatFinishReason? _finish;
    private ChatTokenUsage? _usage;

    /// <summary>Something has come.</summary>
    internal bool HasBegun { get; private set; }

    /// <summary>The server has said why it stopped. A stream that ends without it was cut.</summary>
    internal bool HasEnded => _finish is not null;

    /// <summary>What an update brings for a reader; null = nothing yet.</summary>
    internal ChatResponseUpdate? Take(StreamingChatCompletionUpdate update)
    {
        HasBegun = true;
        List<AIContent> contents = [];
        foreach (var part in update.ContentUpdate)
            if (part.Text is { Length: > 0 } text) contents.Add(new TextContent(text));
        if (update.RefusalUpdate is { Length: > 0 } refusal) contents.Add(new ErrorContent(refusal) { ErrorCode = "refusal" });
        foreach (var bit in update.ToolCallUpdates) Take(bit, contents);
        _usage = update.Usage ?? _usage;
        _finish = Finish(update.FinishReason) ?? _finish;
        return contents.Count == 0 ? null : new(ChatRole.Assistant, contents) { ResponseId = update.CompletionId, ModelId = model };
    }

    /// <summary>The last update: whole calls, why it stopped, what it cost.</summary>
    internal ChatResponseUpdate End()
    {
        List<AIContent> contents = [.. _calls.Values.Select(call => (AIContent)Call(call.Id, call.Name, call.Arguments.ToString()))];
        if (_usage is { } usage)
        {
            contents.Add(new UsageContent(new()
            {
                InputTokenCount = usage.InputTokenCount,
                OutputTokenCount = usage.OutputTokenCount,
                TotalTokenCount = usage.TotalTokenCount,
                CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
                ReasoningTokenCount = usage.OutputTokenDetails?.ReasoningTokenCount,
            }));
        }

        return new(ChatRole.Assistant, contents) { FinishReason = _finish, ModelId = model };
    }

    private void Take(StreamingChatToolCallUpdate bit, List<AIContent> contents)
    {
        if (!_calls.TryGetValue(bit.Index, out var call))
            _calls[bit.Index] = call = (bit.ToolCallId is { Length: > 0 } id ? id : $"call_{bit.Index}", bit.FunctionName ?? "", new());
        if (bit.FunctionArgumentsUpdate is not { } bytes || bytes.ToMemory().IsEmpty) return;
        var text = bytes.ToString();
        call.Arguments.Append(text);
        contents.Add(new ToolArgumentsContent(call.Id, call.Name, text));
    }

    private static FunctionCallContent Call(string id, string name, string arguments)
    {
        try
        {
            using var json = JsonDocument.Parse(arguments.Length == 0 ? "{}" : arguments);
            return new(id, name, json.RootElement.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value.Clone(), StringComparer.Ordinal));
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or ArgumentException)
        {
            return new(id, name) { Exception = new JsonException("The arguments are not a JSON object.") };
        }
    }

    private static ChatFinishReason? Finish(OpenAIFinish? finish) => finish switch
    {
        null => null,
        OpenAIFinish.Length => ChatFinishReason.Length,
        OpenAIFinish.ContentFilter => ChatFinishReason.ContentFilter,
        OpenAIFinish.ToolCalls or OpenAIFinish.FunctionCall => ChatFinishReason.ToolCalls,
        _ => ChatFinishReason.Stop,
    };
}
