using System.Text;

namespace ContactCenterAgent.Planning.People;

/// <summary>One writing for names and numbers, of callers and records alike.</summary>
internal static class PersonText
{
    // Written out because the process runs without culture data, where Unicode normalisation leaves letters as they are.
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ", Plain = "aaaaaaceeeeiiiinoooooouuuuyy";

    private static readonly HashSet<string> Titles = new(StringComparer.Ordinal) { "mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "sir", "madam" };

    /// <summary>A record's given name and the rest of the name, each as one word of plain letters.</summary>
    public static (string Given, string Surname) Parts(string name)
    {
        var words = Letters(name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => !IsTitle(w)).ToArray();
        return words.Length == 0 ? ("", "") : (words[0], string.Concat(words[1..]));
    }

    public static bool IsTitle(string word) => Titles.Contains(word);

    /// <summary>Lower case letters without accents, blanks between words; a hyphen is a blank, an apostrophe nothing.</summary>
    public static string Letters(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant())
        {
            if (Accented.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at) letters.Append(Plain[at]);
            else if (char.IsLetterOrDigit(c)) letters.Append(c);
            else if (c is ' ' or '-') letters.Append(' ');
        }

        return letters.ToString();
    }

    /// <summary>A telephone number's last ten digits, which are the same with and without its country; 0 where there are fewer than seven.</summary>
    public static long Phone(string? number)
    {
        var (digits, value) = (0, 0L);
        foreach (var c in number ?? "")
        {
            if (!char.IsAsciiDigit(c)) continue;
            digits++;
            value = value * 10 % 10_000_000_000 + (c - '0');
        }

        return digits < 7 ? 0 : value;
    }
}
