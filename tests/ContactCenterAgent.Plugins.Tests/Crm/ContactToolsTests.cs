using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Plugins.Tests.Crm;

public sealed class ContactToolsTests
{
    [Theory]
    [InlineData("change_phone", "phone", "+447700900999", "+447700900111")]
    [InlineData("change_email", "email", "dana@example.org", "whitfield@example.org")]
    public async Task Change_UnderAKey_HappensOnceAndCanBeLookedUp(string tool, string field, string value, string other)
    {
        await using var database = await PluginDatabase.SeededAsync();
        var dana = await database.DanaIdAsync();
        var first = await database.RunAsync(tool, ("customer_id", dana), (field, value), (ToolContext.Key, "k1"));
        var again = await database.RunAsync(tool, ("customer_id", dana), (field, other), (ToolContext.Key, "k1"));
        again.Digest.ShouldBe(first.Digest);
        (await database.CountAsync($"SELECT count(*) FROM crm_customers WHERE {field} = '{other}' AND Id = '{dana}'")).ShouldBe(0);
        first.Rows.Single()[field].ShouldBe(value);
        (await database.CountAsync($"SELECT count(*) FROM crm_customers WHERE {field} = '{value}'")).ShouldBe(1);
        (await database.LookUpAsync(tool, "k1")).ShouldBe("done");
    }

    [Fact]
    public async Task Change_AfterItsKeyWasFoundAbsent_IsRefused()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var dana = await database.DanaIdAsync();
        (await database.LookUpAsync("change_phone", "k1")).ShouldBe("absent");
        (await Callers.RefusalAsync(() => database.RunAsync("change_phone", ("customer_id", dana), ("phone", "+447700900999"), (ToolContext.Key, "k1")))).ShouldBe("given_up");
        (await database.LookUpAsync("change_phone", "k1")).ShouldBe("absent");
        (await database.CountAsync("SELECT count(*) FROM crm_customers WHERE Phone = '+447700900999'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("change_phone", "phone", "07700 900999")]
    [InlineData("change_phone", "phone", "+44")]
    [InlineData("change_email", "email", "dana at example")]
    [InlineData("change_email", "email", "Dana <dana@example.org>")]
    public async Task Change_ToSomethingThatIsNone_IsUnacceptable(string tool, string field, string value)
    {
        await using var database = await PluginDatabase.SeededAsync();
        var dana = await database.DanaIdAsync();
        var before = await database.HashAsync();
        Func<Task> change = () => database.RunAsync(tool, ("customer_id", dana), (field, value), (ToolContext.Key, "k1"));
        (await change.ShouldThrowAsync<ArgumentException>()).ParamName.ShouldBe(field);
        (await database.HashAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Change_ForNobody_IsRefusedAndLeavesNothing()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var before = await database.HashAsync();
        (await Callers.RefusalAsync(() => database.RunAsync("change_phone", ("customer_id", "nobody"), ("phone", "+447700900999"), (ToolContext.Key, "k1")))).ShouldBe("no_such_customer");
        (await database.HashAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Change_InsideATransactionThatIsRolledBack_LeavesNothing()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var dana = await database.DanaIdAsync();
        var before = await database.HashAsync();
        await using (var connection = await database.OpenAsync())
        {
            await using var transaction = connection.BeginTransaction(deferred: false);
            await database.RunAsync(
                "change_phone", ("customer_id", dana), ("phone", "+447700900999"),
                (ToolContext.Key, "k1"), (ToolContext.Connection, connection), (ToolContext.Transaction, transaction));
            await transaction.RollbackAsync();
        }

        (await database.HashAsync()).ShouldBe(before);
        (await database.LookUpAsync("change_phone", "k1")).ShouldBe("absent");
    }

    [Fact]
    public async Task Change_InsideATransactionThatIsCommitted_IsThere()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var dana = await database.DanaIdAsync();
        await using (var connection = await database.OpenAsync())
        {
            await using var transaction = connection.BeginTransaction(deferred: false);
            await database.RunAsync(
                "change_phone", ("customer_id", dana), ("phone", "+447700900999"),
                (ToolContext.Key, "k1"), (ToolContext.Connection, connection), (ToolContext.Transaction, transaction));
            await transaction.CommitAsync();
        }

        (await database.LookUpAsync("change_phone", "k1")).ShouldBe("done");
        (await database.CountAsync("SELECT count(*) FROM crm_customers WHERE Phone = '+447700900999'")).ShouldBe(1);
    }
}
