using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Host.Agents;
using ContactCenterAgent.Plugins.Booking;
using ContactCenterAgent.Plugins.Crm;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using NodaTime;

namespace ContactCenterAgent.Plugins.Tests;

/// <summary>A SQLite file with both plugins' tables, the demo business in it, and a clock that stands still until it is moved.</summary>
public sealed class PluginDatabase : IAsyncDisposable
{
    public static readonly LocalDate Monday = new(2026, 11, 23);

    public static readonly CancellationToken None = CancellationToken.None;

    private static readonly Lazy<Task<byte[]>> Template = new(async () =>
    {
        await using var filled = await FilledAsync(1);
        return await File.ReadAllBytesAsync(filled.DatabaseFile, None);
    });

    public string Folder { get; } = Directory.CreateTempSubdirectory("plugins").FullName;

    private PluginDatabase() => Tools =
    [
        .. CrmPlugin.Create(ConnectionString, Clock, new(ConnectionString, new IndexedPeople())),
        .. BookingPlugin.Create(ConnectionString, Clock, NorthgateDiary.Catalogue),
    ];

    public string DatabaseFile => Path.Combine(Folder, "contactcenter.db");

    public string ConnectionString => $"Data Source={DatabaseFile};Pooling=False";

    public Clock Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    public IReadOnlyList<Tool> Tools { get; }

    /// <summary>The demo business of seed 1: a copy of a file that is filled once for all tests.</summary>
    public static async Task<PluginDatabase> SeededAsync()
    {
        var database = new PluginDatabase();
        await File.WriteAllBytesAsync(database.DatabaseFile, await Template.Value, None);
        return database;
    }

    /// <summary>The demo business of a seed, filled anew.</summary>
    public static async Task<PluginDatabase> FilledAsync(int seed)
    {
        var database = await MigratedAsync();
        await using var connection = await database.OpenAsync();
        await NorthgateCustomers.SeedAsync(connection, seed, Monday, None);
        await NorthgateDiary.SeedAsync(connection, seed, Monday, None);
        return database;
    }

    /// <summary>Tables without rows.</summary>
    public static async Task<PluginDatabase> MigratedAsync()
    {
        var database = new PluginDatabase();
        await CrmPlugin.MigrateAsync(database.ConnectionString, None);
        await BookingPlugin.MigrateAsync(database.ConnectionString, None);
        return database;
    }

    public Tool Tool(string name) => Tools.Single(t => t.Descriptor.Name == name);

    /// <summary>Runs a tool as the runtime does: canonical strings in, its JSON read back as rows.</summary>
    public Task<ToolResult> RunAsync(string tool, params (string Name, object Value)[] given) => RunAsync(Tool(tool).Invoke, given);

    /// <summary>Names with a dot belong to the context, all others are arguments.</summary>
    public static async Task<ToolResult> RunAsync(AIFunction function, params (string Name, object Value)[] given)
    {
        var arguments = new AIFunctionArguments { Context = new Dictionary<object, object?>() };
        foreach (var (name, value) in given)
        {
            if (name.Contains('.', StringComparison.Ordinal)) arguments.Context[name] = value;
            else arguments[name] = value;
        }

        var json = (await function.InvokeAsync(arguments, None)).ShouldBeOfType<JsonElement>();
        ToolResult.TryRead(json, out var result).ShouldBeTrue();
        return result;
    }

    public async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(None);
        return connection;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(None);
    }

    /// <summary>Adds a customer behind the plugin's back.</summary>
    public Task AddAsync(string id, string given, string family, string born, string postcode) => AddAsync([(id, given, family, born, postcode)]);

    public async Task AddAsync(IReadOnlyCollection<(string Id, string Given, string Family, string Born, string Postcode)> people)
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(None);
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO crm_customers VALUES ($id, $given, $family, $born, '1 High Street', $postcode, '+447700900998', 'x@example.com')";
        foreach (var person in people)
        {
            command.Parameters.Clear();
            command.Parameters.AddRange(new SqliteParameter[] { new("$id", person.Id), new("$given", person.Given), new("$family", person.Family), new("$born", person.Born), new("$postcode", person.Postcode) });
            await command.ExecuteNonQueryAsync(None);
        }

        await transaction.CommitAsync(None);
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(None))!;
    }

    /// <summary>SHA-256 over every row of every table but the history of migrations.</summary>
    public async Task<string> HashAsync()
    {
        await using var connection = await OpenAsync();
        var text = new StringBuilder();
        foreach (var table in await ColumnAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name"))
        {
            text.AppendLine(table);
            foreach (var row in await ColumnAsync(connection, $"SELECT * FROM {table} ORDER BY 1, 2")) text.AppendLine(row);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public async ValueTask DisposeAsync()
    {
        await Task.CompletedTask;
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<List<string>> ColumnAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(None);
        var rows = new List<string>();
        while (await reader.ReadAsync(None)) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString())));
        return rows;
    }
}

/// <summary>A clock that its owner moves.</summary>
public sealed class Clock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}
