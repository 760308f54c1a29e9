using System.ComponentModel.DataAnnotations;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Media.Recording;

namespace ContactCenterAgent.Speech.Voices;

/// <summary>A Piper server (<c>python3 -m piper.http_server</c>, port 5000).</summary>
public sealed class PiperOptions
{
    /// <summary>Where texts are posted to.</summary>
    /// <value>Default <c>http://127.0.0.1:5000/</c>; newer servers take <c>/synthesize</c>.</value>
    [Required]
    public Uri Address { get; set; } = new("http://127.0.0.1:5000/");

    /// <summary>The voice by its name; null = the one that the server was started with.</summary>
    public string? Voice { get; set; }

    /// <summary>Samples a second of the voice: 16000 for low and x-low ones, 22050 for medium and high ones.</summary>
    /// <value>8000 to 48000. Default 22050.</value>
    [Range(8000, 48_000)]
    public int SampleRate { get; set; } = 22_050;

    /// <summary>How long the server may take to answer.</summary>
    /// <value>200 ms to 10 s. Default 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:10")]
    public TimeSpan AnswerMax { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>Speaks with Piper over HTTP: JSON with the text in, a WAV out (OHF-Voice/piper1-gpl, docs/API_HTTP.md).</summary>
/// <param name="http">For the server; the caller owns it.</param>
/// <param name="options">The server.</param>
/// <param name="time">A clock.</param>
public sealed class PiperVoice(HttpClient http, PiperOptions options, TimeProvider time) : HttpVoice(http, options.AnswerMax, time)
{
    private const int HeadMax = 4096;

    /// <inheritdoc/>
    public override int SampleRate => options.SampleRate;

    private protected override HttpRequestMessage Request(string text)
    {
        var body = new JsonObject { ["text"] = text };
        if (options.Voice is not null) body["voice"] = options.Voice;
        return new(HttpMethod.Post, options.Address) { Content = JsonContent.Create(body) };
    }

    private protected override async ValueTask<PcmStream> OpenAsync(Stream body, CancellationToken cancellationToken)
    {
        var head = new byte[HeadMax];
        for (var held = 0; ;)
        {
            var wrong = WavFormat.Read(head.AsSpan(0, held), out var format);
            if (format is not null)
            {
                if (format.SampleRate != SampleRate || format.Channels != 1) throw new VoiceException($"The voice has {format.SampleRate} samples a second, {SampleRate} are configured.");
                var pcm = new PcmStream(body, SampleRate);
                pcm.Prepend(head.AsSpan(format.DataStart, held - format.DataStart));
                return pcm;
            }

            var count = wrong == WavFormat.MoreNeeded && held < HeadMax ? await body.ReadAsync(head.AsMemory(held, Math.Min(64, HeadMax - held)), cancellationToken) : 0;
            if (count == 0) throw new VoiceException($"The server gave no sound: {wrong}");
            held += count;
        }
    }
}
