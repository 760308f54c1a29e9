using System.Text.Json;

namespace ContactCenterAgent.Transports.WebSocket.Wire;

/// <summary>What a stream is.</summary>
/// <param name="Stream">The stream's id; goes into every message back.</param>
/// <param name="Call">The call's id.</param>
/// <param name="Parameters">What the answer to the webhook gave it to carry.</param>
internal sealed record TwilioStart(string Stream, string Call, IReadOnlyDictionary<string, string> Parameters)
{
    private const int ParametersMax = 64;

    /// <summary>Reads a start message. Other encodings than Twilio's own are those of its imitators: refused by name.</summary>
    /// <returns>The start, or what is wrong with it.</returns>
    public static (TwilioStart? Start, string? Failure) Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        if (!document.RootElement.TryGetProperty("start", out var start) || start.ValueKind != JsonValueKind.Object) return (null, "start");
        var stream = Text(start, "streamSid");
        if (!IsId(stream) || Text(start, "callSid") is not { } call || !IsId(call)) return (null, "start");
        if (!start.TryGetProperty("mediaFormat", out var format) || format.ValueKind != JsonValueKind.Object) return (null, "start");
        if (Text(format, "encoding") != "audio/x-mulaw") return (null, "encoding");
        if (Number(format, "sampleRate") != 8_000) return (null, "rate");
        if (Number(format, "channels") != 1) return (null, "channels");
        return (new(stream!, call, ParametersOf(start)), null);
    }

    private static Dictionary<string, string> ParametersOf(JsonElement start)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!start.TryGetProperty("customParameters", out var custom) || custom.ValueKind != JsonValueKind.Object) return parameters;
        foreach (var one in custom.EnumerateObject().Take(ParametersMax))
            if (one.Value.ValueKind == JsonValueKind.String) parameters[one.Name] = one.Value.GetString()!;
        return parameters;
    }

    /// <summary>An id goes back into JSON as it came: it holds nothing that would need care there.</summary>
    private static bool IsId(string? text) => text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string? Text(JsonElement at, string name) => at.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Number(JsonElement at, string name) => at.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
}
