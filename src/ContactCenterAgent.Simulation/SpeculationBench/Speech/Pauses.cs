using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Speech;

/// <summary>Where callers stop for a moment: to read on in a number, to find a name, to think of what else, or with everything said that a plan needs.</summary>
internal static class Pauses
{
    private const int ShortestMs = 300, LongestMs = 900;

    private static readonly ImmutableHashSet<string> Digits = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "double", "triple");

    private static readonly ImmutableHashSet<string> Openers = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "yes", "yeah", "yep", "yup", "no", "nope", "ok", "okay", "sure", "right", "correct", "great", "perfect");

    /// <summary>A pause between two words; zero where there is none.</summary>
    public static TimeSpan Between(SpokenWord before, SpokenWord after, double chance, SpeechDraws draws) =>
        IsPlace(before, after) && draws.Chance("pause", after.Source, chance) ? draws.Between("pause length", after.Source, ShortestMs, LongestMs) : TimeSpan.Zero;

    /// <summary>A pause between a wrong value and what takes it back: the plan looks complete there too.</summary>
    public static TimeSpan BehindWrongValue(SpokenWord after, double chance, SpeechDraws draws) =>
        draws.Chance("pause of regret", after.Source, chance) ? draws.Between("regret length", after.Source, ShortestMs, LongestMs) : TimeSpan.Zero;

    private static bool IsPlace(SpokenWord before, SpokenWord after) =>
        before.EndsSentence
        || before.EndsSpan
        || (before.BeginsSentence && before.Comma && Openers.Contains(before.Text))
        || string.Equals(before.Text, "and", StringComparison.OrdinalIgnoreCase)
        || (after.Begins is not null && char.IsAsciiLetterUpper(after.Text[0]))
        || (IsDigits(before.Text) && IsDigits(after.Text));

    private static bool IsDigits(string word) => char.IsAsciiDigit(word[0]) || Digits.Contains(word);
}
