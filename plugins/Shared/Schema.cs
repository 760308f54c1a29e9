using ContactCenterAgent.Abstractions;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Plugins.Shared;

/// <summary>Brings a plugin's tables up to date.</summary>
internal static class Schema
{
    /// <summary>Runs the migrations that are missing.</summary>
    /// <exception cref="StoreTooNewException">The database has migrations that this build does not know.</exception>
    public static async Task MigrateAsync(DbContext context, CancellationToken cancellationToken)
    {
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        var unknown = applied.Except(context.Database.GetMigrations(), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0) throw new StoreTooNewException($"The database has the migration {unknown[0]}, which this version does not know.");
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }
}
