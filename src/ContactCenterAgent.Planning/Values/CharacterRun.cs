using System.Collections.Frozen;
using System.Text;
using ContactCenterAgent.Planning.Language;

namespace ContactCenterAgent.Planning.Values;

/// <summary>
/// A run of letters and digits as they are read out: "double five", "triple zero", "B for bravo", "N as in November", "oh", "NG9", "2TD", "nought".
/// Keeps for every character the token that it comes from.
/// </summary>
internal sealed class CharacterRun
{
    private static readonly FrozenDictionary<string, char> Alphabet = "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu"
        .Split(' ').Distinct().ToFrozenDictionary(w => w, w => w[0]);

    private readonly StringBuilder _text = new();
    private readonly List<int> _tokens = [];

    /// <summary>Upper case letters and digits.</summary>
    public string Text => _text.ToString();

    /// <summary>First token.</summary>
    public int From { get; private init; }

    /// <summary>First token after it.</summary>
    public int To { get; private set; }

    /// <summary>A plus sign or the word "plus" stood before it.</summary>
    public bool Plus { get; private set; }

    /// <summary>The token that a character comes from.</summary>
    public int TokenOf(int character) => _tokens[character];

    /// <summary>All runs in the words. Words of letters stand in a run only next to spelled ones or beside digits.</summary>
    public static List<CharacterRun> All(ReadOnlySpan<Token> t, bool letters)
    {
        var runs = new List<CharacterRun>();
        for (var i = 0; i < t.Length;)
        {
            var run = new CharacterRun { From = i, To = i };
            var next = i;
            while (next < t.Length && run.Take(t, ref next, letters)) run.To = next;
            if (run._text.Length > 0) runs.Add(run);
            i = Math.Max(run.To, i + 1);
        }

        return runs;
    }

    private bool Take(ReadOnlySpan<Token> t, ref int at, bool letters)
    {
        var word = t[at].Text;
        if (word is "um" or "uh" or "er" or "erm" && _text.Length > 0)
        {
            at++;
            return at < t.Length;
        }

        if (word is "plus" || word.StartsWith('+'))
        {
            if (_text.Length > 0) return false;
            Plus = true;
            if (word is "plus")
            {
                at++;
                return at < t.Length;
            }

            word = word[1..];
        }

        if (word is "double" or "triple" or "treble" && at + 1 < t.Length)
        {
            var c = Numbers.Digit(t[at + 1].Text) ?? (letters && t[at + 1].Text.Length == 1 ? char.ToUpperInvariant(t[at + 1].Text[0]) : null);
            if (c is not { } repeated) return false;
            Add(repeated, word is "double" ? 2 : 3, at + 1);
            at += 2;
            return true;
        }

        if (Misheard(word) is { } meant && _text.Length >= (letters ? 1 : MisheardAfter) && _tokens[^1] == at - 1 && at + 1 < t.Length && (IsSpelled(t[at + 1].Text) || Misheard(t[at + 1].Text) is not null))
        {
            Add(meant, 1, at++);
            return true;
        }

        if (letters && Letter(t, at) is var (letter, next))
        {
            Add(letter, 1, at);
            at = next;
            return true;
        }

        if (Numbers.Digit(word) is { } digit)
        {
            if (word is "o" && _text.Length == 0 && !(at + 1 < t.Length && Numbers.Digit(t[at + 1].Text) is not null)) return false;
            Add(digit, 1, at);
            at++;
            if (at < t.Length && digit != '0' && t[at].Text is "hundred") Add('0', 2, at++);
            return true;
        }

        if (word.All(char.IsAsciiDigit) || (letters && Mixed(word, _text.Length > 0)))
        {
            foreach (var c in word) Add(char.ToUpperInvariant(c), 1, at);
            at++;
            return true;
        }

        if (Numbers.BelowHundred(t, at) is var (value, after) && value >= 10)
        {
            foreach (var c in value.ToString()) Add(c, 1, at);
            at = after;
            if (at < t.Length && t[at].Text is "hundred") Add('0', 2, at++);
            return true;
        }

        return letters && ShortWord(t, ref at);
    }

    /// <summary>Digits of a number that must stand before a misheard one; "from 9 to 11" is no number.</summary>
    private const int MisheardAfter = 3;

    /// <summary>"nine to" is 92 in the middle of a code.</summary>
    private static char? Misheard(string word) => word switch
    {
        "to" or "too" => '2',
        "for" or "fore" => '4',
        "won" => '1',
        "ate" => '8',
        _ => null,
    };

    private static (char Letter, int Next)? Letter(ReadOnlySpan<Token> t, int at)
    {
        var word = t[at].Text;
        if (word.Length == 1 && char.IsAsciiLetter(word[0]))
        {
            if (at + 2 < t.Length && t[at + 1].Text is "for" && t[at + 2].Text.Length > 1 && t[at + 2].Text[0] == word[0]) return (char.ToUpperInvariant(word[0]), at + 3);
            if (at + 3 < t.Length && t[at + 1].Text is "as" && t[at + 2].Text is "in" && t[at + 3].Text[0] == word[0]) return (char.ToUpperInvariant(word[0]), at + 4);
            if (word is "x" && at + 1 < t.Length && t[at + 1].Text is "ray") return ('X', at + 2);
            return word is "o" ? null : (char.ToUpperInvariant(word[0]), at + 1);
        }

        if (word is "zed" or "zee") return ('Z', at + 1);
        if (!Alphabet.TryGetValue(word, out var spoken)) return null;
        var beside = (at > 0 && IsSpelled(t[at - 1].Text)) || (at + 1 < t.Length && IsSpelled(t[at + 1].Text));
        return beside ? (char.ToUpperInvariant(spoken), at + 1) : null;
    }

    private static bool IsSpelled(string word) => word.Length == 1 || word is "ray" || Alphabet.ContainsKey(word) || Numbers.Digit(word) is not null;

    private static bool Mixed(string word, bool inside)
    {
        if (word.Length > 10) return false;
        var (digits, letters) = (0, 0);
        foreach (var c in word)
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (char.IsAsciiLetter(c)) letters++;
            else return false;
        }

        return digits > 0 && letters > 0 && (inside || word[^2..] is not ("st" or "nd" or "rd" or "th"));
    }

    /// <summary>"NG 9 2TD": a group of letters right before or after figures.</summary>
    private bool ShortWord(ReadOnlySpan<Token> t, ref int at)
    {
        var word = t[at].Text;
        if (word.Length is not 2 || !word.All(char.IsAsciiLetter) || word is "is" or "it" or "at" or "in" or "on" or "to" or "of" or "or" or "my" or "we" or "no" or "so" or "am"
            or "pm" or "um" or "uh" or "er" or "be" or "me" or "do" or "by" or "if" or "up" or "as" or "an" or "us" or "go" or "hi" or "ok" or "th") return false;
        var figuresNext = at + 1 < t.Length && char.IsAsciiDigit(t[at + 1].Text[0]) || at + 1 < t.Length && Numbers.Digit(t[at + 1].Text) is not null;
        var figuresBefore = _text.Length > 0 && char.IsAsciiDigit(_text[^1]);
        if (!figuresNext && !figuresBefore) return false;
        foreach (var c in word) Add(char.ToUpperInvariant(c), 1, at);
        at++;
        return true;
    }

    private void Add(char c, int times, int token)
    {
        for (var i = 0; i < times; i++)
        {
            _text.Append(c);
            _tokens.Add(token);
        }
    }
}
