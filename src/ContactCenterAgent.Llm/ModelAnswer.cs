using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm;

/// <summary>One streamed answer of a model as bits of text, whatever goes wrong: a fault ends it and is told as a code.</summary>
internal sealed class ModelAnswer(IChatClient client, IReadOnlyList<ChatMessage> messages, ChatOptions options, string? tool, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly Queue<string> _bits = new();
    private readonly HashSet<string> _streamed = new(StringComparer.Ordinal);
    private IAsyncEnumerator<ChatResponseUpdate>? _updates;

    /// <summary>The bit that <see cref="NextAsync"/> came to.</summary>
    internal string Bit { get; private set; } = "";

    /// <summary>Why the answer ended too soon; null = it did not.</summary>
    internal string? Fault { get; private set; }

    /// <summary>Moves to the next bit.</summary>
    /// <returns>False where the answer has ended, well or not.</returns>
    /// <exception cref="OperationCanceledException">The caller's own token fired.</exception>
    internal async ValueTask<bool> NextAsync()
    {
        try
        {
            _updates ??= client.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (_bits.Count == 0)
            {
                if (Fault is not null || !await _updates.MoveNextAsync()) return false;
                Take(_updates.Current);
            }

            Bit = _bits.Dequeue();
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ModelUnavailableException unavailable)
        {
            Fault = unavailable.Code;
            return false;
        }
#pragma warning disable CA1031 // Whatever a client throws costs one generation; its text may hold personal data and is not looked at.
        catch (Exception)
#pragma warning restore CA1031
        {
            Fault = "model.failed";
            return false;
        }
    }

    public ValueTask DisposeAsync() => _updates?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Take(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextContent { Text.Length: > 0 } text when tool is null:
                    _bits.Enqueue(text.Text);
                    break;
                case ToolArgumentsContent bit when bit.Name == tool:
                    _streamed.Add(bit.CallId);
                    _bits.Enqueue(bit.Text);
                    break;
                case FunctionCallContent whole when whole.Name == tool && !_streamed.Contains(whole.CallId):
                    _bits.Enqueue(JsonSerializer.Serialize(whole.Arguments, Compact.Of(typeof(IDictionary<string, object?>))));
                    break;
                case FunctionCallContent other when other.Name != tool:
                    Fault = "model.invented_tool";
                    break;
                case ErrorContent:
                    Fault = "model.refused";
                    break;
                case UsageContent usage:
                    Count(usage.Details, update.ModelId ?? options.ModelId ?? "");
                    break;
            }
        }

        if (update.FinishReason == ChatFinishReason.ContentFilter) Fault = "model.refused";
    }

    private static void Count(UsageDetails usage, string model)
    {
        Add("input", usage.InputTokenCount);
        Add("cached", usage.CachedInputTokenCount);
        Add("output", usage.OutputTokenCount);

        void Add(string direction, long? tokens)
        {
            if (tokens is > 0) LlmMetrics.Tokens.Add(tokens.Value, new KeyValuePair<string, object?>("model", model), new("direction", direction));
        }
    }
}
