using System.Collections.Immutable;
using System.Globalization;

namespace ContactCenterAgent.Simulation.SpeculationBench.Speech;

/// <summary>
/// What a recogniser takes a word for before it has heard what follows. The pairs are the commonest ones in the n-best lists of the EVI dataset
/// (real speech by telephone, CC BY 4.0; the table says more). Numbers that it lacks are cut short or change their ending; other words that it
/// lacks are taken for the nearest word that it has, or are not heard at all.
/// </summary>
internal static class MisheardWords
{
    private static readonly ImmutableArray<string> Teens = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];

    private static readonly ImmutableArray<string> Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly ImmutableSortedDictionary<string, ImmutableArray<(string Heard, int Times)>> Table = Read();

    /// <summary>The other reading of a word; empty = it is not heard at first.</summary>
    /// <param name="word">As said, without punctuation.</param>
    /// <param name="draw">0 (inclusive) to 1 (exclusive): readings come as often as they did in the lists.</param>
    public static string Of(string word, double draw)
    {
        var key = word.ToLowerInvariant();
        var heard = Table.TryGetValue(key, out var readings) ? ByFrequency(readings, draw)
            : char.IsAsciiDigit(key[0]) ? Figures(key)
            : NumberWord(key) ?? Nearest(key);
        return heard.Length > 0 && char.IsAsciiLetterUpper(word[0]) ? char.ToUpperInvariant(heard[0]) + heard[1..] : heard;
    }

    private static string ByFrequency(ImmutableArray<(string Heard, int Times)> readings, double draw)
    {
        var left = draw * readings.Sum(r => r.Times);
        foreach (var (heard, times) in readings)
            if ((left -= times) < 0) return heard;
        return readings[^1].Heard;
    }

    private static string? NumberWord(string word)
    {
        if (Teens.IndexOf(word) is var teen and > 2) return Tens[teen];
        return word.Length > 0 && Tens.IndexOf(word) is var ten and > 2 ? Teens[ten] : null;
    }

    /// <summary>15 is taken for 50 and back, a time by its minutes; of any longer number the last figure is not there yet.</summary>
    private static string Figures(string word)
    {
        var figures = word.TakeWhile(char.IsAsciiDigit).Count();
        if (word.IndexOf(':') is var colon and > 0)
        {
            var minutes = word[(colon + 1)..];
            return minutes.Length == 2 && Swapped(minutes) is { } other ? word[..(colon + 1)] + other : word[..colon];
        }

        if (figures == 2 && Swapped(word[..2]) is { } swapped) return swapped + word[2..];
        return figures > 1 ? word[..(figures - 1)] : "";
    }

    private static string? Swapped(string two) => (two[0], two[1]) switch
    {
        ('1', >= '3' and <= '9') => $"{two[1]}0",
        ( >= '3' and <= '9', '0') => $"1{two[0]}",
        _ => null,
    };

    /// <summary>The word of the table with the same first letter that takes the fewest changes, at most half of the letters.</summary>
    private static string Nearest(string word)
    {
        var (nearest, fewest) = ("", word.Length / 2);
        foreach (var known in Table.Keys)
        {
            if (known.Length < 3 || known[0] != word[0]) continue;
            var changes = Changes(word, known);
            if (changes <= fewest && (changes < fewest || nearest.Length == 0)) (nearest, fewest) = (known, changes);
        }

        return nearest;
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Changes(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var here = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], here);
            }
        }

        return row[other.Length];
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<(string Heard, int Times)>> Read()
    {
        using var reader = new StreamReader(typeof(MisheardWords).Assembly.GetManifestResourceStream("SpeculationBench/misheard-words.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line.Split('\t'))
            .GroupBy(pair => pair[0], pair => (pair[1], int.Parse(pair[2], CultureInfo.InvariantCulture)), StringComparer.Ordinal)
            .ToImmutableSortedDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);
    }
}
