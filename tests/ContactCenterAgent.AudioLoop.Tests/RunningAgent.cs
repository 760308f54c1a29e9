using System.Net;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host;
using ContactCenterAgent.Storage;
using ContactCenterAgent.Storage.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace ContactCenterAgent.AudioLoop.Tests;

/// <summary>The host as it serves, with a store of its own and its SIP line on a free port.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-loop-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private Server? _server;
    private Task _serving = Task.CompletedTask;

    private StoreOptions Store => new() { Folder = Path.Combine(_folder, "var") };

    /// <summary>Where the console is.</summary>
    public Uri Console => _server!.Address;

    /// <summary>Where to call.</summary>
    public IPEndPoint Line { get; private set; } = null!;

    /// <summary>Starts it.</summary>
    /// <param name="settings">What differs from the defaults.</param>
    public static Task<RunningAgent> StartAsync(params IEnumerable<(string Key, string Value)> settings) => StartAsync(null, settings);

    /// <summary>Starts it with somebody who watches its calls.</summary>
    public static async Task<RunningAgent> StartAsync(ICallObserver? watching, IEnumerable<(string Key, string Value)> settings)
    {
        var agent = new RunningAgent();
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Console:Port"] = "0",
            ["Lines:Sip:Port"] = "0",
            ["Lines:Sip:TlsPort"] = "0",
            ["Storage:Folder"] = agent.Store.Folder,
            ["Operator:DrainMax"] = "00:00:05",
            ["Telemetry:Level"] = "Warning",
        };
        foreach (var (key, value) in settings) all[key] = value;
        agent._server = await Server.StartAsync(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), watching is null ? [] : [watching], agent._stop.Token);
        agent._serving = agent._server.RunAsync(agent._stop.Token);
        agent.Line = IPEndPoint.Parse(agent._server.PhonesSay.Split('@', ' ').First(part => part.StartsWith("127.0.0.1:", StringComparison.Ordinal)));
        return agent;
    }

    /// <summary>Stops it; what it has written can be read then.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        if (_server is not null) await _server.DisposeAsync();
        _server = null;
    }

    /// <summary>The only call's journal.</summary>
    public CallHistory Journal() =>
        JournalReader.Read(Directory.EnumerateFiles(Store.JournalFolder, "*.journal", SearchOption.AllDirectories).Single(), CallKeys.In(Store));

    /// <summary>What the agent has said, in order, by the journal.</summary>
    public IReadOnlyList<string> Said()
    {
        var said = new List<string>();
        foreach (var command in Journal().Steps.SelectMany(step => step.Commands).Where(command => command.Name == nameof(Say)))
        {
            using var json = JsonDocument.Parse(command.Text);
            said.Add(json.RootElement.EnumerateObject().First(property => property.NameEquals("Text") || property.NameEquals("text")).Value.GetString()!);
        }

        return said;
    }

    /// <summary>Rows of a query on the store's database, their columns joined by bars.</summary>
    public IReadOnlyList<string> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Store.DatabasePath};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetValue(i)}")));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
