using System.Collections.Immutable;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;

namespace ContactCenterAgent.Simulation.SpeculationBench.Speech;

/// <summary>A recorded word without punctuation, and where in its sentence and its turn's annotation it stands.</summary>
/// <param name="Text">As a recogniser writes it.</param>
/// <param name="Source">Index of the recorded word.</param>
/// <param name="From">As recorded.</param>
/// <param name="To">As recorded.</param>
/// <param name="Begins">The span that begins with it.</param>
/// <param name="BeginsIn">The frame of that span.</param>
/// <param name="InSpan">Within a span, behind its first word.</param>
/// <param name="EndsSpan">The last word of a span.</param>
/// <param name="BeginsSentence">The first word of a sentence.</param>
/// <param name="SentenceLeft">Words of its sentence from it on.</param>
/// <param name="EndsSentence">A full stop, a question mark or an exclamation mark follows.</param>
/// <param name="Comma">A comma, a semicolon or a colon follows.</param>
internal sealed record SpokenWord(
    string Text, int Source, TimeSpan From, TimeSpan To, RecordedSpan? Begins, RecordedFrame? BeginsIn, bool InSpan, bool EndsSpan,
    bool BeginsSentence, int SentenceLeft, bool EndsSentence, bool Comma);

/// <summary>Reads a recorded turn's words as a recogniser would give them: punctuation goes, and a token of nothing else vanishes.</summary>
internal static class SpokenWords
{
    public static ImmutableArray<SpokenWord> Of(RecordedTurn turn)
    {
        var words = ImmutableArray.CreateBuilder<SpokenWord>(turn.Words.Length);
        var spans = turn.Frames.SelectMany(f => f.Spans.Select(s => (Frame: f, Span: s))).OrderBy(s => s.Span.Start).ToList();
        for (var i = 0; i < turn.Words.Length; i++)
        {
            var word = turn.Words[i];
            var (text, behind) = Bare(word.Text);
            var (ends, comma) = (behind.AsSpan().ContainsAny('.', '?', '!'), behind.AsSpan().ContainsAny(',', ';', ':'));
            if (text.Length == 0)
            {
                if (words.Count > 0) words[^1] = words[^1] with { EndsSentence = words[^1].EndsSentence || ends, Comma = words[^1].Comma || comma };
                continue;
            }

            var begins = spans.FirstOrDefault(s => s.Span.Start >= word.Start && s.Span.Start < word.End);
            words.Add(new(
                text, i, word.From, word.To, begins.Span, begins.Frame, spans.Any(s => s.Span.Start < word.Start && s.Span.End > word.Start),
                spans.Any(s => s.Span.End > word.Start && s.Span.End <= word.End), words.Count == 0 || words[^1].EndsSentence, 0, ends, comma));
        }

        for (var (i, left) = (words.Count - 1, 0); i >= 0; i--)
        {
            left = words[i].EndsSentence ? 1 : left + 1;
            words[i] = words[i] with { SentenceLeft = left };
        }

        return words.ToImmutable();
    }

    /// <summary>The words of a phrase, as a recogniser gives them.</summary>
    public static IEnumerable<string> Of(string phrase) =>
        phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => Bare(w).Text).Where(w => w.Length > 0);

    private static (string Text, string Behind) Bare(string token)
    {
        var (start, end) = (0, token.Length);
        while (start < end && !IsSpoken(token[start])) start++;
        while (end > start && !IsSpoken(token[end - 1])) end--;
        return (token[start..end], token[end..]);
    }

    private static bool IsSpoken(char c) => char.IsLetterOrDigit(c) || c is '$' or '@' or '%' or '&' or '#';
}
