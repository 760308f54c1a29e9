using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Plugins.SemanticKernel.Tests;

/// <summary>A model that answers by script: each answer is text or function calls, and may look at what it was given.</summary>
internal sealed class ScriptedChat(params Func<IReadOnlyList<ChatMessage>, ChatMessage>[] answers) : IChatClient
{
    public List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    public List<IList<AITool>> Shown { get; } = [];

    public static Func<IReadOnlyList<ChatMessage>, ChatMessage> Says(string text) => _ => new(ChatRole.Assistant, text);

    public static Func<IReadOnlyList<ChatMessage>, ChatMessage> Calls(params (string Function, object Arguments)[] calls) => asked => new(
        ChatRole.Assistant,
        [.. calls.Select((call, i) => new FunctionCallContent($"call_{asked.Count}_{i}", call.Function, Fields(call.Arguments)))]);

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add([.. messages]);
        Shown.Add([.. options?.Tools ?? []]);
        return Task.FromResult(new ChatResponse(answers[Math.Min(Asked.Count, answers.Length) - 1](Asked[^1])));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType.IsInstanceOfType(this) ? this : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("script") : null;

    public void Dispose()
    {
    }

    /// <summary>The results of function calls that the model was shown last.</summary>
    public IEnumerable<string> Results => Asked[^1].SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => r.Result?.ToString() ?? "");

    private static Dictionary<string, object?> Fields(object arguments) =>
        arguments.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(arguments));
}
