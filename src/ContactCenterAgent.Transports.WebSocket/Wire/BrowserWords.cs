using System.Collections.Immutable;
using System.Text.Json;

namespace ContactCenterAgent.Transports.WebSocket.Wire;

/// <summary>What a page's browser has understood. It is as little to be trusted as whoever speaks.</summary>
internal abstract partial record BrowserSign
{
    /// <summary>Readings of an utterance at most.</summary>
    public const int ReadingsMax = 5;

    /// <summary>Characters of a reading at most.</summary>
    public const int ReadingCharacters = 1_000;

    /// <summary>Characters of a word at most, as on the typed line.</summary>
    public const int WordCharacters = 64;

    /// <summary>Words of an utterance: all that has been understood of it so far.</summary>
    /// <param name="Final">They will not change any more.</param>
    /// <param name="Readings">At least one, the best first; each has at least one word, single spaces between, and none is there twice.</param>
    public sealed record Words(bool Final, ImmutableArray<string> Readings) : BrowserSign
    {
        /// <summary>Words are personal.</summary>
        public override string ToString() => $"[{Readings.Length} readings]";
    }

    /// <returns>Null: it is out of its bounds.</returns>
    private static Words? ReadWords(JsonElement root)
    {
        if (!root.TryGetProperty("final", out var final) || final.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return null;
        if (!root.TryGetProperty("readings", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > ReadingsMax) return null;
        var readings = new List<(string Text, double Confidence)>();
        foreach (var one in list.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Object || Said(Text(one, "text")) is not { } text || Confidence(one) is not { } confidence) return null;
            readings.Add((text, confidence));
        }

        // The first is what the recogniser says; a browser may leave the rivals' confidence out, and then their order is all there is to go by.
        return new(final.GetBoolean(), [.. readings.Take(1).Concat(readings.Skip(1).OrderByDescending(r => r.Confidence)).Select(r => r.Text).Distinct(StringComparer.Ordinal)]);
    }

    /// <returns>The words, single spaces between; null: there are none, or they are out of their bounds.</returns>
    private static string? Said(string? text)
    {
        if (text is null or { Length: > ReadingCharacters } || text.Any(c => char.IsControl(c) && !char.IsWhiteSpace(c))) return null;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && words.All(w => w.Length <= WordCharacters) ? string.Join(' ', words) : null;
    }

    /// <returns>0 where it is not given; null: it is no number from 0 to 1.</returns>
    private static double? Confidence(JsonElement reading)
    {
        if (!reading.TryGetProperty("confidence", out var value) || value.ValueKind == JsonValueKind.Null) return 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var confidence) && confidence is >= 0 and <= 1 ? confidence : null;
    }
}
