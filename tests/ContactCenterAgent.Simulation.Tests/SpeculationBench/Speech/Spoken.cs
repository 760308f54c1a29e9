using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Speech;

/// <summary>Recorded turns by hand: every word takes 100 ms a character and touches the next; <c>[San Jose|city]</c> is a span whose canonical value is in lower case.</summary>
internal static class Spoken
{
    public const string Service = "Trips";

    public static RecordedTurn Turn(string marked, int index = 0)
    {
        var (text, spans) = ("", new List<RecordedSpan>());
        foreach (var part in marked.Split('[', ']'))
        {
            if (part.Split('|') is [var value, var slot])
            {
                spans.Add(new(slot, text.Length, text.Length + value.Length, value));
                text += value;
            }
            else
            {
                text += part;
            }
        }

        var (words, at, ms) = (new List<RecordedWord>(), 0, 0);
        foreach (var word in text.Split(' '))
        {
            words.Add(new(word, at, at + word.Length, TimeSpan.FromMilliseconds(ms), TimeSpan.FromMilliseconds(ms += word.Length * 100)));
            at += word.Length + 1;
        }

        var acts = spans.Select(s => new RecordedAct(Service, "INFORM", s.Slot, [s.Value], [s.Value.ToLowerInvariant()]));
        return new()
        {
            Index = index,
            IsCaller = true,
            Text = text,
            Words = [.. words],
            Speech = TimeSpan.FromMilliseconds(ms),
            Frames = [new(Service, "Find", [.. acts], [.. spans], System.Collections.Immutable.ImmutableSortedDictionary<string, System.Collections.Immutable.ImmutableArray<string>>.Empty)],
        };
    }

    public static RecordedDialogue Dialogue(params string[] turns) => new("d1", [Service], [.. turns.Select((t, i) => Turn(t, i))]);

    public static StreamedTurn Stream(string marked, SpeechOptions options, WrongValues? values = null)
    {
        var dialogue = Dialogue(marked);
        return TurnStream.Of(dialogue, dialogue.Turns[0], options, values ?? WrongValues.None);
    }

    public static string Text(this StreamedTurn turn) => string.Join(' ', turn.Words.Select(w => w.Text));

    /// <summary>The words with the silences between them: <c>yes [416] but</c>.</summary>
    public static string WithPauses(this StreamedTurn turn)
    {
        var (text, at) = (new System.Text.StringBuilder(), TimeSpan.Zero);
        foreach (var word in turn.Words)
        {
            if (word.From > at) text.Append(FormattableString.Invariant($"[{(word.From - at).TotalMilliseconds}] "));
            text.Append(word.Text).Append(' ');
            at = word.To;
        }

        return text.ToString().TrimEnd();
    }
}
