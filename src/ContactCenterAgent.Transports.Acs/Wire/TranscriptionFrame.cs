using System.Collections.Immutable;
using System.Text.Json;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Transports.Acs.Wire;

/// <summary>Words from Azure's own recogniser (Microsoft documentation, "Add real-time transcription into your application").</summary>
internal static class TranscriptionFrame
{
    /// <summary>Below this an offset is a time since the transcription began; the service also sends moments, which mean nothing to a call.</summary>
    private const long RelativeMax = 1L << 53;

    /// <summary>Reads a message of kind TranscriptionData.</summary>
    /// <param name="json">The message.</param>
    /// <param name="heard">How much sound has come so far: where an utterance ends whose times are moments.</param>
    /// <returns><see cref="PartialHeard"/> or <see cref="FinalHeard"/>, with word times since the first sample; null = it is neither.</returns>
    public static CallEvent? Read(ReadOnlyMemory<byte> json, TimeSpan heard)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (!document.RootElement.TryGetProperty("transcriptionData", out var told) || told.ValueKind != JsonValueKind.Object) return null;
            var status = Text(told, "resultStatus");
            var final = string.Equals(status, "Final", StringComparison.OrdinalIgnoreCase);
            if (!final && !string.Equals(status, "Intermediate", StringComparison.OrdinalIgnoreCase)) return null;
            var words = new Transcript(Words(told, final, heard), []);
            return final ? new FinalHeard(default, words) : new PartialHeard(default, words);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ImmutableArray<Word> Words(JsonElement told, bool stable, TimeSpan heard)
    {
        var said = told.TryGetProperty("words", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Where(w => w.ValueKind == JsonValueKind.Object)] : new List<JsonElement>();
        if (said.Count == 0) return Spread(told, stable, heard);
        var first = Ticks(said[0], "offset");
        var last = said.Max(w => Math.Abs(Ticks(w, "offset") - first) + Ticks(w, "duration"));
        var begin = Begin(first, last, heard);
        return [.. said.Select(w => new Word(
            Text(w, "text") ?? "",
            begin + TimeSpan.FromTicks(Math.Abs(Ticks(w, "offset") - first)),
            begin + TimeSpan.FromTicks(Math.Abs(Ticks(w, "offset") - first) + Ticks(w, "duration")),
            stable)).Where(w => w.Text.Length > 0)];
    }

    /// <summary>Without words of its own the text's share the utterance's time.</summary>
    private static ImmutableArray<Word> Spread(JsonElement told, bool stable, TimeSpan heard)
    {
        var texts = (Text(told, "text") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (texts.Length == 0) return [];
        var length = Ticks(told, "duration");
        var (begin, each) = (Begin(Ticks(told, "offset"), length, heard), TimeSpan.FromTicks(length / texts.Length));
        return [.. texts.Select((text, i) => new Word(text, begin + (i * each), begin + ((i + 1) * each), stable))];
    }

    private static TimeSpan Begin(long offset, long length, TimeSpan heard)
    {
        var begin = offset < RelativeMax ? TimeSpan.FromTicks(offset) : heard - TimeSpan.FromTicks(length);
        return begin < TimeSpan.Zero ? TimeSpan.Zero : begin;
    }

    /// <summary>Ticks of 100 ns; they do not fit into a double.</summary>
    private static long Ticks(JsonElement at, string name) =>
        at.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var ticks) && ticks > 0 ? ticks : 0;

    private static string? Text(JsonElement at, string name) => at.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
