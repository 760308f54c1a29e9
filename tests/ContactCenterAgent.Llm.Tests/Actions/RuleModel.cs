using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Tests.Actions;

/// <summary>A stock model as a function of the conversation: it looks a customer and a day up as soon as it has heard them, and answers when it has both. Takes 200 ms an answer.</summary>
internal sealed class RuleModel(TimeProvider time) : IChatClient
{
    private static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(200);

    /// <summary>The last conversation it was given.</summary>
    public List<ChatMessage> Seen { get; private set; } = [];

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Seen = [.. messages];
        await Task.Delay(Takes, time, cancellationToken);
        yield return new(ChatRole.Assistant, Answer());
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private string Answer()
    {
        var words = Seen.Where(m => m.Role == ChatRole.User).Select(m => m.Text).LastOrDefault(t => t.StartsWith("[partial]", StringComparison.Ordinal) || t.StartsWith("[final]", StringComparison.Ordinal)) ?? "";
        if (words.Contains("whitfield", StringComparison.Ordinal) && !HasCalled("find_customer")) return Call("find_customer", new { name = "Dana Whitfield" });
        if (words.Contains("thursday", StringComparison.Ordinal) && !HasCalled("find_slots")) return Call("find_slots", new { date = "2026-11-26" });
        var results = Seen.Count(m => m.Text.StartsWith("[result", StringComparison.Ordinal));
        return words.StartsWith("[final]", StringComparison.Ordinal) && results == 2
            ? """{"action":"answer","text":"Half past two is free on Thursday."}"""
            : """{"action":"pause"}""";
    }

    private bool HasCalled(string tool) => Seen.Any(m => m.Role == ChatRole.Assistant && m.Text.Contains(tool, StringComparison.Ordinal));

    private static string Call(string tool, object arguments) => JsonSerializer.Serialize(new { action = "call", tool, arguments });
}
