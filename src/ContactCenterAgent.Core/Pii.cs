using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContactCenterAgent.Core;

/// <summary>
/// A value about a person: a number, a name, words, digits, an argument. It prints as <c>[redacted]</c>, so that it cannot reach a log by
/// accident; whoever may see it asks for <see cref="Value"/> by name. As JSON it is <c>"[redacted]"</c> too, but in the journal, which encrypts it.
/// </summary>
/// <typeparam name="T">Any type.</typeparam>
/// <param name="Value">The value itself.</param>
[JsonConverter(typeof(RedactedJson))]
public readonly record struct Pii<T>(T Value)
{
    /// <summary>Always <c>[redacted]</c>.</summary>
    public override string ToString() => "[redacted]";
}

/// <summary>Makes <see cref="Pii{T}"/> without naming its type.</summary>
public static class Pii
{
    /// <summary>Wraps a value about a person.</summary>
    public static Pii<T> Of<T>(T value) => new(value);
}

/// <summary>Writes any <see cref="Pii{T}"/> as <c>"[redacted]"</c>. Serialisers that may show the value bring a converter of their own, which wins.</summary>
public sealed class RedactedJson : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Pii<>);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Redacted<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Redacted<T> : JsonConverter<Pii<T>>
    {
        public override Pii<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("A personal value cannot be read back: it was redacted when it was written.");

        public override void Write(Utf8JsonWriter writer, Pii<T> value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
