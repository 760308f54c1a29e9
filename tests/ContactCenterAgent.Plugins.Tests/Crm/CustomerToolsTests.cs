using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Plugins.Tests.Crm;

public sealed class CustomerToolsTests
{
    [Theory]
    [InlineData("Dana Whitfield")]
    [InlineData("dana whitfield")]
    [InlineData("Whitfield Dana")]
    [InlineData("Dana Witfield")]
    [InlineData("Dana Whitefeild")]
    [InlineData("Mrs Dana Whitfield")]
    public async Task FindCustomer_ByANameAsHeard_IdentifiesTheOne(string heard)
    {
        await using var database = await PluginDatabase.SeededAsync();
        var row = (await database.RunAsync("find_customer", ("name", heard))).Rows.Single();
        (row["name"], row["identified"], row["customer_id"]).ShouldBe(("Dana Whitfield", "true", await database.DanaIdAsync()));
    }

    [Theory]
    [InlineData("Dana")]
    [InlineData("Whitfield")]
    [InlineData("Donald Whitfield")]
    [InlineData("Dana Wheatley")]
    [InlineData("Dana Whitfield Smith Jones")]
    public async Task FindCustomer_ByAnotherName_FindsNobody(string heard)
    {
        await using var database = await PluginDatabase.SeededAsync();
        (await database.RunAsync("find_customer", ("name", heard))).Rows.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("postcode", "NG9 2TD", 1)]
    [InlineData("postcode", "ng92td", 1)]
    [InlineData("postcode", "NG1 1AA", 0)]
    [InlineData("phone", "+441632960123", 1)]
    [InlineData("phone", "+441632960124", 0)]
    public async Task FindCustomer_WithASecondDetail_NeedsItToAgree(string detail, string value, int found)
    {
        await using var database = await PluginDatabase.SeededAsync();
        (await database.RunAsync("find_customer", ("name", Callers.Dana), (detail, value))).Rows.Length.ShouldBe(found);
    }

    [Fact]
    public async Task FindCustomer_WhereTwoHaveTheName_NeedsADetailThatTellsThemApart()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await using (var connection = await database.OpenAsync())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO crm_customers VALUES ('C9999', 'Dana', 'Whitfield', '1990-01-01', '1 High Street', 'NG1 4AB', '+447700900998', 'd@example.com')";
            await command.ExecuteNonQueryAsync();
        }

        (await database.RunAsync("find_customer", ("name", Callers.Dana))).Rows.ShouldBeEmpty();
        (await database.RunAsync("find_customer", ("name", Callers.Dana), ("postcode", "NG1 4AB"))).Rows.Single()["customer_id"].ShouldBe("C9999");
        (await database.RunAsync("verify_customer", ("name", Callers.Dana), ("date_of_birth", "1990-01-01"))).Rows.Single()["customer_id"].ShouldBe("C9999");
    }

    [Fact]
    public async Task FindCustomer_WhereAnotherSoundsAlike_NeedsADetailThatTellsThemApart()
    {
        await using var database = await PluginDatabase.SeededAsync();
        await database.AddAsync("C0", "Diana", "Whitfield", "1990-01-01", "NG1 4AB");
        (await database.RunAsync("find_customer", ("name", "Diana Whitfield"))).Rows.ShouldBeEmpty();
        (await database.RunAsync("find_customer", ("name", "Diana Whitfield"), ("postcode", "NG1 4AB"))).Rows.Single()["customer_id"].ShouldBe("C0");
        (await database.RunAsync("find_customer", ("name", "Dana Whitfield"), ("postcode", "NG9 2TD"))).Rows.Single()["name"].ShouldBe("Dana Whitfield");
    }

    [Fact]
    public async Task VerifyCustomer_WithTheRightDay_Verifies()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var row = (await database.RunAsync("verify_customer", ("name", Callers.Dana), ("date_of_birth", "1984-03-12"), ("postcode", "NG9 2TD"))).Rows.Single();
        (row["name"], row["verified"]).ShouldBe(("Dana Whitfield", "true"));
    }

    [Fact]
    public async Task VerifyCustomer_WithAWrongDayOrAnUnknownName_LooksTheSame()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var wrongDay = await database.RunAsync("verify_customer", ("name", Callers.Dana), ("date_of_birth", "1984-03-13"));
        var wrongPostcode = await database.RunAsync("verify_customer", ("name", Callers.Dana), ("date_of_birth", "1984-03-12"), ("postcode", "NG1 1AA"));
        var nobody = await database.RunAsync("verify_customer", ("name", "Oswald Featherstone"), ("date_of_birth", "1984-03-12"));
        var nothing = ToolResult.Of([]).Digest;
        new[] { wrongDay.Digest, wrongPostcode.Digest, nobody.Digest }.ShouldAllBe(d => d == nothing);
    }

    [Fact]
    public async Task VerifyCustomer_WithoutADay_IsUnacceptable()
    {
        await using var database = await PluginDatabase.SeededAsync();
        Func<Task> verify = () => database.RunAsync("verify_customer", ("name", "Oswald Featherstone"));
        (await verify.ShouldThrowAsync<ArgumentException>()).ParamName.ShouldBe("date_of_birth");
    }
}
