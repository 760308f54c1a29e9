using System.Text.Json;

namespace ContactCenterAgent.Transports.WebSocket.Wire;

/// <summary>
/// What a page says beside its sound, as JSON text: <c>{"type":"hello","version":1,"sampleRate":16000,"words":true,"ticket":"…"}</c> first; then <c>{"type":"digit","digit":"5"}</c>,
/// <c>{"type":"played","frame":12}</c> (the last frame that was heard), <c>{"type":"hangup"}</c>. A page whose browser recognises says what it understands,
/// <c>{"type":"words","final":false,"readings":[{"text":"…","confidence":0.9}]}</c>, and that it cannot go on, <c>{"type":"unable","reason":"network"}</c>.
/// </summary>
internal abstract partial record BrowserSign
{
    private BrowserSign()
    {
    }

    /// <summary>The protocol's version.</summary>
    public const int Version = 1;

    private const int ReasonCharacters = 40;

    /// <summary>The first message.</summary>
    /// <param name="Protocol">The version.</param>
    /// <param name="SampleRate">Samples a second.</param>
    /// <param name="Ticket">Lets the page call once.</param>
    /// <param name="GivesWords">The page's browser recognises, and its caller has been told what that means.</param>
    public sealed record Hello(int Protocol, int SampleRate, string? Ticket, bool GivesWords) : BrowserSign;

    /// <summary>A key.</summary>
    public sealed record Digit(char Key) : BrowserSign;

    /// <summary>How far the page has played.</summary>
    public sealed record Played(uint Frame) : BrowserSign;

    /// <summary>Goodbye.</summary>
    public sealed record HangUp : BrowserSign;

    /// <summary>The browser's recogniser cannot go on.</summary>
    /// <param name="Reason">A code of the Web Speech API (SpeechRecognitionErrorCode), or one of the page's own: small letters and hyphens.</param>
    public sealed record Unable(string Reason) : BrowserSign;

    /// <summary>One that is out of its bounds.</summary>
    /// <param name="What">Its name.</param>
    public sealed record Refused(string What) : BrowserSign;

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
                "hello" => new Hello((int)Number(root, "version"), (int)Number(root, "sampleRate"), Text(root, "ticket"), root.TryGetProperty("words", out var words) && words.ValueKind == JsonValueKind.True),
                "digit" => Text(root, "digit") is [var key] && "0123456789*#ABCD".Contains(key, StringComparison.Ordinal) ? new Digit(key) : null,
                "played" => new Played(Number(root, "frame")),
                "hangup" => new HangUp(),
                "words" => (BrowserSign?)ReadWords(root) ?? new Refused("words"),
                "unable" => Text(root, "reason") is { Length: >= 1 and <= ReasonCharacters } reason && reason.All(c => c is '-' or (>= 'a' and <= 'z')) ? new Unable(reason) : new Refused("reason"),
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
