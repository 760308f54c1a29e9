using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Turns;

/// <summary>Turns the phrases of a tool into sentences.</summary>
public static class Phrasing
{
    /// <summary>Rows that <c>{rows}</c> says at most: more cannot be kept in mind on a phone.</summary>
    public const int SpokenRows = 3;

    /// <summary>Fills a phrase of <see cref="ToolPhrases"/>.</summary>
    /// <remarks>
    /// <para>A field is looked up in the first row, then in the arguments, and spoken by its form. <c>{rows}</c> is up to three rows by
    /// <paramref name="rowTemplate"/>, joined "a, b and c", where a day that the row before has said is not said again. <c>{count}</c> is
    /// the number of rows in the result, "at least" that many where it was truncated.</para>
    /// <para>An absent field drops out together with the words directly before it that only lead to it: prepositions, articles,
    /// possessives, "and", "or", "called", "number" ("with the {provider}" goes as a whole, "free {date}" leaves "free"). Another field is
    /// never taken, nor a word with punctuation; what is written onto the field ("{provider}'s") goes, and punctuation that is then left
    /// alone.</para>
    /// <para>A spoken value that brings its own preposition keeps it, and the phrase's goes: "on {start}" is "tomorrow at 9 am", "at
    /// {time}" is "in the afternoon", "for {time}" is "for the afternoon".</para>
    /// </remarks>
    /// <param name="template">Text with fields in braces; null = no phrase.</param>
    /// <param name="arguments">Canonical values by parameter name.</param>
    /// <param name="result">The result that is spoken about; null = none yet.</param>
    /// <param name="rowTemplate">One row within <c>{rows}</c>; null = <c>{rows}</c> is absent.</param>
    /// <param name="localNow">The local day and time of the line's zone.</param>
    /// <returns>A sentence with a capital, without final punctuation of its own; null without a template, or when no letter or digit
    /// remains. Never throws.</returns>
    public static string? Render(
        string? template, IReadOnlyDictionary<string, string> arguments, ToolResult? result, string? rowTemplate, DateTime localNow)
    {
        if (string.IsNullOrEmpty(template)) return null;
        var sentence = new PhraseWriter();
        var first = result is { Rows.Length: > 0 } ? result.Rows[0] : null;
        foreach (var piece in PhraseTemplate.Of(template).Pieces)
        {
            switch (piece.Field)
            {
                case null: sentence.Word(piece); break;
                case "rows": sentence.Field(piece, Rows(rowTemplate, arguments, result, localNow), false); break;
                case "count": sentence.Field(piece, Count(result), false); break;
                default: Fill(sentence, piece, first, null, arguments, localNow); break;
            }
        }

        return sentence.Sentence();
    }

    private static void Fill(
        PhraseWriter sentence, PhraseTemplate.Piece piece, ResultRow? row, ResultRow? before,
        IReadOnlyDictionary<string, string> arguments, DateTime now)
    {
        var field = piece.Field!;
        var value = row?[field] ?? arguments.GetValueOrDefault(field);
        if (string.IsNullOrWhiteSpace(value)) sentence.Field(piece, null, false);
        else sentence.Field(piece, SpokenForm.After(before?[field], value, now), char.IsAsciiDigit(value[0]));
    }

    private static string? Count(ToolResult? result) =>
        result is null ? null : result.Truncated ? $"at least {result.Rows.Length}" : result.Rows.Length.ToString();

    private static string? Rows(string? template, IReadOnlyDictionary<string, string> arguments, ToolResult? result, DateTime now)
    {
        if (string.IsNullOrEmpty(template) || result is null) return null;
        var rows = new List<string>(SpokenRows);
        ResultRow? before = null;
        foreach (var row in result.Rows)
        {
            if (rows.Count == SpokenRows) break;
            if (Row(template, row, before, arguments, now) is not { } said) continue;
            rows.Add(said);
            before = row;
        }

        return rows.Count switch
        {
            0 => null,
            1 => rows[0],
            _ => string.Join(", ", rows.Take(rows.Count - 1)) + " and " + rows[^1],
        };
    }

    private static string? Row(string template, ResultRow row, ResultRow? before, IReadOnlyDictionary<string, string> arguments, DateTime now)
    {
        var said = new PhraseWriter();
        foreach (var piece in PhraseTemplate.Of(template).Pieces)
        {
            if (piece.Field is null) said.Word(piece);
            else Fill(said, piece, row, before, arguments, now);
        }

        return said.Words();
    }
}
