using ContactCenterAgent.Planning.People;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>People who do not exist, with names and postcodes of the kinds that a table has: for tables larger than the data.</summary>
internal static class InventedPeople
{
    private const string InwardLetters = "ABDEFGHJLNPQRSTUWXYZ";

    private const int DaysApart = 400;

    /// <summary>The records and as many invented ones as are missing; the same each time. A given name of one, a surname of another, a postcode with other figures and end.</summary>
    public static IReadOnlyList<PersonRecord> Fill(IReadOnlyList<PersonRecord> records, int count)
    {
        var all = new List<PersonRecord>(Math.Max(records.Count, count));
        all.AddRange(records);
        var random = new Random(1);
        PersonRecord Anyone() => records[random.Next(records.Count)];
        while (all.Count < count && records.Count > 0)
        {
            var (given, surname) = (Anyone().Name.Split(' ', 2)[0], Anyone().Name.Split(' ', 2)[^1]);
            all.Add(new($"invented-{all.Count}", given + " " + surname, Postcode(Anyone().Postcode ?? "", random), Anyone().Born?.AddDays(-random.Next(DaysApart))));
        }

        return all;
    }

    private static string Postcode(string like, Random random)
    {
        var code = like.ToCharArray();
        for (var i = 0; i < code.Length; i++)
        {
            if (char.IsAsciiDigit(code[i])) code[i] = (char)('0' + random.Next(10));
            else if (i >= code.Length - 2) code[i] = InwardLetters[random.Next(InwardLetters.Length)];
        }

        return new(code);
    }
}
