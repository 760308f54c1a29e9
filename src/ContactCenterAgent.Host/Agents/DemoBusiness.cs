using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Planning;
using ContactCenterAgent.Plugins.Booking;
using ContactCenterAgent.Plugins.Crm;
using ContactCenterAgent.Runtime;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace ContactCenterAgent.Host.Agents;

/// <summary>Northgate Opticians in a database: its tables, its people and diary, its tools, and a planner that knows its customers' names.</summary>
/// <param name="connectionString">Of <c>Microsoft.Data.Sqlite</c>; the ledger's own database.</param>
internal sealed class DemoBusiness(string connectionString)
{
    private readonly CustomerDirectory _customers = new(connectionString, new IndexedPeople());

    /// <summary>The business in a database file.</summary>
    public static DemoBusiness At(string path) => new(new SqliteConnectionStringBuilder { DataSource = path }.ToString());

    /// <summary>Makes the tables where they are missing and fills them where they are empty.</summary>
    /// <param name="seed">The same seed gives the same business.</param>
    /// <param name="today">The business's local day.</param>
    /// <param name="cancellationToken">Leaves each table whole: full or empty.</param>
    public async Task PrepareAsync(int seed, LocalDate today, CancellationToken cancellationToken)
    {
        await CrmPlugin.MigrateAsync(connectionString, cancellationToken);
        await BookingPlugin.MigrateAsync(connectionString, cancellationToken);
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        if ((await CrmPlugin.NamesAsync(connectionString, cancellationToken)).Count == 0)
            await NorthgateCustomers.SeedAsync(connection, seed, today, cancellationToken);
        if ((await CatalogueStore.ReadAsync(connectionString, cancellationToken)).Services.IsDefaultOrEmpty)
            await NorthgateDiary.SeedAsync(connection, seed, today, cancellationToken);
        await _customers.FollowAsync(cancellationToken);
    }

    /// <summary>Its tools.</summary>
    public ImmutableArray<Tool> Tools(TimeProvider time) =>
        [.. CrmPlugin.Create(connectionString, time, _customers), .. BookingPlugin.Create(connectionString, time, NorthgateDiary.Catalogue)];

    /// <summary>The name on file for a caller's number; it proves nothing.</summary>
    public async ValueTask<string?> NameOfAsync(string number, CancellationToken cancellationToken) => await CrmPlugin.NameOfNumberAsync(connectionString, number, cancellationToken);

    /// <summary>The embedded planner, ready: nothing is left to learn when the first words come.</summary>
    public async Task<IPlanner> PlannerAsync(ImmutableArray<Tool> tools, CancellationToken cancellationToken)
    {
        var planner = new EmbeddedPlanner(NameLists.OfPeople(await CrmPlugin.NamesAsync(connectionString, cancellationToken)));
        planner.Prepare([.. tools.Select(t => t.Descriptor)]);
        return new DraftPlanner(planner.Propose);
    }
}
