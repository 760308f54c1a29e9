using System.Collections.Immutable;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Simulation.SpeculationBench.Speech;

/// <summary>
/// A recogniser and a voice detector over a streamed turn. Voice activity has no lag and hears pauses of 200 ms; a partial follows each word, a
/// final the end of an utterance. A final never comes before its utterance's last partial.
/// </summary>
internal static class SpeechEvents
{
    /// <summary>A pause of this length is silence to a voice detector.</summary>
    internal static readonly TimeSpan VoiceGap = TimeSpan.FromMilliseconds(200);

    /// <summary>Everything, in order of arrival; what arrives together is in the order in which it was said.</summary>
    public static ImmutableArray<SpeechEvent> Of(StreamedTurn turn, SpeechOptions options)
    {
        var (words, events, first) = (turn.Words, new List<SpeechEvent>(), 0);
        var finalLag = options.FinalLag > options.PartialLag ? options.FinalLag : options.PartialLag;
        for (var i = 0; i < words.Length; i++)
        {
            var gap = i == 0 ? TimeSpan.MaxValue : words[i].From - words[i - 1].To;
            if (i > 0 && gap >= VoiceGap) events.Add(new(words[i - 1].To, SpeechEventKind.VoiceEnded, i, first));
            if (i > 0 && gap > options.FinalLag)
            {
                events.Add(new(words[i - 1].To + finalLag, SpeechEventKind.Final, i, first));
                first = i;
            }

            if (gap >= VoiceGap) events.Add(new(words[i].From, SpeechEventKind.VoiceStarted, i, first));
            events.Add(new(words[i].To + options.PartialLag, SpeechEventKind.Partial, i + 1, first));
        }

        if (!words.IsEmpty)
        {
            events.Add(new(turn.Speech, SpeechEventKind.VoiceEnded, words.Length, first));
            events.Add(new(turn.Speech + finalLag, SpeechEventKind.Final, words.Length, first));
        }

        return [.. events.OrderBy(e => e.At)];
    }

    /// <summary>The words of a partial or a final as the core gets them: the present utterance's, without those that are not heard yet.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="heard">A partial or a final of it.</param>
    /// <param name="options">Those that made it.</param>
    /// <param name="began">Call time at which the turn began.</param>
    public static Transcript Heard(StreamedTurn turn, SpeechEvent heard, SpeechOptions options, TimeSpan began)
    {
        var words = ImmutableArray.CreateBuilder<Word>(heard.Words - heard.FirstWord);
        for (var i = heard.FirstWord; i < heard.Words; i++)
        {
            var word = turn.Words[i];
            var final = heard.Kind == SpeechEventKind.Final;
            var after = heard.Words - 1 - i;
            var wrong = !final && word.Misheard is not null && (after == 0 || (after == 1 && StaysWrong(turn, i, options)));
            var text = wrong ? word.Misheard! : word.Text;
            if (text.Length > 0) words.Add(new(text, began + word.From, began + word.To, Stable: final || (!wrong && (options.Unstable == 0 || after > 0))));
        }

        return new(words.ToImmutable(), []);
    }

    /// <summary>A misheard word outlives the next word in every second case.</summary>
    private static bool StaysWrong(StreamedTurn turn, int word, SpeechOptions options) =>
        new SpeechDraws(options.Seed, turn.Words[word].Text, turn.Turn).Chance("stays wrong", word, 0.5);
}
