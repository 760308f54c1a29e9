using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Speech.Tests.Conformance;
using ContactCenterAgent.Speech.Voices;

namespace ContactCenterAgent.Speech.Tests.Voices;

public sealed class CachedVoiceTests : VoiceConformance
{
    private readonly FakeVoice _inner = new();
    private readonly CachedVoice _voice;

    public CachedVoiceTests() => _voice = new(_inner, samplesMax: 50_000);

    protected override ITextToSpeech Voice() => new CachedVoice(new FakeVoice());

    private async Task<int> SpeakAsync(string text)
    {
        var samples = 0;
        await foreach (var piece in _voice.SpeakAsync(text, default)) samples += piece.Samples.Length;
        return samples;
    }

    [Fact]
    public async Task Speak_TheThirdTime_ComesFromMemory()
    {
        for (var i = 0; i < 3; i++) (await SpeakAsync("one moment")).ShouldBe(8000);
        _inner.Texts.Count.ShouldBe(2);
        _voice.Hits.ShouldBe(1);
    }

    [Fact]
    public async Task Speak_AfterWarming_ComesFromMemoryAtOnce()
    {
        await _voice.WarmAsync(["hello"], default);
        await SpeakAsync("hello");
        _inner.Texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Warm_APromptOfSeveralSentences_KeepsEachAsALineAsksForIt()
    {
        await _voice.WarmAsync(["Let me find a colleague. One moment, please."], default);
        _inner.Texts.ShouldBe(["Let me find a colleague.", "One moment, please."]);
        await SpeakAsync("One moment, please.");
        _voice.Hits.ShouldBe(1);
    }

    [Fact]
    public async Task Speak_MoreThanFits_ForgetsTheLongestUnused()
    {
        await _voice.WarmAsync(["aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb", "cccccccccccccccccccc"], default);
        await SpeakAsync("aaaaaaaaaaaaaaaaaaaa");
        await _voice.WarmAsync(["dddddddddddddddddddd"], default);
        _inner.Texts.Clear();
        await SpeakAsync("aaaaaaaaaaaaaaaaaaaa");
        _inner.Texts.ShouldBeEmpty();
        await SpeakAsync("bbbbbbbbbbbbbbbbbbbb");
        _inner.Texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Speak_BrokenOff_IsNotKept()
    {
        for (var i = 0; i < 3; i++)
            await foreach (var piece in _voice.SpeakAsync("one two three", default)) break;
        (await SpeakAsync("one two three")).ShouldBe(13 * 800);
        _inner.Texts.Count.ShouldBe(4);
    }
}
