using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Speech.Recognisers;
using ContactCenterAgent.Transports.WebSocket.Browser;

namespace ContactCenterAgent.Host.Sound;

/// <summary>The recognisers as the operator has them.</summary>
internal static class Recognisers
{
    /// <summary>Makes them; no server is asked yet.</summary>
    /// <returns>Null: there are none, callers use the keypad.</returns>
    /// <exception cref="SettingException">One lacks its key, or its address is of the wrong kind.</exception>
    public static ISpeechToText? Of(IConfiguration configuration, HttpClient http, TimeProvider time, ILogger log)
    {
        var speech = configuration.Of<SpeechSettings>();
        if (speech.Recognisers.Length == 0) return null;
        var made = speech.Recognisers.Select((r, i) => Make($"Speech:Recognisers:{i}", r, configuration, http, time)).ToList();
        return InOrder(made, speech, time, log);
    }

    /// <summary>Several as one: who cannot go on is replaced by the next.</summary>
    public static ISpeechToText InOrder(IReadOnlyList<ISpeechToText> recognisers, SpeechSettings speech, TimeProvider time, ILogger log) =>
        new FallbackRecogniser(recognisers, new() { SpeechMax = speech.DeafAfter, Rest = speech.Rest, Voice = speech.Audio.Voice }, time, log);

    /// <summary>What to tell the operator: kinds and addresses, in their order.</summary>
    public static string Say(SpeechSettings speech) =>
        speech.Recognisers.Length == 0 ? "nobody (Speech:Recognisers is empty): callers use the keypad"
        : string.Join(", then ", speech.Recognisers.Select(r => $"{r.Kind} at {Server(r)}")) + ", then the keypad";

    /// <summary>What to tell the operator of pages that recognise for themselves.</summary>
    /// <returns>Null: none do.</returns>
    public static string? SayPages(BrowserOptions pages, SpeechSettings speech) =>
        pages is { Enabled: true, Recogniser: PageRecogniser.Browser }
            ? $"the browser's own recogniser ({pages.Language}; it may send callers' voices to its maker), then " + (speech.Recognisers.Length == 0 ? "the keypad" : Say(speech))
            : null;

    private static ISpeechToText Make(string path, RecogniserSettings recogniser, IConfiguration configuration, HttpClient http, TimeProvider time)
    {
        var address = Address(path, recogniser);
        var vendor = recogniser is { Endpoint: null, Kind: RecogniserKind.Realtime or RecogniserKind.Transcription } ? "OPENAI_API_KEY" : null;
        var key = configuration.Need(path, recogniser.ApiKeyEnvironment, vendor);
        return recogniser.Kind switch
        {
            RecogniserKind.Sherpa => new SherpaRecogniser(new() { Address = address, SampleRate = recogniser.SampleRate ?? 16_000 }, time),
            RecogniserKind.Realtime => new RealtimeTranscription(Realtime(recogniser, address, key), time),
            RecogniserKind.Transcription => new TranscriptionRecogniser(http, Transcription(recogniser, address, key), time),
            _ => new VoskRecogniser(new() { Address = address, SampleRate = recogniser.SampleRate ?? 16_000, Alternatives = recogniser.Alternatives }, time),
        };
    }

    private static RealtimeOptions Realtime(RecogniserSettings recogniser, Uri address, string? key)
    {
        var options = new RealtimeOptions { Address = address, ApiKey = key, KeyHeader = recogniser.KeyHeader, Language = recogniser.Language };
        if (recogniser.Model is not null) options.Model = recogniser.Model;
        if (recogniser.SampleRate is { } rate) options.SampleRate = rate;
        return options;
    }

    private static TranscriptionOptions Transcription(RecogniserSettings recogniser, Uri address, string? key)
    {
        var options = new TranscriptionOptions { Address = address, ApiKey = key, Language = recogniser.Language, WordTimes = recogniser.WordTimes, PartialEvery = recogniser.PartialEvery };
        if (recogniser.Model is not null) options.Model = recogniser.Model;
        return options;
    }

    private static Uri Address(string path, RecogniserSettings recogniser)
    {
        var address = new Uri(Server(recogniser));
        var isHttp = address.Scheme is "http" or "https";
        if (isHttp == (recogniser.Kind == RecogniserKind.Transcription)) return address;
        throw new SettingException($"{path}:Endpoint has a value that is not allowed. Allowed: {(isHttp ? "an address like ws://127.0.0.1:2700" : "an address like http://127.0.0.1:8080/v1/audio/transcriptions")}.");
    }

    private static string Server(RecogniserSettings recogniser) => recogniser.Endpoint ?? recogniser.Kind switch
    {
        RecogniserKind.Sherpa => "ws://127.0.0.1:6006",
        RecogniserKind.Realtime => new RealtimeOptions().Address!.AbsoluteUri,
        RecogniserKind.Transcription => new TranscriptionOptions().Address.AbsoluteUri,
        _ => "ws://127.0.0.1:2700",
    };
}
