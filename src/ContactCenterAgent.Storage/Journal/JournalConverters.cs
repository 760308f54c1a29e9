using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>Writes a personal value as it is. For the journal only.</summary>
internal sealed class ShownPiiConverter<T> : JsonConverter<Pii<T>>
{
    public override Pii<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)))!);

    public override void Write(Utf8JsonWriter writer, Pii<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
}

/// <summary>A dictionary by name in ordinal order, whatever the culture: digests and replays depend on the order.</summary>
internal sealed class OrdinalDictionaryConverter<T> : JsonConverter<ImmutableSortedDictionary<string, T>>
{
    public override ImmutableSortedDictionary<string, T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("Expected an object.");
        var read = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        var value = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            read[name] = JsonSerializer.Deserialize(ref reader, value)!;
        }

        return read.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, T> value, JsonSerializerOptions options)
    {
        var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        writer.WriteStartObject();
        foreach (var (name, item) in value.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, item, type);
        }

        writer.WriteEndObject();
    }
}

/// <summary>A word as <c>["text", start, end, stable]</c>, times in ticks: partials repeat their words, so they are kept short.</summary>
internal sealed class WordConverter : JsonConverter<Word>
{
    public override Word Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("Expected a word.");
        reader.Read();
        var text = reader.GetString()!;
        reader.Read();
        var start = TimeSpan.FromTicks(reader.GetInt64());
        reader.Read();
        var end = TimeSpan.FromTicks(reader.GetInt64());
        reader.Read();
        var stable = reader.GetBoolean();
        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray ? new(text, start, end, stable) : throw new JsonException("A word has four parts.");
    }

    public override void Write(Utf8JsonWriter writer, Word value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Text);
        writer.WriteNumberValue(value.Start.Ticks);
        writer.WriteNumberValue(value.End.Ticks);
        writer.WriteBooleanValue(value.Stable);
        writer.WriteEndArray();
    }
}

/// <summary>A length of time in ticks of 100 ns: exact, so that a replay is.</summary>
internal sealed class TicksConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeSpan.FromTicks(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Ticks);
}

/// <summary>An id as its text.</summary>
internal sealed class TextConverter<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return read(reader.GetString()!);
        }
        catch (Exception error) when (error is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new JsonException($"Not a {typeof(T).Name}.", error);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
}

/// <summary>A counted id as its number.</summary>
internal sealed class NumberConverter<T>(Func<T, int> write, Func<int, T> read) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(write(value));
}
