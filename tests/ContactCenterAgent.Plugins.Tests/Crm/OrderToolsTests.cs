namespace ContactCenterAgent.Plugins.Tests.Crm;

public sealed class OrderToolsTests
{
    [Fact]
    public async Task OrderStatus_OfDana_SaysSinceWhenItIsReady()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var row = (await database.RunAsync("order_status", ("customer_id", await database.DanaIdAsync()))).Rows.Single();
        (row["order"], row["status"], row["status_text"], row["day"]).ShouldBe(("NG10482", "ready", "has been ready to collect since", "2026-11-21"));
    }

    [Fact]
    public async Task OrderStatus_OfSomebodyElsesOrder_FindsNothing()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var dana = await database.DanaIdAsync();
        (await database.RunAsync("order_status", ("customer_id", dana), ("order", "NG10482"))).Rows.Length.ShouldBe(1);
        (await database.RunAsync("order_status", ("customer_id", "C0001"), ("order", "NG10482"))).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task OrderStatus_OfManyOrders_PutsOpenOnesFirstAndSaysThatThereAreMore()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var dana = await database.DanaIdAsync();
        await using (var connection = await database.OpenAsync())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = string.Concat(Enumerable.Range(1, 6).Select(i =>
                $"INSERT INTO crm_orders VALUES ('NG2000{i}', '{dana}', 'reading glasses', {(i == 6 ? 0 : 3)}, '2026-10-0{i}', '2026-11-01');"));
            await command.ExecuteNonQueryAsync();
        }

        var result = await database.RunAsync("order_status", ("customer_id", dana));
        result.Truncated.ShouldBeTrue();
        result.Rows.Select(r => r["order"]).ShouldBe(["NG10482", "NG20006", "NG20005", "NG20004", "NG20003"]);
    }
}
