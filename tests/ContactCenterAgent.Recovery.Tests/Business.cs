using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Planning;
using ContactCenterAgent.Plugins.Booking;
using ContactCenterAgent.Plugins.Crm;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace ContactCenterAgent.Recovery.Tests;

/// <summary>The demo business with everything real: database, ledger, journal files, planner, tools. Only the day is always the same.</summary>
internal static class Business
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public static async Task SeedAsync(string folder)
    {
        await using var store = Open(folder);
        var database = Database(folder);
        await CrmPlugin.MigrateAsync(database, CancellationToken.None);
        await BookingPlugin.MigrateAsync(database, CancellationToken.None);
        await using var connection = new SqliteConnection(database);
        await connection.OpenAsync();
        await NorthgateCustomers.SeedAsync(connection, 1, new LocalDate(2026, 11, 23), CancellationToken.None);
        await NorthgateDiary.SeedAsync(connection, 1, new LocalDate(2026, 11, 23), CancellationToken.None);
    }

    public static string Database(string folder) => new SqliteConnectionStringBuilder { DataSource = new StoreOptions { Folder = folder }.DatabasePath }.ToString();

    public static ContactCenterStore Open(string folder) =>
        ContactCenterStore.Open(new() { Folder = folder }, TimeProvider.System, NullLogger<ContactCenterStore>.Instance);

    /// <summary>What calls are run with. <paramref name="wrap"/> may put something between the runtime and each tool.</summary>
    public static CallServices Services(ContactCenterStore store, string folder, Func<Tool, Tool> wrap, params ImmutableArray<ICallObserver> observers)
    {
        var time = new MondayTime(Monday);
        var database = Database(folder);
        Tool[] tools = [.. CrmPlugin.Create(database, time), .. BookingPlugin.Create(database, time, NorthgateDiary.Catalogue)];
        var planner = new EmbeddedPlanner(NameLists.OfPeople(["Dana Whitfield"]));
        return new()
        {
            Tools = [.. tools.Select(wrap)],
            Settings = new() { Tools = [], Baseline = TimeSpan.FromMilliseconds(200), PlainYes = TimeSpan.FromMilliseconds(50), DraftAfter = TimeSpan.FromMilliseconds(20), SpeakWhenComplete = TimeSpan.FromMilliseconds(50) },
            Draft = new DraftPlanner(planner.Propose),
            Ledger = store.Ledger,
            Journals = store.Journals,
            Records = store.Records,
            Observers = observers,
            LocalTime = _ => Monday.DateTime,
        };
    }

    private sealed class MondayTime(DateTimeOffset start) : TimeProvider
    {
        private readonly long _began = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_began);
    }
}
