using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning;
using ContactCenterAgent.Plugins.Booking;
using ContactCenterAgent.Plugins.Crm;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace ContactCenterAgent.Simulation.Tests;

/// <summary>The demo business on its real database, with the real planner and the latencies of real back ends, for one call on virtual time.</summary>
internal sealed class Northgate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("northgate").FullName;

    public ScriptRun Play(CallScript script, Speculation speculation = Speculation.On, long seed = 7)
    {
        ContactCenterStore? store = null;
        try
        {
            return ScriptPlayer.PlayOnVirtualTime(script, time =>
            {
                var options = new StoreOptions { Folder = Path.Combine(_folder, Guid.NewGuid().ToString("n")) };
                store = ContactCenterStore.Open(options, time, NullLogger<ContactCenterStore>.Instance);
                return Services(store, options, time, speculation, seed);
            });
        }
        finally
        {
            store?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CallServices Services(ContactCenterStore store, StoreOptions options, TimeProvider time, Speculation speculation, long seed)
    {
        // The effects of local tools run on the ledger's own connection, so their tables are in its database.
        var connectionString = $"Data Source={options.DatabasePath};Pooling=False";
        Seed(connectionString).GetAwaiter().GetResult();
        var latency = new BackEndLatency(seed);
        ImmutableArray<Tool> tools = [.. CrmPlugin.Create(connectionString, time).Concat(BookingPlugin.Create(connectionString, time, NorthgateDiary.Catalogue)).Select(t => SlowedTool.Wrap(t, latency, time))];
        var planner = new EmbeddedPlanner();
        planner.Prepare([.. tools.Select(t => t.Descriptor)]);
        return new()
        {
            Tools = tools,
            Settings = new() { Tools = [], Speculation = speculation },
            Draft = new DraftPlanner(planner.Propose),
            Ledger = new SlowedLedger(store.Ledger, latency, tools.Where(t => t.Descriptor.Effect == ToolEffect.Reserve).Select(t => t.Descriptor.Name).ToHashSet(StringComparer.Ordinal), time),
            Journals = new MemoryJournals(),
            Records = store.Records,
            Time = time,
        };
    }

    private static async Task Seed(string connectionString)
    {
        await CrmPlugin.MigrateAsync(connectionString, CancellationToken.None);
        await BookingPlugin.MigrateAsync(connectionString, CancellationToken.None);
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(CancellationToken.None);
        await NorthgateCustomers.SeedAsync(connection, 1, new LocalDate(2026, 11, 23), CancellationToken.None);
        await NorthgateDiary.SeedAsync(connection, 1, new LocalDate(2026, 11, 23), CancellationToken.None);
    }
}
