using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Speech.Tests.Conformance;
using ContactCenterAgent.Speech.Voices;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Speech.Tests.Voices;

public sealed class EspeakVoiceTests : VoiceConformance, IDisposable
{
    private readonly EspeakVoice _voice = new(new());

    protected override ITextToSpeech Voice() => _voice;

    public void Dispose() => _voice.Dispose();

    [EspeakFact]
    public override Task Speak_ASentence_IsSoundWithCharactersThatRiseToTheEnd() => base.Speak_ASentence_IsSoundWithCharactersThatRiseToTheEnd();

    [EspeakFact]
    public override Task Speak_Nothing_IsNothing() => base.Speak_Nothing_IsNothing();

    [EspeakFact]
    public override Task Speak_Cancelled_StopsAndSpeaksAgain() => base.Speak_Cancelled_StopsAndSpeaksAgain();

    [EspeakFact]
    public override Task Speak_LeftInTheMiddle_CanBeUsedAgain() => base.Speak_LeftInTheMiddle_CanBeUsedAgain();

    [EspeakFact]
    public override Task Speak_SeveralAtOnce_AreAllWhole() => base.Speak_SeveralAtOnce_AreAllWhole();

    [EspeakFact]
    public override Task Speak_SignsAndOptions_AreWordsAndNothingElse() => base.Speak_SignsAndOptions_AreWordsAndNothingElse();

    [EspeakFact]
    public async Task Speak_ALongSentence_BeginsWithAShortPiece()
    {
        await foreach (var piece in _voice.SpeakAsync("This sentence is rather long, so that its first piece must not wait for the last of it.", default))
        {
            piece.Samples.Length.ShouldBeLessThanOrEqualTo(_voice.SampleRate / 20);
            break;
        }
    }

    [Fact]
    public async Task Speak_AProgramThatIsNotThere_SaysSo()
    {
        using var voice = new EspeakVoice(new() { Program = "no-such-voice" });
        EspeakVoice.IsInstalled(new() { Program = "no-such-voice" }).ShouldBeFalse();
        await Should.ThrowAsync<VoiceException>(async () =>
        {
            await foreach (var piece in voice.SpeakAsync("hello", default)) piece.Samples.Length.ShouldBe(0);
        });
    }

    [Fact]
    public async Task Speak_AProgramThatGivesNoSound_SaysSo()
    {
        using var voice = new EspeakVoice(new() { Program = "true" });
        await Should.ThrowAsync<VoiceException>(async () =>
        {
            await foreach (var piece in voice.SpeakAsync("hello", default)) piece.Samples.Length.ShouldBe(0);
        });
    }

    [Fact]
    public void Find_WithoutTheProgram_IsAToneAndALineThatSaysHowToGetAVoice()
    {
        var log = new Lines();
        InstalledVoice.Find(new() { Program = "no-such-voice" }, log).ShouldBeOfType<ToneVoice>();
        log.Written.ShouldHaveSingleItem().ShouldContain("apt-get install espeak-ng");
    }

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
