using System.Text.Json;

namespace ContactCenterAgent.Transports.WebSocket.Wire;

/// <summary>
/// What a page says beside its sound, as JSON text: <c>{"type":"hello","version":1,"sampleRate":16000,"ticket":"…"}</c> first; then <c>{"type":"digit","digit":"5"}</c>,
/// <c>{"type":"played","frame":12}</c> (the last frame that was heard), <c>{"type":"hangup"}</c>.
/// </summary>
internal abstract record BrowserSign
{
    private BrowserSign()
    {
    }

    /// <summary>The protocol's version.</summary>
    public const int Version = 1;

    /// <summary>The first message.</summary>
    public sealed record Hello(int Protocol, int SampleRate, string? Ticket) : BrowserSign;

    /// <summary>A key.</summary>
    public sealed record Digit(char Key) : BrowserSign;

    /// <summary>How far the page has played.</summary>
    public sealed record Played(uint Frame) : BrowserSign;

    /// <summary>Goodbye.</summary>
    public sealed record HangUp : BrowserSign;

    /// <summary>One of a later version.</summary>
    public sealed record Other : BrowserSign;

    /// <summary>Reads a message.</summary>
    /// <returns>Null: it is none.</returns>
    public static BrowserSign? Read(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message);
            using var json = JsonDocument.ParseValue(ref reader);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            return Text(root, "type") switch
            {
                "hello" => new Hello((int)Number(root, "version"), (int)Number(root, "sampleRate"), Text(root, "ticket")),
                "digit" => Text(root, "digit") is [var key] && "0123456789*#ABCD".Contains(key, StringComparison.Ordinal) ? new Digit(key) : null,
                "played" => new Played(Number(root, "frame")),
                "hangup" => new HangUp(),
                null => null,
                _ => new Other(),
            };
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static uint Number(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out var number) ? number : 0;
}
