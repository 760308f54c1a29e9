using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Plugins.LLamaSharp;

/// <summary>What an answer must look like: free, JSON of a schema, or the arguments of one function.</summary>
/// <param name="Grammar">GBNF with the root <c>root</c>; null = free.</param>
/// <param name="Function">The function that the answer is the arguments of; null = text.</param>
internal readonly record struct AnswerForm(string? Grammar, string? Function)
{
    // Grammars are made here only: one that cannot be read brings the native library down, and the process with it.
    internal static AnswerForm Of(ChatOptions? options)
    {
        if (options?.ToolMode is RequiredChatToolMode required && Declared(options, required.RequiredFunctionName) is { } function)
            return new(JsonGrammar.Of(function.JsonSchema), function.Name);
        return options?.ResponseFormat is ChatResponseFormatJson json ? new(JsonGrammar.Of(json.Schema), null) : new(null, null);
    }

    private static AIFunctionDeclaration? Declared(ChatOptions options, string? name) =>
        options.Tools?.OfType<AIFunctionDeclaration>().FirstOrDefault(f => name is null || f.Name == name);
}

/// <summary>Reads a function's arguments.</summary>
internal static class JsonArguments
{
    internal static IDictionary<string, object?> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value.Clone(), StringComparer.Ordinal);
    }
}
