using System.Text;

namespace ContactCenterAgent.Planning.People;

/// <summary>How alike two names sound: a phonetic key after Philips' Metaphone, and the Jaro-Winkler measure.</summary>
internal static class NameSounds
{
    /// <summary>Consonants by sound, vowels only at the front; equal keys sound much alike.</summary>
    public static string Key(string name)
    {
        var key = new StringBuilder(8);
        var word = new string([.. name.ToLowerInvariant().Where(char.IsAsciiLetter)]);
        for (var i = 0; i < word.Length && key.Length < 6; i++)
        {
            var c = word[i];
            var next = i + 1 < word.Length ? word[i + 1] : '\0';
            if (i > 0 && c == word[i - 1] && c != 'c') continue;
            var sound = c switch
            {
                'a' or 'e' or 'i' or 'o' or 'u' => i == 0 ? 'A' : '\0',
                'y' => i == 0 ? 'Y' : '\0',
                'w' => i == 0 && next != 'r' ? 'W' : '\0',
                'h' => i == 0 ? 'H' : '\0',
                'b' => i == word.Length - 1 && i > 0 && word[i - 1] == 'm' ? '\0' : 'P',
                'c' => next == 'h' ? 'X' : next is 'e' or 'i' or 'y' ? 'S' : 'K',
                'd' or 't' => 'T',
                'g' => next == 'h' ? '\0' : next == 'n' && i == 0 ? '\0' : next is 'e' or 'i' or 'y' && i == 0 ? 'J' : 'K',
                'j' => 'J',
                'k' => i == 0 && next == 'n' ? '\0' : 'K',
                'p' => next == 'h' ? 'F' : 'P',
                'q' => 'K',
                's' => next == 'h' ? 'X' : 'S',
                'v' or 'f' => 'F',
                'x' => i == 0 ? 'S' : 'K',
                'z' => 'S',
                'm' or 'n' => i == 0 ? char.ToUpperInvariant(c) : 'N',
                'l' or 'r' => char.ToUpperInvariant(c),
                _ => '\0',
            };
            if (sound != '\0' && (key.Length == 0 || key[^1] != sound)) key.Append(sound);
        }

        return key.ToString();
    }

    /// <summary>Jaro-Winkler similarity, 0 to 1 (Winkler 1990); both in lower case.</summary>
    public static double Similarity(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length == 0 || b.Length == 0) return 0;
        if (a.SequenceEqual(b)) return 1;
        var window = Math.Max(Math.Max(a.Length, b.Length) / 2 - 1, 0);
        Span<bool> inA = stackalloc bool[a.Length];
        Span<bool> inB = stackalloc bool[b.Length];
        var matches = 0;
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = Math.Max(0, i - window); j < Math.Min(b.Length, i + window + 1); j++)
            {
                if (inB[j] || a[i] != b[j]) continue;
                inA[i] = inB[j] = true;
                matches++;
                break;
            }
        }

        if (matches == 0) return 0;
        var (swapped, k) = (0, 0);
        for (var i = 0; i < a.Length; i++)
        {
            if (!inA[i]) continue;
            while (!inB[k]) k++;
            if (a[i] != b[k++]) swapped++;
        }

        var m = (double)matches;
        var jaro = (m / a.Length + m / b.Length + (m - swapped / 2.0) / m) / 3;
        var prefix = 0;
        while (prefix < Math.Min(4, Math.Min(a.Length, b.Length)) && a[prefix] == b[prefix]) prefix++;
        return jaro + prefix * 0.1 * (1 - jaro);
    }
}
