using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Booking;
using ContactCenterAgent.Plugins.Crm;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using NodaTime;

namespace ContactCenterAgent.Plugins.SemanticKernel.Tests;

/// <summary>The demo business in a SQLite file of its own, and a clock that stands still until it is moved.</summary>
internal sealed class NorthgateDatabase : IAsyncDisposable
{
    public const string Dana = "Dana Whitfield", DanasBirthday = "1984-03-12";

    private static readonly LocalDate Monday = new(2026, 11, 23);

    private NorthgateDatabase() => Tools = [.. CrmPlugin.Create(ConnectionString, Clock), .. BookingPlugin.Create(ConnectionString, Clock, NorthgateDiary.Catalogue)];

    public string Folder { get; } = Directory.CreateTempSubdirectory("northgate").FullName;

    public StandingClock Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    public IReadOnlyList<Tool> Tools { get; }

    private string ConnectionString => $"Data Source={Path.Combine(Folder, "contactcenter.db")};Pooling=False";

    public static async Task<NorthgateDatabase> SeededAsync()
    {
        var database = new NorthgateDatabase();
        await CrmPlugin.MigrateAsync(database.ConnectionString, default);
        await BookingPlugin.MigrateAsync(database.ConnectionString, default);
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        await NorthgateCustomers.SeedAsync(connection, 1, Monday, default);
        await NorthgateDiary.SeedAsync(connection, 1, Monday, default);
        return database;
    }

    public async Task<ToolResult> RunAsync(string tool, params (string Name, string Value)[] given)
    {
        var arguments = new AIFunctionArguments { Context = new Dictionary<object, object?>() };
        foreach (var (name, value) in given) arguments[name] = value;
        var json = (await Tools.Single(t => t.Descriptor.Name == tool).Invoke.InvokeAsync(arguments)).ShouldBeOfType<JsonElement>();
        ToolResult.TryRead(json, out var result).ShouldBeTrue();
        return result;
    }

    public async Task<string> DanaIdAsync() => (await RunAsync("verify_customer", ("name", Dana), ("date_of_birth", DanasBirthday))).Rows.Single()["customer_id"]!;

    public async Task<string[]> FreeAsync(string date) =>
        [.. (await RunAsync("find_slots", ("service", "eye test"), ("date", date))).Rows.Select(r => r["slot_id"]!)];

    public async ValueTask DisposeAsync()
    {
        await Task.CompletedTask;
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A clock that its owner moves.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}
