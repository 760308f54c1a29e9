using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Simulation;
using ContactCenterAgent.Speech.Tests.Conformance;
using ContactCenterAgent.Speech.Voices;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Speech.Tests.Voices;

public sealed class FallbackVoiceTests
{
    private const string Text = "one two three four";
    private readonly VirtualTime _time = new(DateTimeOffset.UnixEpoch);

    /// <summary>Speaks as fast as it can; gives when each piece came.</summary>
    private List<(TimeSpan At, SpokenAudio Piece)> Speak(FallbackVoice voice, CancellationToken cancellationToken = default)
    {
        var pieces = new List<(TimeSpan, SpokenAudio)>();
        _time.Run(async () =>
        {
            await foreach (var piece in voice.SpeakAsync(Text, cancellationToken)) pieces.Add((_time.Elapsed, piece));
        }, TimeSpan.FromMinutes(1));
        return pieces;
    }

    private FallbackVoice Of(params ITextToSpeech[] voices) => new(voices, new(), _time, NullLogger.Instance);

    [Fact]
    public void Speak_AVoiceThatWorks_IsLeftAlone()
    {
        var second = new FakeVoice(_time);
        Speak(Of(new FakeVoice(_time), second)).Select(p => p.Piece.Characters).ShouldBe([4, 8, 14, 18]);
        second.Texts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Speak_AVoiceThatStopsInMidSentence_IsReplacedWithin1200Milliseconds_WithoutRepeating(bool throws)
    {
        var first = new FakeVoice(_time) { StopsAfter = 8, Throws = throws };
        var second = new FakeVoice(_time);
        var pieces = Speak(Of(first, second));

        pieces.Select(p => p.Piece.Characters).ShouldBe([4, 8, 14, 18]);
        pieces[2].At.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(1.2));
        second.Texts.ShouldBe(["three four"]);
        pieces.Sum(p => p.Piece.Samples.Length).ShouldBe(18 * 800);
    }

    [Fact]
    public void Speak_AfterAFailure_DoesNotAskTheBrokenVoiceForAWhile()
    {
        var first = new FakeVoice(_time) { StopsAfter = 0, Throws = true };
        var voice = Of(first, new FakeVoice(_time));
        Speak(voice);
        Speak(voice);
        first.Texts.Count.ShouldBe(1);
        _time.Run(() => Task.Delay(TimeSpan.FromSeconds(31), _time), TimeSpan.FromMinutes(1));
        Speak(voice);
        first.Texts.Count.ShouldBe(2);
    }

    [Fact]
    public void Speak_TheLastVoice_IsWaitedForLonger() =>
        Speak(Of(new FakeVoice(_time) { StopsAfter = 0 }, new FakeVoice(_time) { First = TimeSpan.FromSeconds(3) })).Select(p => p.Piece.Characters).ShouldBe([4, 8, 14, 18]);

    [Fact]
    public void Speak_NoVoiceLeft_Throws() => Should.Throw<VoiceException>(() => Speak(Of(new FakeVoice(_time) { StopsAfter = 0, Throws = true })));

    [Fact]
    public void Speak_ASecondVoiceOfAnotherRate_SoundsAtTheFirstOnes()
    {
        var pieces = Speak(Of(new FakeVoice(_time) { StopsAfter = 0, Throws = true }, new FakeVoice(_time) { SampleRate = 16_000 }));
        ((double)pieces.Sum(p => p.Piece.Samples.Length)).ShouldBe(18 * 800, 30);
    }

    [Fact]
    public void Speak_Cancelled_IsNoFailure()
    {
        using var cancel = new CancellationTokenSource();
        var second = new FakeVoice(_time);
        cancel.Cancel();
        Should.Throw<OperationCanceledException>(() => Speak(Of(new FakeVoice(_time) { First = TimeSpan.FromSeconds(0.5) }, second), cancel.Token));
        second.Texts.ShouldBeEmpty();
    }
}

/// <summary>Several voices are a voice, the first one broken or not.</summary>
public sealed class FallbackVoiceConformanceTests : VoiceConformance
{
    protected override ITextToSpeech Voice() => new FallbackVoice([new FakeVoice { StopsAfter = 0, Throws = true }, new FakeVoice()], new(), TimeProvider.System, NullLogger.Instance);
}
