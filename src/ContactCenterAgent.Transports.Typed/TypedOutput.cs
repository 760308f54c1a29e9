using System.Text.Json.Serialization;

namespace ContactCenterAgent.Transports.Typed;

/// <summary>What a typing caller sees; the <c>type</c> of the JSON message is the name in lower case.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(Say), "say")]
[JsonDerivedType(typeof(Playing), "playing")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Transfer), "transfer")]
[JsonDerivedType(typeof(Error), "error")]
[JsonDerivedType(typeof(Closed), "closed")]
internal abstract record TypedOutput
{
    /// <summary>The agent has answered.</summary>
    internal sealed record Open : TypedOutput;

    /// <summary>A prompt began to play.</summary>
    internal sealed record Say(int Prompt, string Kind, string Text) : TypedOutput;

    /// <summary>Characters of a prompt that have been heard so far.</summary>
    internal sealed record Playing(int Prompt, int Characters) : TypedOutput;

    /// <summary>A prompt ended; fewer characters than it has: it was cut off.</summary>
    internal sealed record Said(int Prompt, int Characters) : TypedOutput;

    /// <summary>The call goes to a person.</summary>
    internal sealed record Transfer(string Reason) : TypedOutput;

    /// <summary>An input was not understood; the call goes on.</summary>
    internal sealed record Error(string Message) : TypedOutput;

    /// <summary>The call is over.</summary>
    internal sealed record Closed : TypedOutput;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TypedOutput))]
internal sealed partial class TypedJson : JsonSerializerContext;
