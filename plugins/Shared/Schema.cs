using ContactCenterAgent.Abstractions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Plugins.Shared;

/// <summary>Brings a plugin's tables up to date.</summary>
internal static class Schema
{
    /// <summary>Runs the migrations that are missing. A database that has them all is asked in plain SQL: a start should not wait for a model that it may not need.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="history">The context's own table of applied migrations.</param>
    /// <param name="known">Ids of all migrations of this build.</param>
    /// <param name="open">The context on the connection.</param>
    /// <param name="cancellationToken">Stops between migrations.</param>
    /// <exception cref="StoreTooNewException">The database has migrations that this build does not know.</exception>
    public static async Task MigrateAsync(
        SqliteConnection connection, string history, IReadOnlyList<string> known, Func<DbContext> open, CancellationToken cancellationToken)
    {
        var applied = await AppliedAsync(connection, history, cancellationToken);
        if (applied.Find(id => !known.Contains(id)) is { } unknown)
            throw new StoreTooNewException($"The database has the migration {unknown}, which this version does not know.");
        if (applied.Count == known.Count) return;
        await using var context = open();
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }

    private static async Task<List<string>> AppliedAsync(SqliteConnection connection, string history, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{history}'";
        var applied = new List<string>();
        if ((long)(await command.ExecuteScalarAsync(cancellationToken))! == 0) return applied;
        command.CommandText = $"SELECT MigrationId FROM {history}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) applied.Add(reader.GetString(0));
        return applied;
    }
}
