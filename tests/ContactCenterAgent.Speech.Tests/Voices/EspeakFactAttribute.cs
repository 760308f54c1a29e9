using ContactCenterAgent.Speech.Voices;

namespace ContactCenterAgent.Speech.Tests.Voices;

/// <summary>A test that needs espeak-ng; without it it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EspeakFactAttribute : FactAttribute
{
    private static readonly bool Installed = EspeakVoice.IsInstalled(new());

    public EspeakFactAttribute()
    {
        if (!Installed) Skip = "espeak-ng is missing: apt-get install espeak-ng.";
    }
}
