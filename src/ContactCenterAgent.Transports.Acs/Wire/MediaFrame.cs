using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ContactCenterAgent.Transports.Acs.Wire;

/// <summary>Kinds of messages on the media socket.</summary>
internal enum MediaKind
{
    /// <summary>One that we do not know.</summary>
    Other,

    /// <summary>The first: what the sound is.</summary>
    AudioMetadata,

    /// <summary>20 ms of sound.</summary>
    AudioData,

    /// <summary>A key.</summary>
    DtmfData,

    /// <summary>The first of a transcription.</summary>
    TranscriptionMetadata,

    /// <summary>Words.</summary>
    TranscriptionData,
}

/// <summary>One message of a media socket (Microsoft documentation, "Audio streaming overview"). Used again for the next one: sound costs no allocation.</summary>
internal sealed class MediaFrame
{
    /// <summary>Bytes of sound in a message at most: 100 ms at 24000 samples a second. Azure sends 20 ms.</summary>
    public const int SoundMax = 4_800;

    private readonly byte[] _sound = new byte[SoundMax];
    private readonly byte[] _text = new byte[2 * SoundMax];
    private int _soundBytes;
    private string? _failure;

    /// <summary>What it is.</summary>
    public MediaKind Kind { get; private set; }

    /// <summary>16-bit samples.</summary>
    public ReadOnlySpan<short> Sound => MemoryMarshal.Cast<byte, short>(_sound.AsSpan(0, _soundBytes));

    /// <summary>Who speaks, by raw id; empty = everybody, mixed.</summary>
    public string Participant { get; private set; } = "";

    /// <summary>The key.</summary>
    public char Key { get; private set; }

    /// <summary>How sound is written: <c>PCM</c>.</summary>
    public string Encoding { get; private set; } = "";

    /// <summary>Samples a second.</summary>
    public int SampleRate { get; private set; }

    /// <summary>Channels.</summary>
    public int Channels { get; private set; }

    /// <summary>Bytes of a frame.</summary>
    public int Length { get; private set; }

    /// <summary>Reads a message.</summary>
    /// <returns>What is wrong with it, in one word; null = nothing.</returns>
    public string? Read(ReadOnlySpan<byte> json)
    {
        (Kind, _soundBytes, Participant, Key, Encoding, SampleRate, Channels, Length, _failure) = (MediaKind.Other, 0, "", '\0', "", 0, 0, 0, null);
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "json";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (kind, words) = (reader.ValueTextEquals("kind"u8), reader.ValueTextEquals("transcriptionData"u8));
                reader.Read();
                if (kind && reader.TokenType == JsonTokenType.String) Kind = KindOf(ref reader);
                else if (reader.TokenType == JsonTokenType.StartObject && !words) ReadInner(ref reader);
                else reader.Skip();
            }

            return _failure ?? (Kind == MediaKind.AudioData && _soundBytes % sizeof(short) != 0 ? "size" : null);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The second is thrown for text that is not UTF-8.
            return "json";
        }
    }

    private static MediaKind KindOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("AudioData"u8) ? MediaKind.AudioData
        : reader.ValueTextEquals("TranscriptionData"u8) ? MediaKind.TranscriptionData
        : reader.ValueTextEquals("DtmfData"u8) ? MediaKind.DtmfData
        : reader.ValueTextEquals("AudioMetadata"u8) ? MediaKind.AudioMetadata
        : reader.ValueTextEquals("TranscriptionMetadata"u8) ? MediaKind.TranscriptionMetadata
        : MediaKind.Other;

    private void ReadInner(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueTextEquals("data"u8) ? 'd' : reader.ValueTextEquals("participantRawID"u8) ? 'p' : reader.ValueTextEquals("encoding"u8) ? 'e'
                : reader.ValueTextEquals("sampleRate"u8) ? 'r' : reader.ValueTextEquals("channels"u8) ? 'c' : reader.ValueTextEquals("length"u8) ? 'l' : ' ';
            reader.Read();
            if (reader.TokenType == JsonTokenType.String) ReadText(name, ref reader);
            else if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number)) ReadNumber(name, number);
            else reader.Skip();
        }
    }

    private void ReadText(char name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            // A key and sound are both called data; a key is one character.
            case 'd' when reader.ValueSpan.Length == 1:
                Key = char.ToUpperInvariant((char)reader.ValueSpan[0]);
                break;
            case 'd':
                ReadSound(ref reader);
                break;
            case 'p':
                Participant = reader.GetString() ?? "";
                break;
            case 'e':
                Encoding = reader.GetString() ?? "";
                break;
        }
    }

    private void ReadNumber(char name, int number)
    {
        if (name == 'r') SampleRate = number;
        else if (name == 'c') Channels = number;
        else if (name == 'l') Length = number;
    }

    private void ReadSound(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan;
        if (reader.ValueIsEscaped && text.Length <= _text.Length) text = _text.AsSpan(0, reader.CopyString(_text));
        _failure = Base64.DecodeFromUtf8(text, _sound, out _, out _soundBytes) switch
        {
            OperationStatus.Done => _failure,
            OperationStatus.DestinationTooSmall => "size",
            _ => "encoding",
        };
    }
}
