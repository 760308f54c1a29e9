using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Simulation;

/// <summary>What a recogniser and a voice detector make of a turn: words with times, then partials, finals and voice activity.</summary>
/// <param name="Utterances">Utterances, each of words; times are since the turn began.</param>
internal sealed record ScriptSpeech(ImmutableArray<ImmutableArray<ScriptSpeech.Spoken>> Utterances)
{
    /// <summary>A partial follows the word it ends with.</summary>
    internal static readonly TimeSpan PartialLag = TimeSpan.FromMilliseconds(150);

    /// <summary>A final follows the last word of its utterance.</summary>
    internal static readonly TimeSpan FinalLag = TimeSpan.FromMilliseconds(300);

    /// <summary>A pause of this length ends an utterance.</summary>
    private static readonly TimeSpan UtteranceGap = TimeSpan.FromMilliseconds(700);

    /// <summary>A pause of this length is silence to a voice detector.</summary>
    private static readonly TimeSpan VoiceGap = TimeSpan.FromMilliseconds(250);

    /// <summary>Words that must follow before a partial's word counts as stable.</summary>
    private const int StableAfter = 3;

    /// <summary>Words that must follow before a misheard word is put right.</summary>
    private const int RightAfter = 2;

    /// <summary>One word as said, as misheard first, and whether only the final puts it right.</summary>
    internal sealed record Spoken(string Text, string? Misheard, bool UntilFinal, TimeSpan Start, TimeSpan End);

    /// <summary>When the last word ends.</summary>
    internal TimeSpan End => Utterances.IsEmpty ? TimeSpan.Zero : Utterances[^1][^1].End;

    /// <summary>All words as said.</summary>
    internal string Text => string.Join(' ', Utterances.SelectMany(u => u).Select(w => w.Text));

    /// <exception cref="FormatException">The markup is wrong; the message says how.</exception>
    internal static ScriptSpeech Of(ScriptTurn turn, int wpm)
    {
        var words = turn.Say is { } say ? Read(say, turn.Wpm ?? wpm)
            : [.. turn.Words.Select(w => new Spoken(w.Text, null, false, TimeSpan.FromMilliseconds(w.StartMs), TimeSpan.FromMilliseconds(w.EndMs)))];
        var utterances = ImmutableArray.CreateBuilder<ImmutableArray<Spoken>>();
        var utterance = ImmutableArray.CreateBuilder<Spoken>();
        foreach (var word in words)
        {
            if (word.End < word.Start || (utterance.Count > 0 && word.Start < utterance[^1].End)) throw new FormatException($"the times of \"{word.Text}\" go backwards");
            if (utterance.Count > 0 && word.Start - utterance[^1].End >= UtteranceGap)
            {
                utterances.Add(utterance.ToImmutable());
                utterance.Clear();
            }

            utterance.Add(word);
        }

        if (utterance.Count > 0) utterances.Add(utterance.ToImmutable());
        return new(utterances.ToImmutable());
    }

    /// <summary>Everything that the line reports of this turn, in order.</summary>
    /// <param name="began">Call time at which the turn began.</param>
    /// <param name="alternatives">Of the last utterance.</param>
    internal IEnumerable<(TimeSpan At, CallEvent Happened)> Events(TimeSpan began, ImmutableArray<string> alternatives)
    {
        var events = new List<(TimeSpan At, CallEvent Happened)>();
        Spoken? before = null;
        foreach (var utterance in Utterances)
        {
            for (var i = 0; i < utterance.Length; i++)
            {
                var word = utterance[i];
                if (before is null || word.Start - before.End >= VoiceGap)
                {
                    if (before is not null) events.Add((began + before.End, new SpeechEnded(default)));
                    events.Add((began + word.Start, new SpeechStarted(default)));
                }

                events.Add((began + word.End + PartialLag, new PartialHeard(default, Partial(utterance, i + 1, began))));
                before = word;
            }

            var last = ReferenceEquals(utterance[^1], Utterances[^1][^1]);
            events.Add((began + utterance[^1].End + FinalLag, new FinalHeard(default, Final(utterance, began, last ? alternatives : []))));
        }

        if (before is not null) events.Add((began + before.End, new SpeechEnded(default)));
        return events.OrderBy(e => e.At);
    }

    private static Transcript Partial(ImmutableArray<Spoken> words, int count, TimeSpan began) => new(
        [.. words.Take(count).Select((w, i) =>
        {
            var after = count - 1 - i;
            var wrong = w.Misheard is not null && (w.UntilFinal || after < RightAfter);
            return new Word(wrong ? w.Misheard! : w.Text, began + w.Start, began + w.End, Stable: !wrong && after >= StableAfter);
        })],
        []);

    private static Transcript Final(ImmutableArray<Spoken> words, TimeSpan began, ImmutableArray<string> alternatives) =>
        new([.. words.Select(w => new Word(w.Text, began + w.Start, began + w.End, Stable: true))], alternatives);

    private static List<Spoken> Read(string say, int wpm)
    {
        var words = new List<Spoken>();
        var at = TimeSpan.Zero;
        foreach (var token in say.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (token is ['[', .. var pause, ']'])
            {
                at += int.TryParse(pause, out var ms) && ms is > 0 and <= 60_000
                    ? TimeSpan.FromMilliseconds(ms)
                    : throw new FormatException($"{token} is no pause: [400] is one of 400 ms");
                continue;
            }

            var (text, misheard, untilFinal) = ReadWord(token);
            var took = TimeSpan.FromMilliseconds(Math.Round(60_000.0 / wpm * Math.Clamp((text.Length + 1) / 5.7, 0.5, 2)));
            words.Add(new(text, misheard, untilFinal, at, at + took));
            at += took;
        }

        return words;
    }

    private static (string Text, string? Misheard, bool UntilFinal) ReadWord(string token)
    {
        if (!token.Contains('{') && !token.Contains('}')) return (token, null, false);
        var (open, bar, close) = (token.IndexOf('{'), token.IndexOf('|'), token.IndexOf('}'));
        if (open != 0 || bar <= 1 || close <= bar + 1) throw new FormatException($"{token} is no misheard word: {{fifteen|fifty}} is one, without spaces");
        var untilFinal = token[close - 1] == '!';
        var text = token[(bar + 1)..(untilFinal ? close - 1 : close)] + token[(close + 1)..];
        return (text, token[1..bar], untilFinal);
    }
}
