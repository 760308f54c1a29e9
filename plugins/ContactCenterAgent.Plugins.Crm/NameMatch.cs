using System.Text;

namespace ContactCenterAgent.Plugins.Crm;

/// <summary>Compares a name as heard with a name on file: case, order, accents and simple misspellings do not count against it.</summary>
internal static class NameMatch
{
    private const int SlipsMax = 2;

    // Written out because the process runs without culture data, where Unicode normalisation leaves letters as they are.
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ", Plain = "aaaaaaceeeeiiiinoooooouuuuyy";

    private static readonly HashSet<string> Titles = new(StringComparer.Ordinal) { "mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "sir", "madam" };

    /// <summary>How many letters are wrong; null = another name. A first or last name alone is nobody's name.</summary>
    public static int? Slips(string heard, string onFile)
    {
        var said = Parts(heard);
        var known = Parts(onFile);
        return said.Count < 2 || said.Count > known.Count + 1 ? null : Pair(said, known, 0) is <= SlipsMax and var slips ? slips : null;
    }

    // Each word on file takes the word heard that leaves the fewest slips over all; names have two or three words, so trying all is cheap.
    private static int? Pair(List<string> said, List<string> known, int at)
    {
        if (at == known.Count) return 0;
        int? best = null;
        for (var i = 0; i < said.Count; i++)
        {
            var slips = Distance(said[i], known[at]);
            if (slips > Allowed(known[at])) continue;
            var word = said[i];
            said.RemoveAt(i);
            if (Pair(said, known, at + 1) is { } rest && (best is null || slips + rest < best)) best = slips + rest;
            said.Insert(i, word);
        }

        return best;
    }

    private static int Allowed(string word) => word.Length switch { < 4 => 0, < 8 => 1, _ => 2 };

    private static List<string> Parts(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant())
        {
            if (Accented.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at) letters.Append(Plain[at]);
            else if (char.IsLetter(c)) letters.Append(c);
            else if (c is ' ' or '-') letters.Append(' ');
        }

        return [.. letters.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(p => !Titles.Contains(p))];
    }

    /// <summary>Letters put in, left out, changed or swapped with a neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
