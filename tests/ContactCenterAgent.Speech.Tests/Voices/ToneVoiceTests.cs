using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Speech.Tests.Conformance;
using ContactCenterAgent.Speech.Voices;

namespace ContactCenterAgent.Speech.Tests.Voices;

public sealed class ToneVoiceTests : VoiceConformance
{
    protected override bool HasPace => false;

    protected override ITextToSpeech Voice() => new ToneVoice();
}
