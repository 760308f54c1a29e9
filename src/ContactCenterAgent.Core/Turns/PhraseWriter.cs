using System.Collections.Frozen;
using System.Text;

namespace ContactCenterAgent.Core.Turns;

/// <summary>Puts words and spoken values together: what drops out takes the words that lead to it along, spaces and punctuation come out
/// right.</summary>
internal sealed class PhraseWriter
{
    /// <summary>Words that only lead to the next one.</summary>
    private static readonly FrozenSet<string> Leading = FrozenSet.ToFrozenSet(
        [
            "a", "an", "the", "your", "our", "their", "on", "at", "in", "for", "with", "to", "from", "of", "by", "about", "under", "until",
            "before", "after", "since", "around", "per", "and", "or", "called", "named", "number",
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly List<(string Text, bool IsField, bool Glued)> _pieces = new(16);
    private bool _dropped;

    /// <summary>A word or punctuation of the phrase itself.</summary>
    public void Word(PhraseTemplate.Piece piece)
    {
        // What was written onto an absent field ("'s", "-minute") has nothing left to hang on.
        if (!_dropped || !piece.Glued || IsMark(piece.Text[0])) _pieces.Add((piece.Text, false, piece.Glued));
        _dropped = false;
    }

    /// <summary>A spoken value; null = absent. Only a value that <paramref name="isTime"/> may bring a preposition of its own.</summary>
    public void Field(PhraseTemplate.Piece piece, string? spoken, bool isTime)
    {
        _dropped = string.IsNullOrWhiteSpace(spoken);
        if (_dropped)
        {
            while (TryTake()) { }
            return;
        }

        _pieces.Add((isTime ? Joined(spoken!) : spoken!, true, piece.Glued));
    }

    /// <summary>The words in one line; null = no letter or digit.</summary>
    public string? Words() => Line(false);

    /// <summary>The words as a sentence with a capital, also after a full stop; null = no letter or digit.</summary>
    public string? Sentence() => Line(true);

    private bool TryTake()
    {
        if (_pieces.Count == 0 || _pieces[^1].IsField || !Leading.Contains(_pieces[^1].Text)) return false;
        _pieces.RemoveAt(_pieces.Count - 1);
        return true;
    }

    /// <summary>Settles which preposition stays, the phrase's or the value's.</summary>
    private string Joined(string spoken)
    {
        if (_pieces.Count == 0 || _pieces[^1].IsField) return spoken;
        var word = _pieces[^1].Text.ToLowerInvariant();
        var space = spoken.IndexOf(' ', StringComparison.Ordinal);
        var own = space < 0 ? spoken : spoken[..space];
        var phraseGoes = own switch
        {
            "today" or "tomorrow" or "this" or "next" => word is "on" or "in",
            "in" => word is "on" or "in" or "at",
            "from" or "between" or "after" or "before" or "at" => word is "on" or "in" or "at" or "for" or "from",
            _ => false,
        };
        if (phraseGoes) _pieces.RemoveAt(_pieces.Count - 1);
        return own == "in" && word is "for" or "to" or "from" or "until" or "by" or "about" ? spoken[(space + 1)..] : spoken;
    }

    private string? Line(bool asSentence)
    {
        var line = new StringBuilder();
        var said = false;
        foreach (var (text, _, glued) in _pieces)
        {
            var start = 0;
            // Punctuation never opens a line and never follows punctuation: a full stop wins over a comma, else the first stays.
            while (start < text.Length && IsMark(text[start]))
            {
                if (line.Length == 0) { start++; continue; }
                if (!IsMark(line[^1])) line.Append(text[start]);
                else if (text[start] is '.' or '?' or '!') line[^1] = text[start];
                start++;
            }

            if (start == text.Length) continue;
            if (line.Length > 0 && (start > 0 || !glued)) line.Append(' ');
            var capital = asSentence && (line.Length == 0 || (line.Length > 1 && line[^2] is '.' or '?' or '!'));
            line.Append(capital ? char.ToUpperInvariant(text[start]) : text[start]).Append(text, start + 1, text.Length - start - 1);
            said = said || text.AsSpan(start).ContainsAnyInRange('0', '9') || HasLetter(text);
        }

        while (line.Length > 0 && line[^1] is ',' or ';' or ':' or '-') line.Length--;
        return said ? line.ToString().TrimEnd() : null;
    }

    private static bool HasLetter(string text)
    {
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) return true;
        return false;
    }

    private static bool IsMark(char c) => c is ',' or '.' or ';' or ':' or '?' or '!';
}
