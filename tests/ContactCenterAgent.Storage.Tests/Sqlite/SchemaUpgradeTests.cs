using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Storage.Tests.Sqlite;

public sealed class SchemaUpgradeTests
{
    [Fact]
    public void Schema_Migrated_IsTheModels()
    {
        using var migrated = Open();
        using (var context = LedgerDatabase.Context(migrated)) SchemaUpgrade.Apply(context, migrated);
        using var created = Open();
        using (var context = LedgerDatabase.Context(created)) Execute(created, context.Database.GenerateCreateScript());

        Shape(migrated).ShouldBe(Shape(created));
        Shape(migrated).ShouldContain("effects.result BLOB");
    }

    [Fact]
    public void Upgrade_OfAnUpToDateDatabase_ChangesNothing()
    {
        using var connection = Open();
        using var context = LedgerDatabase.Context(connection);
        SchemaUpgrade.Apply(context, connection);
        var version = Execute(connection, "PRAGMA schema_version");

        SchemaUpgrade.Apply(context, connection);

        Execute(connection, "PRAGMA schema_version").ShouldBe(version);
    }

    [Fact]
    public void Upgrade_OfTheFirstSchema_KeepsItsRecords_AndTheyStayFinal()
    {
        using var connection = Open();
        using var context = LedgerDatabase.Context(connection);
        SchemaUpgrade.Apply(context, connection);
        Execute(connection, "ALTER TABLE call_records DROP COLUMN recording; DELETE FROM __ledger_history WHERE MigrationId > '0001_Ledger'");
        Execute(connection, "INSERT INTO call_records (call_id, line, started_at, ended_at, disposition, turns, tool_calls, effects) VALUES ('c', 'sip', 1, 2, 'Completed', 3, 0, 0)");

        SchemaUpgrade.Apply(context, connection);

        Execute(connection, "SELECT turns FROM call_records WHERE recording IS NULL").ShouldBe(3L);
        Should.Throw<SqliteException>(() => Execute(connection, "UPDATE call_records SET recording = 'x'")).Message.ShouldContain("never edited");
    }

    [Fact]
    public void Upgrade_Failing_LeavesTheOldSchemaWhole()
    {
        using var connection = Open();
        using var context = LedgerDatabase.Context(connection);
        Execute(connection, "CREATE TABLE call_records (mine TEXT)");
        var before = Shape(connection);

        Should.Throw<SqliteException>(() => SchemaUpgrade.Apply(context, connection));

        Shape(connection).ShouldBe(before);
    }

    [Fact]
    public void Newer_IsRefused()
    {
        using var connection = Open();
        using var context = LedgerDatabase.Context(connection);
        SchemaUpgrade.Apply(context, connection);
        SchemaUpgrade.RefuseNewer(context, connection, "x.db");
        Execute(connection, "INSERT INTO __ledger_history VALUES ('0002_Next', '11.0')");

        Should.Throw<StoreTooNewException>(() => SchemaUpgrade.RefuseNewer(context, connection, "x.db"));
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Every table, column, key and index, in order of name; the history is EF's own.</summary>
    private static string Shape(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT t.name || '.' || c.name || ' ' || c.type || ' notnull=' || c."notnull" || ' pk=' || c.pk || ' default=' || ifnull(c.dflt_value, '')
                || CASE WHEN t.sql LIKE '%AUTOINCREMENT%' AND c.pk = 1 THEN ' auto' ELSE '' END AS line
            FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '\_\_%' ESCAPE '\'
            UNION ALL
            SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
            ORDER BY line
            """;
        using var rows = command.ExecuteReader();
        var lines = new List<string>();
        while (rows.Read()) lines.Add(rows.GetString(0));
        return string.Join('\n', lines);
    }
}
