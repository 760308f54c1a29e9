using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Host.Agents;
using ContactCenterAgent.Plugins.Crm;

namespace ContactCenterAgent.Plugins.Tests.Crm;

/// <summary>The tools that find a caller, with the index that the product has, over tables that change while it runs.</summary>
public sealed class CustomerDirectoryTests
{
    private const string Given = "Aisha Alan Alice Amelia Andrew Barbara Beth Brian Claire Daniel David Edward Emma Fatima Grace Harry Imran Jane Karen Laura Maria Nathan Olivia Peter Rachel Susan Thomas Zoe";

    private static readonly string[] Starts = ["Ash", "Bar", "Brad", "Cal", "Dun", "Edge", "Farn", "Glen", "Hart", "Ing", "Ked", "Lang", "Mar", "Nor", "Old", "Pen", "Quin", "Rad", "Stan", "Thorn", "Up", "Wal", "Yar"];
    private static readonly string[] Ends = ["bury", "by", "croft", "dale", "field", "ford", "ham", "ley", "man", "more", "son", "stone", "ton", "well", "wick", "worth"];

    /// <summary>Invented people, the same each time.</summary>
    private static IEnumerable<(string Id, string Given, string Family, string Born, string Postcode)> People(int count)
    {
        const string letters = "ABDEFGHJLNPQRSTUWXYZ";
        var (random, given) = (new Random(11), Given.Split(' '));
        for (var i = 0; i < count; i++)
        {
            var postcode = $"NG{random.Next(1, 30)} {random.Next(10)}{letters[random.Next(20)]}{letters[random.Next(20)]}";
            yield return ($"P{i:d5}", given[random.Next(given.Length)], Starts[random.Next(Starts.Length)] + Ends[random.Next(Ends.Length)], $"{new DateOnly(1930, 1, 1).AddDays(random.Next(29000)):yyyy-MM-dd}", postcode);
        }
    }

    private static async Task<string?> FindAsync(PluginDatabase database, params (string, object)[] given) =>
        (await database.RunAsync("find_customer", given)).Rows is [var row] ? row["customer_id"] : null;

    [Fact]
    public async Task TenThousandCustomers_BadlyHeard_AreFoundByTwoItemsAndNobodyElseIs()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var people = People(10_000).ToList();
        await database.AddAsync(people);
        var (right, wrong) = (0, 0);
        foreach (var person in people.Take(200))
        {
            // As recognisers spell: a doubled letter lost, letters by their names, the figure two as a word.
            var family = person.Family.Replace("ll", "l", StringComparison.Ordinal).Replace("ck", "k", StringComparison.Ordinal);
            var spelled = string.Join(' ', person.Postcode.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant().Select(c => c == '2' ? "to" : c.ToString()));
            var heard = $$"""{"postcode":[["{{spelled}}"]]}""";
            var found = await FindAsync(database, ("name", $"{person.Given} {family}"), ("heard", heard));
            if (found == person.Id) right++;
            else if (found is not null) wrong++;
        }

        right.ShouldBeGreaterThan(190);
        wrong.ShouldBe(0);
    }

    [Fact]
    public async Task Strangers_WithNamesAndPostcodesOfDifferentCustomers_AreNotFound()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var people = People(10_000).ToList();
        await database.AddAsync(people);
        for (var i = 0; i < 100; i++)
            (await FindAsync(database, ("name", $"{people[i].Given} {people[i].Family}"), ("postcode", people[i + 5000].Postcode))).ShouldBeNull();
    }

    [Fact]
    public async Task NameThatManyHave_ByItself_FindsNobody()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.AddAsync([.. People(10_000)]);
        (await FindAsync(database, ("name", "David Barton"))).ShouldBeNull();
    }

    [Fact]
    public async Task RivalReadings_OfTheName_FindWhomTheBestReadingMisses()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var dana = await database.DanaIdAsync();
        (await FindAsync(database, ("name", "Donna Wickfield"), ("postcode", "NG9 2TD"))).ShouldBeNull();
        (await FindAsync(database, ("name", "Donna Wickfield"), ("postcode", "NG9 2TD"), ("heard", """{"name":[["Donna Wickfield","Dana Wickfield","Dana Whitfield"]]}"""))).ShouldBe(dana);
    }

    [Fact]
    public async Task Readings_OfAnotherForm_AreUnacceptable()
    {
        await using var database = await PluginDatabase.SeededAsync();
        Func<Task> find = () => database.RunAsync("find_customer", ("name", Callers.Dana), ("heard", "Dana"));
        (await find.ShouldThrowAsync<ArgumentException>()).ParamName.ShouldBe("heard");
    }

    [Fact]
    public async Task Customer_AddedChangedAndRemovedWhileRunning_IsFollowed()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var asked = new (string, object)[] { ("name", "Oswald Featherstone"), ("postcode", "NG3 3AB") };
        (await FindAsync(database, asked)).ShouldBeNull();

        await database.AddAsync("C9", "Oswald", "Featherstone", "1961-04-01", "NG3 3AB");
        (await FindAsync(database, asked)).ShouldBe("C9");

        await database.ExecuteAsync("UPDATE crm_customers SET Postcode = 'DE7 1XY' WHERE Id = 'C9'");
        (await FindAsync(database, asked)).ShouldBeNull();
        (await FindAsync(database, asked[0], ("postcode", "DE7 1XY"))).ShouldBe("C9");

        await database.ExecuteAsync("DELETE FROM crm_customers WHERE Id = 'C9'");
        (await FindAsync(database, asked[0], ("postcode", "DE7 1XY"))).ShouldBeNull();
        (await database.CountAsync("SELECT count(*) FROM crm_customer_changes WHERE CustomerId = 'C9'")).ShouldBe(1);
    }

    [Fact]
    public async Task Customer_OfADatabaseFromBeforeTheChangesWereKept_IsFound()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.ExecuteAsync("DELETE FROM crm_customer_changes");
        (await FindAsync(database, ("name", Callers.Dana))).ShouldBe(await database.DanaIdAsync());
    }

    [Theory]
    [InlineData("1984-03-12", true)]
    [InlineData("1984-03-13", false)]
    [InlineData("1984-12-03", false)]
    public async Task Verification_HoweverSureThePersonIs_NeedsTheDayOnFile(string day, bool verified)
    {
        await using var database = await PluginDatabase.SeededAsync();
        var rows = (await database.RunAsync("verify_customer", ("name", Callers.Dana), ("postcode", "NG9 2TD"), ("date_of_birth", day))).Rows;
        rows.Length.ShouldBe(verified ? 1 : 0);
    }

    [Fact]
    public async Task Verification_WithManyReadingsOfTheDay_LooksAtTheFirstFew()
    {
        await using var database = await PluginDatabase.SeededAsync();
        Task<ToolResult> Verify(string heard) => database.RunAsync("verify_customer", ("name", Callers.Dana), ("postcode", "NG9 2TD"), ("date_of_birth", "1984-03-20"), ("heard", heard));
        (await Verify("""{"date_of_birth":[["1984-03-20","1984-03-12"]]}""")).Rows.Length.ShouldBe(1);
        (await Verify("""{"date_of_birth":[["1984-03-20","1984-03-21","1984-03-22","1984-03-12"]]}""")).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task WithoutAMatcher_OnlyWhatIsOnFileFinds()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var find = CrmPlugin.Create(database.ConnectionString, database.Clock).Single(t => t.Descriptor.Name == "find_customer").Invoke;
        (await PluginDatabase.RunAsync(find, ("name", "dana whitfield"))).Rows.Length.ShouldBe(1);
        (await PluginDatabase.RunAsync(find, ("name", "Dana Witfield"))).Rows.ShouldBeEmpty();
        (await PluginDatabase.RunAsync(find, ("name", "Dana Whitfield"), ("postcode", "NG1 1AA"))).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Matcher_FilledByADirectory_KnowsTheTelephoneNumbersToo()
    {
        await using var database = await PluginDatabase.SeededAsync();
        using var people = new IndexedPeople();
        await new CustomerDirectory(database.ConnectionString, people).FollowAsync(PluginDatabase.None);
        people.Find(new() { Names = [["Dana Whitfield"]], Phones = [["+441632960123"]] }, itemsMin: 2).ShouldBe(await database.DanaIdAsync());
    }
}
