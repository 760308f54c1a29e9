using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using FsCheck;
using FsCheck.Fluent;

namespace ContactCenterAgent.Core.Tests.Turns;

/// <summary>Whatever a tool or a template holds, the voice gets words: no exception, no braces, no control characters.</summary>
public sealed class SpokenPropertyTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 10, 0, 0);

    /// <summary>Text made of pieces of every form, so that near misses of each are common.</summary>
    private static readonly Gen<string> Texts =
        Gen.Elements(
                "2026-11-26", "T", "14:30", "/", "24:00", "P", "T30M", "1", "0", "9", "99", "+44", " GBP", "-", ".", "A", "NG", " ", "@", "x", "_",
                "{", "}", "\0", "\n", "’", "é", "½", "😀", "\ud800")
            .ListOf().Select(pieces => string.Concat(pieces));

    private static readonly Gen<string> Templates =
        Gen.Elements("{a}", "{b}", "{rows}", "{count}", "{none}", " ", ",", ".", "with", "on", "the", "{", "}", "{}", "free", "'s", "\t", "!", "-")
            .ListOf().Select(pieces => string.Concat(pieces));

    private static readonly Gen<DateTime> Days = Gen.Choose(0, 3_652_058).Select(d => DateTime.MinValue.AddDays(d));

    [Fact]
    public void SpokenForm_OfAnyText_IsSpeakable() =>
        Prop.ForAll(Texts.ToArbitrary(), Days.ToArbitrary(), (text, now) => IsSpeakable(SpokenForm.Of(text, now))).Check(Quick);

    [Fact]
    public void SpokenForm_OfAnyDayAndTime_NamesBoth() =>
        Prop.ForAll(Gen.Choose(0, 400 * 24 * 60).ToArbitrary(), minutes =>
        {
            var at = Now.AddMinutes(minutes);
            var said = SpokenForm.Of(at.ToString("yyyy-MM-dd'T'HH:mm"), Now);
            var day = said.StartsWith("today at ", StringComparison.Ordinal) || said.StartsWith("tomorrow at ", StringComparison.Ordinal)
                || (said.StartsWith(at.DayOfWeek.ToString(), StringComparison.Ordinal) && said.Contains($" {at.Day} ", StringComparison.Ordinal));
            return day && (said.EndsWith(at.Hour < 12 ? " am" : " pm", StringComparison.Ordinal)
                || said.EndsWith("midday", StringComparison.Ordinal) || said.EndsWith("midnight", StringComparison.Ordinal));
        }).Check(Quick);

    [Fact]
    public void Phrasing_OfAnyTemplateAndValues_IsSpeakable() =>
        Prop.ForAll(Templates.ToArbitrary(), Texts.Two().ToArbitrary(), (template, values) =>
        {
            var (a, b) = values;
            var arguments = new Dictionary<string, string> { ["a"] = a };
            var result = ToolResult.Of([ResultRow.Of(("b", b)), ResultRow.Of(("a", b))], truncated: a.Length > 3);
            var said = Phrasing.Render(template, arguments, result, template, Now);
            return said is null || (said.Length > 0 && IsSpeakable(said) && said.Any(char.IsLetterOrDigit));
        }).Check(Quick);

    private static Config Quick => Config.QuickThrowOnFailure.WithMaxTest(5_000);

    private static bool IsSpeakable(string said) => !said.AsSpan().ContainsAny('{', '}') && !said.Any(char.IsControl);
}
