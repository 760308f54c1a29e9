using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace ContactCenterAgent.Transports.WebSocket.Wire;

/// <summary>Messages of a media stream (Twilio documentation, "Media Streams - WebSocket Messages").</summary>
internal enum TwilioEvent
{
    /// <summary>One that we do not know.</summary>
    Other,

    /// <summary>The first message.</summary>
    Connected,

    /// <summary>The second: what the stream is.</summary>
    Start,

    /// <summary>Sound.</summary>
    Media,

    /// <summary>A key.</summary>
    Dtmf,

    /// <summary>Sound up to a mark has been played, or cleared.</summary>
    Mark,

    /// <summary>The stream is over.</summary>
    Stop,
}

/// <summary>One message from Twilio. Used again for the next one: sound costs no allocation.</summary>
internal sealed class TwilioMessage
{
    /// <summary>Bytes of sound in a message at most: half a second. Twilio sends 20 ms.</summary>
    public const int SoundMax = 4_000;

    private readonly byte[] _sound = new byte[SoundMax];
    private readonly byte[] _text = new byte[(SoundMax * 4 / 3) + 4];
    private int _soundBytes;
    private string? _failure;

    /// <summary>What happened.</summary>
    public TwilioEvent Event { get; private set; }

    /// <summary>Mu-law, 8000 samples a second.</summary>
    public ReadOnlySpan<byte> Sound => _sound.AsSpan(0, _soundBytes);

    /// <summary>The caller's track; what we say ourselves is none of the ear's business.</summary>
    public bool IsInbound { get; private set; }

    /// <summary>The key.</summary>
    public char Digit { get; private set; }

    /// <summary>The mark's name.</summary>
    public string Mark { get; private set; } = "";

    /// <summary>What the stream is; of <see cref="TwilioEvent.Start"/> only.</summary>
    public TwilioStart? Start { get; private set; }

    /// <summary>Reads a message.</summary>
    /// <returns>What is wrong with it, in one word; null = nothing.</returns>
    public string? Read(ReadOnlySpan<byte> json)
    {
        (Event, _soundBytes, IsInbound, Digit, Mark, Start, _failure) = (TwilioEvent.Other, 0, true, '\0', "", null, null);
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "json";
            ReadRoot(ref reader);
            if (Event == TwilioEvent.Start && _failure is null) (Start, _failure) = TwilioStart.Read(json);
            return _failure ?? (Event == TwilioEvent.Dtmf && Digit == '\0' ? "digit" : null);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The second is thrown for text that is not UTF-8.
            return "json";
        }
    }

    private void ReadRoot(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("event"u8)) ReadEvent(ref reader);
            else if (reader.ValueTextEquals("media"u8) || reader.ValueTextEquals("dtmf"u8) || reader.ValueTextEquals("mark"u8)) ReadInner(ref reader);
            else reader.Skip();
        }
    }

    private void ReadEvent(ref Utf8JsonReader reader)
    {
        reader.Read();
        Event = reader.TokenType != JsonTokenType.String ? TwilioEvent.Other
            : reader.ValueTextEquals("media"u8) ? TwilioEvent.Media
            : reader.ValueTextEquals("mark"u8) ? TwilioEvent.Mark
            : reader.ValueTextEquals("dtmf"u8) ? TwilioEvent.Dtmf
            : reader.ValueTextEquals("start"u8) ? TwilioEvent.Start
            : reader.ValueTextEquals("stop"u8) ? TwilioEvent.Stop
            : reader.ValueTextEquals("connected"u8) ? TwilioEvent.Connected
            : TwilioEvent.Other;
    }

    private void ReadInner(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _failure = "json";
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (payload, track, digit, name) = (reader.ValueTextEquals("payload"u8), reader.ValueTextEquals("track"u8), reader.ValueTextEquals("digit"u8), reader.ValueTextEquals("name"u8));
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) reader.Skip();
            else if (payload) ReadSound(ref reader);
            else if (track) IsInbound = !reader.ValueTextEquals("outbound"u8);
            else if (digit) Digit = reader.GetString() is [var key] && "0123456789*#ABCD".Contains(key, StringComparison.Ordinal) ? key : '\0';
            else if (name) Mark = reader.GetString() ?? "";
        }
    }

    /// <summary>Some writers escape the slash of base 64.</summary>
    private void ReadSound(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan;
        if (reader.ValueIsEscaped)
        {
            if (text.Length > _text.Length)
            {
                _failure = "size";
                return;
            }

            text = _text.AsSpan(0, reader.CopyString(_text));
        }

        _failure = Base64.DecodeFromUtf8(text, _sound, out _, out _soundBytes) switch
        {
            OperationStatus.Done => _failure,
            OperationStatus.DestinationTooSmall => "size",
            _ => "encoding",
        };
    }
}
