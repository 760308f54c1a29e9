using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Speech.Voices;

namespace ContactCenterAgent.Host.Sound;

/// <summary>The voices as the operator has them, each with a memory of its own, so that no sentence is kept in another one's voice.</summary>
internal sealed class Voices
{
    private readonly CachedVoice _first;

    private Voices(ITextToSpeech voice, CachedVoice first, string says, bool hasTones) => (Voice, _first, Says, HasTones) = (voice, first, says, hasTones);

    /// <summary>Speaks.</summary>
    public ITextToSpeech Voice { get; }

    /// <summary>What to tell the operator: kinds and addresses, in their order.</summary>
    public string Says { get; }

    /// <summary>A prompt may come out as tones, which tell nobody anything.</summary>
    public bool HasTones { get; }

    /// <summary>Makes them; no server is asked yet.</summary>
    /// <exception cref="SettingException">One lacks its key.</exception>
    public static Voices Of(IConfiguration configuration, HttpClient http, TimeProvider time, ILogger log)
    {
        var speech = configuration.Of<SpeechSettings>();
        var made = speech.Voices.Select((v, i) => Make($"Speech:Voices:{i}", v, configuration, http, time)).ToList();
        if (made.Count == 0)
        {
            made.Add(InstalledVoice.Find(new EspeakOptions(), log) is EspeakVoice espeak ? (espeak, "espeak-ng") : (new ToneVoice(), "tones (espeak-ng is not installed)"));
        }
        else if (!speech.Voices.Any(v => v.Kind is VoiceKind.Espeak or VoiceKind.Tone) && EspeakVoice.IsInstalled(new()))
        {
            made.Add((new EspeakVoice(new()), "espeak-ng"));
        }

        var kept = made.Select(m => new CachedVoice(m.Voice)).ToList();
        return new(new FallbackVoice(kept, new() { PieceMax = speech.MuteAfter, Rest = speech.Rest }, time, log), kept[0], string.Join(", then ", made.Select(m => m.Says)), made.Any(m => m.Voice is ToneVoice));
    }

    /// <summary>Speaks sentences into the first voice's memory.</summary>
    public Task WarmAsync(IEnumerable<string> prompts, CancellationToken cancellationToken) => _first.WarmAsync(prompts, cancellationToken);

    private static (ITextToSpeech Voice, string Says) Make(string path, VoiceSettings voice, IConfiguration configuration, HttpClient http, TimeProvider time)
    {
        switch (voice.Kind)
        {
            case VoiceKind.Piper:
                var piper = new PiperOptions { Voice = voice.Voice, SampleRate = voice.SampleRate };
                if (voice.Endpoint is not null) piper.Address = new(voice.Endpoint);
                return (new PiperVoice(http, piper, time), $"Piper at {piper.Address}");
            case VoiceKind.OpenAI:
                var service = new OpenAIVoiceOptions { ApiKey = configuration.Need(path, voice.ApiKeyEnvironment, voice.Endpoint is null ? "OPENAI_API_KEY" : null) };
                if (voice.Endpoint is not null) service.Address = new(voice.Endpoint);
                if (voice.Model is not null) service.Model = voice.Model;
                if (voice.Voice is not null) service.Voice = voice.Voice;
                return (new OpenAIVoice(http, service, time), $"OpenAI's protocol at {service.Address}");
            case VoiceKind.Tone:
                return (new ToneVoice(), "tones");
            default:
                var espeak = new EspeakOptions { WordsAMinute = voice.WordsAMinute };
                if (voice.Voice is not null) espeak.Voice = voice.Voice;
                return EspeakVoice.IsInstalled(espeak) ? (new EspeakVoice(espeak), "espeak-ng")
                    : throw new SettingException($"{path}: {espeak.Program} is not installed (apt-get install espeak-ng).");
        }
    }
}
