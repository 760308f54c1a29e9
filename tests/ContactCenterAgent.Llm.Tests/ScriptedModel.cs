using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Tests;

/// <summary>A chat model that says what a test has written down: one answer a request, in order, in bits; it may wait, throw and break off.</summary>
internal sealed class ScriptedModel(TimeProvider? time = null) : IChatClient
{
    private readonly Queue<Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>> _answers = [];

    /// <summary>What it was asked, oldest first.</summary>
    public List<(List<ChatMessage> Messages, ChatOptions? Options)> Asked { get; } = [];

    /// <summary>Answers cut short by their reader.</summary>
    public int Cancelled { get; private set; }

    public ScriptedModel Says(string text, int bit = int.MaxValue) => Answers(Bits(text, bit).Select(b => (TimeSpan.Zero, new ChatResponseUpdate(ChatRole.Assistant, b))));

    /// <summary>Bits, each after a wait.</summary>
    public ScriptedModel Says(params (double Seconds, string Text)[] bits) =>
        Answers(bits.Select(b => (TimeSpan.FromSeconds(b.Seconds), new ChatResponseUpdate(ChatRole.Assistant, b.Text))));

    public ScriptedModel Gives(params AIContent[] contents) => Answers(contents.Select(c => (TimeSpan.Zero, new ChatResponseUpdate(ChatRole.Assistant, [c]))));

    public ScriptedModel BreaksOff(string after, Exception with, double seconds = 0) =>
        Answers([(TimeSpan.FromSeconds(seconds), new ChatResponseUpdate(ChatRole.Assistant, after))], with);

    private ScriptedModel Answers(IEnumerable<(TimeSpan Wait, ChatResponseUpdate Update)> updates, Exception? then = null)
    {
        _answers.Enqueue(ct => Stream([.. updates], then, ct));
        return this;
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add(([.. messages], options));
        return _answers.Dequeue()(cancellationToken);
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private async IAsyncEnumerable<ChatResponseUpdate> Stream((TimeSpan Wait, ChatResponseUpdate Update)[] updates, Exception? then, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var whole = false;
        try
        {
            foreach (var (wait, update) in updates)
            {
                if (wait > TimeSpan.Zero) await Task.Delay(wait, time ?? TimeProvider.System, cancellationToken);
                yield return update;
            }

            whole = true;
            if (then is not null) throw then;
        }
        finally
        {
            if (!whole) Cancelled++;
        }
    }

    private static IEnumerable<string> Bits(string text, int size)
    {
        for (var i = 0; i < text.Length; i += size)
        {
            yield return text.Substring(i, Math.Min(size, text.Length - i));
            if (size == int.MaxValue) yield break;
        }
    }
}
