using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;

namespace ContactCenterAgent.Planning.Values;

/// <summary>Places by the word before them ("in San Jose", "from Leeds to York"): up to three words that could be a name.</summary>
internal static class PlaceReader
{
    public static void Read(ReadOnlySpan<Token> t, List<ValueSpan> into)
    {
        for (var i = 1; i < t.Length; i++)
        {
            if (t[i - 1].Text is not ("in" or "to" or "from" or "near" or "at" or "around")) continue;
            var next = i;
            while (next < t.Length && next - i < 3 && (Possible(t[next].Text) || (t[next].Text is "new" && next + 1 < t.Length && Possible(t[next + 1].Text))) && (next == i || t[next - 1].Break == '\0')) next++;
            if (next == i) continue;
            into.Add(new(i, next, ParameterType.Place, string.Join(' ', t[i..next].ToArray().Select(w => NameReader.Capital(w.Text))), 0.55));
            i = next;
        }
    }

    private static bool Possible(string word) =>
        word.Length > 2 && char.IsLetter(word[0]) && Lexicon.IsContent(word) && !Lexicon.Common.Contains(word) && !DateReader.Weekdays.ContainsKey(word) && !DateReader.Months.ContainsKey(word)
        && Numbers.Cardinal(word) is null;
}
