using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Storage.Tests;

/// <summary>A store in a folder of its own under the temp folder.</summary>
internal sealed class TestStore
{
    private readonly List<ContactCenterStore> _open = [];

    public StoreOptions Options { get; } = new() { Folder = Path.Combine(Path.GetTempPath(), "contactcenter-tests", Guid.NewGuid().ToString("n")) };

    public FixedTime Time { get; } = new();

    public LogLines Log { get; } = new();

    public ContactCenterStore Open()
    {
        var store = ContactCenterStore.Open(Options, Time, Log);
        _open.Add(store);
        return store;
    }

    /// <summary>Runs SQL beside the store, as a plugin or an operator would.</summary>
    public object? Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Options.DatabasePath};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>A table such as a plugin has, to see effects in.</summary>
    public void MakePluginTable() => Sql("CREATE TABLE bookings (slot TEXT)");

    public long Bookings => (long)Sql("SELECT count(*) FROM bookings")!;

    public async Task DisposeAsync()
    {
        foreach (var store in _open) await store.DisposeAsync();
        if (Directory.Exists(Options.Folder)) Directory.Delete(Options.Folder, recursive: true);
    }

    public static CallId NewCall() => new(Guid.CreateVersion7());

    public static EffectKey Key(CallId call, string tool = "book_appointment", string digest = "d1", int occurrence = 1) => new(call, tool, new(digest), occurrence);

    /// <summary>An effect that leaves a row in the plugin's table, on the ledger's own connection.</summary>
    public static async Task<string> Book(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO bookings VALUES ('s1')";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return """{"appointment_id":"a1"}""";
    }

    public static AgentSettings Settings { get; } = new()
    {
        Tools =
        [
            new()
            {
                Name = "find_slots",
                Effect = ToolEffect.Read,
                Parameters =
                [
                    new() { Name = "service", Type = ParameterType.Choice, Values = [ChoiceValue.Of("eye test", "eyes")] },
                    new() { Name = "date", Type = ParameterType.DateRange, Ask = "What day would suit you?" },
                ],
                Examples = ["what is free on {date}"],
                Finds = new("slot", "slot_id"),
                Widens = new(ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("date", "start")]), 50, TimeSpan.FromSeconds(30)),
                Phrases = new() { Echo = "{date}", Nothing = "Nothing is free." },
            },
            new()
            {
                Name = "book_appointment",
                Effect = ToolEffect.Reserve,
                Requires = AssuranceLevel.Identified,
                Hold = new(TimeSpan.FromMinutes(2), "slot", TimeSpan.FromMinutes(1)),
            },
        ],
    };
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class FixedTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>Keeps what is logged, with every field as a sink would write it.</summary>
internal sealed class LogLines : ILogger<ContactCenterStore>
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines) _lines.Add($"{formatter(state, exception)} {exception}");
    }
}
