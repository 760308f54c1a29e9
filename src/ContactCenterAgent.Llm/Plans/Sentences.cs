using System.Text;

namespace ContactCenterAgent.Llm.Plans;

/// <summary>Cuts a text that is being written into sentences, each as soon as it is whole.</summary>
internal sealed class Sentences
{
    private const int CharactersMax = 300;
    private static readonly string[] Abbreviated = ["Dr.", "Mr.", "Mrs.", "Ms.", "St.", "No.", "a.m.", "p.m.", "e.g.", "i.e."];
    private readonly StringBuilder _text = new();

    /// <summary>Reads on and gives the sentences that are whole now.</summary>
    internal IEnumerable<string> Add(string text)
    {
        foreach (var c in text)
        {
            var ends = char.IsWhiteSpace(c) && EndsHere();
            if (ends || _text.Length >= CharactersMax)
            {
                if (!ends) _text.Append(c);
                if (Take() is { } sentence) yield return sentence;
            }
            else
            {
                _text.Append(char.IsWhiteSpace(c) ? ' ' : c);
            }
        }
    }

    /// <summary>The last sentence, if there is a rest.</summary>
    internal string? Take()
    {
        var sentence = _text.ToString().Trim();
        _text.Clear();
        return sentence.Length == 0 ? null : sentence;
    }

    private bool EndsHere()
    {
        var at = _text.Length - 1;
        while (at >= 0 && _text[at] is '"' or ')' or '\'') at--;
        if (at < 0 || _text[at] is not ('.' or '!' or '?')) return false;
        var soFar = _text.ToString(0, at + 1);
        return !Abbreviated.Any(a => soFar.EndsWith(a, StringComparison.OrdinalIgnoreCase) && (soFar.Length == a.Length || soFar[^(a.Length + 1)] == ' '));
    }
}
