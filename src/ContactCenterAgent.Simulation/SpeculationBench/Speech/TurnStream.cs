using System.Collections.Immutable;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;

namespace ContactCenterAgent.Simulation.SpeculationBench.Speech;

/// <summary>
/// Makes spoken words of a recorded turn, as hard as the options say. A function of seed, dialogue, turn and options: every policy hears the same.
/// </summary>
internal static class TurnStream
{
    /// <summary>Recorded words have keys below this, added ones above.</summary>
    private const int AddedKeys = 10_000;

    private const int ShortestMs = 120, LongestMs = 600, FastestMsALetter = 60, SlowestMsALetter = 90;

    /// <param name="dialogue">Whose id is part of the key.</param>
    /// <param name="turn">A caller's.</param>
    /// <param name="options">How hard.</param>
    /// <param name="values">Where wrong values come from.</param>
    public static StreamedTurn Of(RecordedDialogue dialogue, RecordedTurn turn, SpeechOptions options, WrongValues values)
    {
        var stream = new Builder(new(options.Seed, dialogue.Id, turn.Index), options, values);
        SpokenWord? before = null;
        foreach (var word in SpokenWords.Of(turn))
        {
            stream.Wait((word.From - (before?.To ?? TimeSpan.Zero)) * options.Pace);
            stream.Add(word, before);
            before = word;
        }

        return stream.Done(turn.Index);
    }

    private sealed class Builder(SpeechDraws draws, SpeechOptions options, WrongValues values)
    {
        private readonly ImmutableArray<StreamedWord>.Builder _words = ImmutableArray.CreateBuilder<StreamedWord>();
        private ImmutableArray<WrongValue> _taken = [];
        private TimeSpan _at;

        public void Wait(TimeSpan pause) => _at += pause;

        public void Add(SpokenWord word, SpokenWord? before)
        {
            if (before is not null) Wait(Pauses.Between(before, word, options.Pauses, draws));
            var first = Disfluencies.Of(word, options.Disfluency, draws, _taken.IsEmpty ? values : null);
            var place = _words.Count;
            var key = AddedKeys * (word.Source + 1);
            foreach (var said in first.Said) Say(said, Length(said, key), -1, key++);
            if (first.Wrong is { } wrong)
            {
                _taken = [wrong with { First = place, Last = _words.Count - 1 }];
                Wait(Pauses.BehindWrongValue(word, options.Pauses, draws));
                foreach (var said in first.Cue) Say(said, Length(said, key), -1, key++);
            }

            Say(word.Text, word.To - word.From, word.Source, word.Source);
        }

        public StreamedTurn Done(int turn) => new(turn, _words.ToImmutable(), _taken);

        private TimeSpan Length(string word, int key) =>
            TimeSpan.FromMilliseconds(Math.Clamp(Math.Round(word.Length * draws.Between("letter", key, FastestMsALetter, SlowestMsALetter).TotalMilliseconds), ShortestMs, LongestMs));

        private void Say(string text, TimeSpan length, int source, int key)
        {
            var misheard = draws.Chance("misheard", key, options.Unstable) ? MisheardWords.Of(text, draws.Even("heard as", key)) : null;
            var end = _at + (length * (options.Pace * (1 + (options.Jitter * ((2 * draws.Even("jitter", key)) - 1)))));
            _words.Add(new(text, _at, end, source, misheard));
            _at = end;
        }
    }
}
