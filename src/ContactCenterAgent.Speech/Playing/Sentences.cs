namespace ContactCenterAgent.Speech.Playing;

/// <summary>Cuts a text into what is synthesised at once: sentences, so that the first is heard while the rest is still being made.</summary>
internal static class Sentences
{
    /// <summary>Sentences shorter than this are joined to the next: "Yes." alone would sound cut off.</summary>
    private const int CharactersMin = 12;

    /// <summary>The places of a text's sentences, in order; together they are the whole text.</summary>
    public static IEnumerable<Range> Of(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length - 1; i++)
        {
            if (text[i] is not ('.' or '!' or '?') || text[i + 1] != ' ' || i + 1 - start < CharactersMin || IsAbbreviation(text, i)) continue;
            yield return start..(i + 2);
            start = i + 2;
        }

        if (start < text.Length) yield return start..text.Length;
    }

    // "Dr. Lee", "at 3 p.m. on": a point behind one letter, or behind a title.
    private static bool IsAbbreviation(string text, int point)
    {
        if (text[point] != '.') return false;
        var from = point;
        while (from > 0 && char.IsLetter(text[from - 1])) from--;
        return point - from <= 1 ? point > from : text[from..point] is "Dr" or "Mr" or "Mrs" or "Ms" or "St" or "No";
    }
}
