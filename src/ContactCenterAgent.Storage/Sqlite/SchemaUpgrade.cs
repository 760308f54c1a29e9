using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Storage.Ledger;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactCenterAgent.Storage.Sqlite;

/// <summary>Brings a database to the present schema, in one transaction: a process that dies in between leaves the old schema whole.</summary>
/// <remarks>
/// EF Core's own migrator guards itself with a row in a lock table. A process killed in the middle leaves that row behind and the next
/// start waits for it for ever; SQLite's write lock dies with its process.
/// </remarks>
internal static class SchemaUpgrade
{
    /// <summary>Refuses a database that a newer version has written. Reads only.</summary>
    /// <exception cref="StoreTooNewException">The history names a migration that is not known here.</exception>
    internal static void RefuseNewer(LedgerContext context, SqliteConnection connection, string path)
    {
        var known = context.GetService<IMigrationsAssembly>().Migrations;
        foreach (var applied in Applied(connection, null))
        {
            if (!known.ContainsKey(applied))
                throw new StoreTooNewException(
                    $"The database '{path}' was written by a newer version (migration {applied}; the newest known here is {known.Keys.Max()}). Use that version; nothing was changed.");
        }
    }

    /// <summary>Applies what is missing.</summary>
    internal static void Apply(LedgerContext context, SqliteConnection connection)
    {
        var migrations = context.GetService<IMigrationsAssembly>();
        var history = context.GetService<IHistoryRepository>();
        var generator = context.GetService<IMigrationsSqlGenerator>();
        using var transaction = connection.BeginTransaction(deferred: false);
        Execute(connection, transaction, history.GetCreateIfNotExistsScript());
        var applied = Applied(connection, transaction);
        foreach (var (id, type) in migrations.Migrations.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            if (applied.Contains(id)) continue;
            var migration = migrations.CreateMigration(type, context.Database.ProviderName!);
            foreach (var command in generator.Generate(migration.UpOperations)) Execute(connection, transaction, command.CommandText);
            Execute(connection, transaction, history.GetInsertScript(new HistoryRow(id, ProductInfo.GetVersion())));
        }

        transaction.Commit();
    }

    private static HashSet<string> Applied(SqliteConnection connection, SqliteTransaction? transaction)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        using var exists = connection.CreateCommand();
        exists.Transaction = transaction;
        exists.CommandText = $"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{LedgerContext.HistoryTable}'";
        if ((long)exists.ExecuteScalar()! == 0) return ids;
        using var select = connection.CreateCommand();
        select.Transaction = transaction;
        select.CommandText = $"SELECT MigrationId FROM {LedgerContext.HistoryTable}";
        using var rows = select.ExecuteReader();
        while (rows.Read()) ids.Add(rows.GetString(0));
        return ids;
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
