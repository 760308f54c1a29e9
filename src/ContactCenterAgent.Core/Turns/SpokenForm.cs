using System.Text;

namespace ContactCenterAgent.Core.Turns;

/// <summary>Canonical values as a person would say them on a phone: short British English that no voice can misread.</summary>
public static class SpokenForm
{
    /// <summary>Says a canonical value by its shape alone.</summary>
    /// <param name="canonical"> Any text; the forms of <see cref="Tools.ParameterType"/> are spoken, everything else (names, places, ids,
    /// words) is said as it is. Digits without letters are read out one by one from five digits on, or with a leading zero; shorter ones
    /// are counts. Words in lower case joined by underscores lose the underscores.
    /// </param>
    /// <param name="localNow">The local day and time of the line's zone: "today", "tomorrow", "this week", and whether a year is
    /// needed.</param>
    /// <returns>The words. Never throws; braces and control characters do not come back, as no voice can say them.</returns>
    public static string Of(string canonical, DateTime localNow)
    {
        if (string.IsNullOrEmpty(canonical)) return "";
        var first = canonical[0];
        string? said = null;
        if (char.IsAsciiDigit(first) || first is '+' or '-')
            said = SpokenTime.Read(canonical, localNow) ?? SpokenNumber.Read(canonical);
        else if (first == 'P')
            said = SpokenTime.Duration(canonical);
        said ??= canonical switch
        {
            "true" => "yes",
            "false" => "no",
            _ => SpokenNumber.Letters(canonical) ?? SpokenNumber.Email(canonical) ?? Unjoined(canonical),
        };
        return Speakable(said);
    }

    /// <summary>A day and time whose day has just been said: <c>2026-11-26T14:30</c> after another of that day is "at 2:30 pm".</summary>
    /// <param name="canonical">The value to say.</param>
    /// <param name="before">The canonical value said just before it; null = none.</param>
    /// <param name="localNow">The local day and time of the line's zone.</param>
    internal static string After(string? before, string canonical, DateTime localNow) =>
        before is not null && SpokenTime.SameDay(before, canonical) is { } time ? "at " + time : Of(canonical, localNow);

    private static string Unjoined(string canonical)
    {
        if (!canonical.Contains('_', StringComparison.Ordinal)) return canonical;
        foreach (var c in canonical)
            if (!char.IsAsciiLetterLower(c) && c != '_') return canonical;
        return canonical.Replace('_', ' ').Trim();
    }

    private static string Speakable(string said)
    {
        var clean = true;
        foreach (var c in said) clean &= c is not ('{' or '}') && !char.IsControl(c);
        if (clean) return said;

        var kept = new StringBuilder(said.Length);
        foreach (var c in said)
        {
            if (char.IsControl(c)) kept.Append(' ');
            else if (c is not ('{' or '}')) kept.Append(c);
        }

        return kept.ToString().Trim();
    }
}
