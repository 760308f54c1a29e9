using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Speech.Tests.Conformance;

/// <summary>What every voice does, whoever makes the sound.</summary>
public abstract class VoiceConformance
{
    private const string Text = "Your appointment is on Thursday the twelfth of March at half past two.";

    /// <summary>Makes the voice.</summary>
    protected abstract ITextToSpeech Voice();

    /// <summary>The voice speaks so fast or slow that its sound has a length that depends on its words.</summary>
    protected virtual bool HasPace => true;

    private static async Task<List<SpokenAudio>> SpeakAsync(ITextToSpeech voice, string text, CancellationToken cancellationToken = default)
    {
        var pieces = new List<SpokenAudio>();
        await foreach (var piece in voice.SpeakAsync(text, cancellationToken)) pieces.Add(piece);
        return pieces;
    }

    [Fact]
    public virtual async Task Speak_ASentence_IsSoundWithCharactersThatRiseToTheEnd()
    {
        var voice = Voice();
        var pieces = await SpeakAsync(voice, Text);

        pieces.ShouldAllBe(p => p.Samples.Length > 0);
        pieces.Select(p => p.Characters).ShouldBeInOrder();
        pieces[^1].Characters.ShouldBe(Text.Length);
        short[] samples = [.. pieces.SelectMany(p => p.Samples.ToArray())];
        Level.Decibels(Level.Power(samples)).ShouldBeGreaterThan(-45);
        if (HasPace) ((double)samples.Length / voice.SampleRate).ShouldBeInRange(2, 10);
    }

    [Fact]
    public virtual async Task Speak_Nothing_IsNothing() => (await SpeakAsync(Voice(), " ")).ShouldBeEmpty();

    [Fact]
    public virtual async Task Speak_Cancelled_StopsAndSpeaksAgain()
    {
        var voice = Voice();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await SpeakAsync(voice, Text, cancel.Token);
            cancel.Token.ThrowIfCancellationRequested();
        });
        (await SpeakAsync(voice, Text)).ShouldNotBeEmpty();
    }

    [Fact]
    public virtual async Task Speak_LeftInTheMiddle_CanBeUsedAgain()
    {
        var voice = Voice();
        await foreach (var piece in voice.SpeakAsync(Text, default))
        {
            piece.Samples.Length.ShouldBeGreaterThan(0);
            break;
        }

        (await SpeakAsync(voice, Text))[^1].Characters.ShouldBe(Text.Length);
    }

    [Fact]
    public virtual async Task Speak_SeveralAtOnce_AreAllWhole()
    {
        var voice = Voice();
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SpeakAsync(voice, Text)));
        all.Select(pieces => pieces[^1].Characters).ShouldAllBe(c => c == Text.Length);
        all.Select(pieces => pieces.Sum(p => p.Samples.Length)).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public virtual async Task Speak_SignsAndOptions_AreWordsAndNothingElse()
    {
        (await SpeakAsync(Voice(), "--version & rm \"$HOME\" <b>ok</b>")).ShouldNotBeEmpty();
    }
}
