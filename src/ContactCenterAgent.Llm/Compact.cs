using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm;

/// <summary>The abstractions' JSON without white space: what a model reads is paid by the token.</summary>
internal static class Compact
{
    private static readonly JsonSerializerOptions Options = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    internal static JsonTypeInfo Of(Type type) => Options.GetTypeInfo(type);
}
