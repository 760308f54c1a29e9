using ContactCenterAgent.Abstractions;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Speech.Voices;

/// <summary>The voice of this machine: espeak-ng, or tones and one line of the log that says how to get a voice.</summary>
public static partial class InstalledVoice
{
    /// <summary>Looks for espeak-ng.</summary>
    public static ITextToSpeech Find(EspeakOptions options, ILogger log)
    {
        if (EspeakVoice.IsInstalled(options)) return new EspeakVoice(options);
        LogNone(log, options.Program);
        return new ToneVoice();
    }

    [LoggerMessage(520, LogLevel.Warning, "voice.none: {Program} is not installed, callers hear tones. Get a voice: apt-get install espeak-ng, or configure a server of speech")]
    private static partial void LogNone(ILogger log, string program);
}
