using ContactCenterAgent.AudioLoop.Tests.Sounds;
using ContactCenterAgent.Speech.Voices;

namespace ContactCenterAgent.AudioLoop.Tests;

/// <summary>A test that needs flite and espeak-ng to speak and pocketsphinx to understand; without them it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LoopFactAttribute : FactAttribute
{
    public LoopFactAttribute()
    {
        if (!EspeakVoice.IsInstalled(new())) Skip = "espeak-ng is not installed (apt-get install espeak-ng).";
        else if (!IsInstalled(Flite.Program)) Skip = "flite is not installed (apt-get install flite).";
        else if (!IsInstalled(Pocketsphinx.Program) || !Directory.Exists(Pocketsphinx.Model)) Skip = "pocketsphinx is not installed (apt-get install pocketsphinx pocketsphinx-en-us).";
    }

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}

/// <summary>A test that needs the agent's voice; without it it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EspeakFactAttribute : FactAttribute
{
    public EspeakFactAttribute()
    {
        if (!EspeakVoice.IsInstalled(new())) Skip = "espeak-ng is not installed (apt-get install espeak-ng).";
    }
}
