using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;
using static ContactCenterAgent.Simulation.SpeculationBench.Speech.SpeechEventKind;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Speech;

public sealed class SpeechEventsTests
{
    private static readonly TimeSpan Began = TimeSpan.FromSeconds(5);

    [Fact]
    public void Events_OfFluentSpeech_AreAPartialAWordAndOneFinal() =>
        Lines(Turn((0, 200, "book", null), (200, 300, "a", null)), new()).ShouldBe(
        [
            "0 VoiceStarted 0/0", "300 VoiceEnded 2/0", "350 Partial 1/0: book*", "450 Partial 2/0: book* a*", "600 Final 2/0: book* a*",
        ]);

    [Fact]
    public void Word_OfAnUnstableRecogniser_IsStableWithTheNextWord() =>
        Lines(Turn((0, 200, "book", null), (200, 300, "a", null)), new() { Unstable = 0.1 })[2..].ShouldBe(
            ["350 Partial 1/0: book", "450 Partial 2/0: book* a", "600 Final 2/0: book* a*"], "one more word has been heard behind \"book\"");

    [Fact]
    public void Pause_LongerThanTheFinalsLag_EndsAnUtterance() =>
        Lines(Turn((0, 200, "yes", null), (600, 800, "but", null)), new()).ShouldBe(
        [
            "0 VoiceStarted 0/0", "200 VoiceEnded 1/0", "350 Partial 1/0: yes*", "500 Final 1/0: yes*", "600 VoiceStarted 1/1", "800 VoiceEnded 2/1",
            "950 Partial 2/1: but*", "1100 Final 2/1: but*",
        ]);

    [Theory]
    [InlineData(300, 1, 2)]
    [InlineData(200, 1, 2)]
    [InlineData(199, 1, 1)]
    [InlineData(301, 2, 2)]
    public void Pause_ByItsLength_IsSilenceOrTheEndOfAnUtterance(int pause, int finals, int voices)
    {
        var events = SpeechEvents.Of(Turn((0, 200, "yes", null), (200 + pause, 700 + pause, "but", null)), new());
        events.Count(e => e.Kind == Final).ShouldBe(finals);
        events.Count(e => e.Kind == VoiceStarted).ShouldBe(voices);
        events.Count(e => e.Kind == VoiceEnded).ShouldBe(voices);
    }

    [Fact]
    public void Word_Misheard_IsPutRightByTheNextWordOrTheOneAfter()
    {
        var options = new SpeechOptions { Unstable = 0.1 };
        var readings = Enumerable.Range(0, 40).Select(i => Lines(Turn(i, (0, 200, "fifteen", "fifty"), (200, 400, "people", null), (400, 500, "in", null)), options)
            .Where(l => l.Contains("Partial", StringComparison.Ordinal) || l.Contains("Final", StringComparison.Ordinal)).Select(l => l[(l.IndexOf(':') + 2)..]).ToList()).ToList();
        readings.ShouldAllBe(r => r[0] == "fifty" && r[2] == "fifteen* people* in" && r[3] == "fifteen* people* in*");
        readings.Select(r => r[1]).Distinct().Order(StringComparer.Ordinal).ShouldBe(["fifteen* people", "fifty people"]);
        readings.Count(r => r[1] == "fifty people").ShouldBeInRange(10, 30);
    }

    [Fact]
    public void Word_NotHeardAtFirst_IsMissingFromItsPartial() =>
        Lines(Turn((0, 200, "book", null), (200, 400, "dinner", "")), new() { Unstable = 0.1 }).ShouldBe(
            ["0 VoiceStarted 0/0", "350 Partial 1/0: book", "400 VoiceEnded 2/0", "550 Partial 2/0: book*", "700 Final 2/0: book* dinner*"]);

    [Fact]
    public void Final_OfASlowRecogniser_ComesNotBeforeItsLastPartial() =>
        Lines(Turn((0, 200, "book", null)), new() { PartialLag = TimeSpan.FromMilliseconds(500) })[2..].ShouldBe(["700 Partial 1/0: book*", "700 Final 1/0: book*"]);

    [Fact]
    public void Heard_HasCallTimes() =>
        SpeechEvents.Heard(Turn((0, 200, "book", null)), new(default, Final, 1, 0), new(), Began).Words
            .ShouldBe([new Word("book", Began, Began + TimeSpan.FromMilliseconds(200), true)]);

    [Fact]
    public void Events_OfATurnWithoutWords_AreNone() => SpeechEvents.Of(Turn(), new()).ShouldBeEmpty();

    private static StreamedTurn Turn(params (int From, int To, string Text, string? Misheard)[] words) => Turn(0, words);

    private static StreamedTurn Turn(int index, params (int From, int To, string Text, string? Misheard)[] words) =>
        new(index, [.. words.Select((w, i) => new StreamedWord(w.Text, TimeSpan.FromMilliseconds(w.From), TimeSpan.FromMilliseconds(w.To), i, w.Misheard))], []);

    /// <summary>An event a line; a star marks a stable word.</summary>
    private static List<string> Lines(StreamedTurn turn, SpeechOptions options) =>
        [.. SpeechEvents.Of(turn, options).Select(e => FormattableString.Invariant($"{e.At.TotalMilliseconds} {e.Kind} {e.Words}/{e.FirstWord}") + Words(turn, e, options))];

    private static string Words(StreamedTurn turn, SpeechEvent e, SpeechOptions options) =>
        e.Kind is Partial or Final ? ": " + string.Join(' ', SpeechEvents.Heard(turn, e, options, Began).Words.Select(w => w.Text + (w.Stable ? "*" : ""))) : "";
}
