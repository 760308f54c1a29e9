using ContactCenterAgent.AudioLoop.Tests;
using ContactCenterAgent.Speech.Voices;

namespace ContactCenterAgent.Browser.Tests;

/// <summary>A test that needs a browser and a voice to speak into it; without one of them it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EspeakChromiumFactAttribute : FactAttribute
{
    public EspeakChromiumFactAttribute() => Skip = Missing;

    /// <summary>What is missing; null = nothing.</summary>
    public static string? Missing { get; } =
        ChromiumFactAttribute.Chromium is null ? "Chromium is missing: apt-get install chromium, or set CHROMIUM_PATH."
        : !EspeakVoice.IsInstalled(new()) ? "espeak-ng is missing: apt-get install espeak-ng."
        : null;
}

/// <summary>A test that also needs a second voice and somebody who understands it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LoopChromiumFactAttribute : FactAttribute
{
    public LoopChromiumFactAttribute() => Skip = EspeakChromiumFactAttribute.Missing ?? new LoopFactAttribute().Skip;
}
