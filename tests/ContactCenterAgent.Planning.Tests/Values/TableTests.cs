using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;
using NodaTime;

namespace ContactCenterAgent.Planning.Tests.Values;

/// <summary>Every type has a table of spoken forms: <c>words | value</c>, or <c>nothing</c>. Today is Monday 2026-11-23.</summary>
public sealed class TableTests
{
    /// <summary>Each type has at least this many forms.</summary>
    private const int FormsMin = 60;

    private static readonly LocalDate Today = new(2026, 11, 23);

    private static readonly SlotKinds Kinds = new(
    [
        new()
        {
            Name = "any",
            Parameters =
            [
                .. Enum.GetValues<ParameterType>().Where(t => t is not (ParameterType.Choice or ParameterType.Reference)).Select(t => new ToolParameter { Name = t.ToString(), Type = t }),
                new() { Name = "order", Type = ParameterType.Reference, Pattern = @"[A-Z]{2}\d{5}" },
                new()
                {
                    Name = "provider", Type = ParameterType.Choice,
                    Values = [ChoiceValue.Of("Doctor Lee"), ChoiceValue.Of("Doctor Patel"), ChoiceValue.Of("Doctor Okafor"), ChoiceValue.Of("Mia Novak")],
                },
            ],
        },
    ], NameLists.OfPeople(["Dana Whitfield", "Priya Raman", "Tom Becker", "Grace Okonkwo", "Omar Haddad", "Siobhan O'Brien", "Jean-Luc Marchand"]));

    public static TheoryData<string> Tables => [.. Directory.GetFiles(Folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Values", "Tables");

    [Theory]
    [MemberData(nameof(Tables))]
    public void Value_InEverySpokenForm_IsReadAsDeclared(string table)
    {
        var type = Enum.Parse<ParameterType>(table);
        var lines = File.ReadAllLines(Path.Combine(Folder, table + ".txt")).Where(l => l.Contains('|')).ToList();
        lines.Count.ShouldBeGreaterThanOrEqualTo(FormsMin);
        var wrong = new List<string>();
        foreach (var line in lines)
        {
            var (words, expected) = (line.Split('|')[0].Trim(), line.Split('|')[1].Trim());
            var best = Best(words, type);
            if ((best ?? "nothing") != expected) wrong.Add($"{words}: {best ?? "nothing"} instead of {expected}");
        }

        wrong.ShouldBeEmpty($"{wrong.Count} of {lines.Count}");
    }

    /// <summary>What a parameter of the type would take if nothing else was wanted: the surest, longest whole value.</summary>
    private static string? Best(string words, ParameterType type)
    {
        var spans = Kinds.Read(Tokens.Of(words), Today).Where(v => v.Complete && Serves(v.Type, type)).ToList();
        return spans.Count == 0 ? null : spans.MaxBy(v => v.Confidence + 0.04 * v.Length + (v.Type == type ? 0.01 : 0)).Canonical;
    }

    private static bool Serves(ParameterType said, ParameterType wanted) =>
        said == wanted || (wanted == ParameterType.DateRange && said == ParameterType.Date) || (wanted == ParameterType.TimeRange && said == ParameterType.Time);
}
