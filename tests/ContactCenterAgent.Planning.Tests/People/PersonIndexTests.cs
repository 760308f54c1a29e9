using ContactCenterAgent.Planning.People;

namespace ContactCenterAgent.Planning.Tests.People;

public sealed class PersonIndexTests
{
    private static readonly string[] Given = ["Dana", "Georgina", "Stuart", "Priya", "Tom", "Grace", "Omar", "Phillip", "Geoffrey", "Lynne", "Shannon", "Frederick"];
    private static readonly string[] Surnames = ["Whitfield", "Taylor", "Young", "Raman", "Becker", "Okonkwo", "Haddad", "Wallace", "Jones", "Barlow", "Evans", "Weston", "Martin", "Savage", "Palmer"];

    private static readonly PersonIndex Index = new(People(5000).Append(new("dana", "Dana Whitfield", "NG9 2TD", new(1984, 3, 12))));

    /// <summary>Invented people, the same each time, none of them Dana.</summary>
    private static IEnumerable<PersonRecord> People(int count)
    {
        const string letters = "ABDEGHLMNPRSTW";
        var random = new Random(7);
        for (var i = 0; i < count; i++)
        {
            var postcode = $"{letters[random.Next(14)]}{letters[random.Next(14)]}{random.Next(1, 30)} {random.Next(10)}{letters[random.Next(14)]}{letters[random.Next(14)]}";
            yield return new("p" + i, $"{Given[1 + random.Next(Given.Length - 1)]} {Surnames[1 + random.Next(Surnames.Length - 1)]}", postcode, new DateOnly(1930, 1, 1).AddDays(random.Next(29000)));
        }
    }

    [Theory]
    [InlineData("Dana Whitfield", "NG9 2TD", "12th of March 1984")]
    [InlineData("dana whitfield", "n g nine two t d", "twelfth of march eighty four")]
    [InlineData("Dayna Whitfeld", "and g 9 2 t d", "12 March 1984")]
    [InlineData("Dana Whitfield", "Angie 9 to tea dee", "12 03 1984")]
    [InlineData("d a n a w h i t f i e l d", "NG 9 2 t d", "1203 1984")]
    public void Person_HeardBadly_IsFoundAndAccepted(string name, string postcode, string born)
    {
        var match = Index.Match(PersonEvidence.None.With(PersonItem.Name, name).With(PersonItem.Postcode, postcode).With(PersonItem.Born, born));
        match.Accepted.ShouldBe("dana");
        match.Next.ShouldBeNull();
    }

    [Fact]
    public void Readings_BelowTheBest_HelpToo()
    {
        var heard = PersonEvidence.None.With(PersonItem.Name, "Donna Wickfield", "Donna Whitfield", "Dana Whitfield").With(PersonItem.Born, "author of March 1984", "12th of March 1984");
        Index.Match(heard).Ranked[0].Id.ShouldBe("dana");
    }

    [Fact]
    public void OneItem_HoweverSure_IsNotEnough()
    {
        var match = Index.Match(PersonEvidence.None.With(PersonItem.Name, "Dana Whitfield"));
        match.Ranked[0].Id.ShouldBe("dana");
        match.Accepted.ShouldBeNull();
        match.Next.ShouldBe(PersonItem.Postcode);
    }

    [Fact]
    public void Stranger_IsDeclined()
    {
        var match = Index.Match(PersonEvidence.None.With(PersonItem.Name, "Wolfgang Amadeus Zimmermann").With(PersonItem.Postcode, "ZE1 0AA").With(PersonItem.Born, "1st of January 1999"));
        match.Accepted.ShouldBeNull();
    }

    [Fact]
    public void RightName_WrongBirthDateAndPostcode_IsDeclined()
    {
        var match = Index.Match(PersonEvidence.None.With(PersonItem.Name, "Dana Whitfield").With(PersonItem.Postcode, "SW1A 1AA").With(PersonItem.Born, "30th of October 1961"));
        match.Accepted.ShouldBeNull();
    }

    [Fact]
    public void NothingHeard_AsksForTheNameFirst()
    {
        var match = Index.Match(PersonEvidence.None.With(PersonItem.Name, ""));
        match.Ranked.ShouldBeEmpty();
        match.Next.ShouldBe(PersonItem.Name);
    }

    [Fact]
    public void SameEvidence_GivesTheSameRanking()
    {
        var heard = PersonEvidence.None.With(PersonItem.Name, "Georgina Taylor", "Georgia tailor").With(PersonItem.Born, "4th of November 2012");
        Index.Match(heard).Ranked.ToArray().ShouldBe(Index.Match(heard).Ranked.ToArray());
    }

    [Fact]
    public void Evidence_InText_ShowsNothingSaid() => PersonEvidence.None.With(PersonItem.Name, "Dana Whitfield").ToString().ShouldBe("[1 heard]");

    private static PersonMatch Heard(PersonIndex index, string name, string postcode) =>
        index.Match(PersonEvidence.None.With(PersonItem.Name, name).With(PersonItem.Postcode, postcode));

    [Fact]
    public void Person_PutChangedAndRemoved_IsFoundAsTheTableNowSays()
    {
        using var index = new PersonIndex(People(500));
        Heard(index, "Dana Whitfield", "NG9 2TD").Accepted.ShouldBeNull();

        index.Put(new("dana", "Dana Whitfield", "NG9 2TD", new(1984, 3, 12)));
        Heard(index, "Dana Whitfield", "NG9 2TD").Accepted.ShouldBe("dana");

        index.Put(new("dana", "Dana Okafor", "B12 7QS", new(1984, 3, 12)));
        Heard(index, "Dana Whitfield", "NG9 2TD").Accepted.ShouldBeNull();
        Heard(index, "Dana Okafor", "B12 7QS").Accepted.ShouldBe("dana");

        index.Remove("dana");
        index.Remove("dana");
        Heard(index, "Dana Okafor", "B12 7QS").Accepted.ShouldBeNull();
        index.Count.ShouldBe(500);
    }

    [Fact]
    public void Index_AfterManyChanges_RanksAsOneBuiltAtOnce()
    {
        var people = People(400).ToList();
        using var changed = new PersonIndex(People(900).Select(p => p with { Name = "Wrong " + p.Id }));
        foreach (var person in People(900).Skip(400)) changed.Remove(person.Id);
        foreach (var person in people) changed.Put(person);
        using var fresh = new PersonIndex(people);
        foreach (var person in people.Take(40))
        {
            var evidence = PersonEvidence.None.With(PersonItem.Name, person.Name).With(PersonItem.Postcode, person.Postcode!);
            changed.Match(evidence).Accepted.ShouldBe(fresh.Match(evidence).Accepted);
            changed.Match(evidence).Ranked[0].Id.ShouldBe(person.Id);
        }
    }

    [Theory]
    [InlineData("Zoë van der Berg", "zoe van der berg")]
    [InlineData("Anne-Marie O'Brien", "Marie O'Brien Anne")]
    [InlineData("Sinead Palmer-Jones", "Sinead Palmer Jones")]
    public void Name_OfSeveralWordsOrSigns_IsTheSameSaid(string onFile, string said)
    {
        using var index = new PersonIndex(People(300).Append(new("x", onFile, "NG9 2TD", null)));
        Heard(index, said, "NG9 2TD").Accepted.ShouldBe("x");
    }

    [Theory]
    [InlineData("Dana Whitfield", "dana")]
    [InlineData("Mrs Dana Whitfield", "dana")]
    [InlineData("Dana Witfield", "dana")]
    [InlineData("Dana Whitfield Taylor Jones", null)]
    [InlineData("Dana", null)]
    [InlineData("Donald Whitfield", null)]
    public void NameAlone_WhereOneItemIsAskedFor_MustFitWordForWord(string said, string? accepted) =>
        Index.Match(PersonEvidence.None.With(PersonItem.Name, said), itemsMin: 1).Accepted.ShouldBe(accepted);

    [Fact]
    public void Phone_Said_TellsTwoOfOneNameApart()
    {
        using var index = new PersonIndex(People(300).Concat(
        [
            new("a", "Dana Whitfield", "NG9 2TD", null) { Phone = "+441632960123" }, new("b", "Dana Whitfield", "NG1 4AB", null) { Phone = "+441632960200" },
        ]));
        var name = PersonEvidence.None.With(PersonItem.Name, "Dana Whitfield");
        index.Match(name, itemsMin: 1).Accepted.ShouldBeNull();
        index.Match(name.With(PersonItem.Phone, "01632 960200")).Accepted.ShouldBe("b");
    }

    [Fact]
    public void Person_AmongAHundredThousand_IsFound()
    {
        using var index = new PersonIndex(People(100_000).Append(new("dana", "Dana Whitfield", "NG9 2TD", new(1984, 3, 12))));
        var heard = PersonEvidence.None.With(PersonItem.Name, "Dayna Whitfeld").With(PersonItem.Postcode, "and G 9 2 TD").With(PersonItem.Born, "12 March 1984");
        index.Match(heard).Accepted.ShouldBe("dana");
    }
}
