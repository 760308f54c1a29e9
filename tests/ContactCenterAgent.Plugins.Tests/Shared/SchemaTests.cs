using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Plugins.Booking;
using ContactCenterAgent.Plugins.Booking.Storage;
using ContactCenterAgent.Plugins.Crm;
using ContactCenterAgent.Plugins.Crm.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Plugins.Tests.Shared;

/// <summary>Migrations are written by hand, so what they build is compared with what the model means.</summary>
public sealed class SchemaTests
{
    [Fact]
    public Task Migrations_OfTheCustomerRecords_BuildTheModel() =>
        CompareAsync("crm", new CrmContext(new DbContextOptionsBuilder<CrmContext>().UseSqlite("Data Source=:memory:").Options));

    [Fact]
    public Task Migrations_OfTheDiary_BuildTheModel() =>
        CompareAsync("booking", new BookingContext(new DbContextOptionsBuilder<BookingContext>().UseSqlite("Data Source=:memory:").Options));

    [Fact]
    public void Migrations_OfBothContexts_AreAllListed()
    {
        using var crm = new CrmContext(new DbContextOptionsBuilder<CrmContext>().UseSqlite().Options);
        using var booking = new BookingContext(new DbContextOptionsBuilder<BookingContext>().UseSqlite().Options);
        CrmContext.Migrations.ShouldBe(crm.Database.GetMigrations());
        BookingContext.Migrations.ShouldBe(booking.Database.GetMigrations());
    }

    [Fact]
    public async Task Migrate_ASecondTime_ChangesNothing()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var before = await database.HashAsync();
        await CrmPlugin.MigrateAsync(database.ConnectionString, PluginDatabase.None);
        await BookingPlugin.MigrateAsync(database.ConnectionString, PluginDatabase.None);
        (await database.HashAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData(CrmContext.History)]
    [InlineData(BookingContext.History)]
    public async Task Migrate_ADatabaseOfANewerVersion_Refuses(string history)
    {
        await using var database = await PluginDatabase.MigratedAsync();
        await using (var connection = await database.OpenAsync())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"INSERT INTO {history} VALUES ('29990101000000_Later', '99')";
            await command.ExecuteNonQueryAsync();
        }

        Func<Task> migrate = async () =>
        {
            await CrmPlugin.MigrateAsync(database.ConnectionString, PluginDatabase.None);
            await BookingPlugin.MigrateAsync(database.ConnectionString, PluginDatabase.None);
        };
        (await migrate.ShouldThrowAsync<StoreTooNewException>()).Message.ShouldContain("29990101000000_Later");
    }

    private static async Task CompareAsync(string prefix, DbContext model)
    {
        await using var database = await PluginDatabase.MigratedAsync();
        await using var migrated = await database.OpenAsync();
        await using (model)
        {
            await model.Database.OpenConnectionAsync();
            await model.Database.EnsureCreatedAsync();
            var meant = await DescribeAsync((SqliteConnection)model.Database.GetDbConnection(), prefix);
            meant.Count.ShouldBeGreaterThan(10);
            (await DescribeAsync(migrated, prefix)).ShouldBe(meant);
        }
    }

    private static async Task<List<string>> DescribeAsync(SqliteConnection connection, string prefix)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT 'column', m.name, c.name, c.type, c."notnull", c.pk, '' FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name LIKE '{prefix}\_%' ESCAPE '\'
            UNION ALL
            SELECT 'index', m.name, i.name, c.name, c.seqno, i."unique", '' FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
            WHERE m.type = 'table' AND m.name LIKE '{prefix}\_%' ESCAPE '\'
            UNION ALL
            SELECT 'foreign', m.name, f."from", f."table", f."to", f.on_delete, f.on_update FROM sqlite_master m, pragma_foreign_key_list(m.name) f
            WHERE m.type = 'table' AND m.name LIKE '{prefix}\_%' ESCAPE '\'
            ORDER BY 1, 2, 3, 4, 5
            """;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(string.Join(' ', Enumerable.Range(0, 7).Select(i => reader.GetValue(i).ToString())));
        return lines;
    }
}
