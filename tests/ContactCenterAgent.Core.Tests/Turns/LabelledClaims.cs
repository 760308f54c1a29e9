using System.Text;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tests.Turns;

/// <summary>The sentences of claims.tsv: a label, a tab, a sentence. Rules are tuned on the development half only.</summary>
internal static class LabelledClaims
{
    public static readonly IReadOnlyList<(Claim Label, string Sentence)> All =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Turns", "claims.tsv")).Select(Parse)];

    public static IEnumerable<(Claim Label, string Sentence)> Development => All.Where(s => !IsHeldOut(s.Sentence));

    public static IEnumerable<(Claim Label, string Sentence)> HeldOut => All.Where(s => IsHeldOut(s.Sentence));

    private static (Claim, string) Parse(string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return (Enum.Parse<Claim>(line[..tab], ignoreCase: true), line[(tab + 1)..]);
    }

    /// <summary>Odd FNV-1a hash over the sentence's UTF-8: a half that no one chose.</summary>
    public static bool IsHeldOut(string sentence)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(sentence)) hash = unchecked((hash ^ b) * 16777619u);
        return ((hash >> 16) & 1) == 1;
    }
}
