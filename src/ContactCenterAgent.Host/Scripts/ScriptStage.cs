using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Host.Agents;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Simulation;
using ContactCenterAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime.Extensions;

namespace ContactCenterAgent.Host.Scripts;

/// <summary>
/// Where scripts are played: every one in a business of its own that has just been seeded, against back ends that take as long as real ones.
/// Its folder is temporary and goes with it.
/// </summary>
internal sealed class ScriptStage : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly int _seed;
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-").FullName;
    private int _copies;

    /// <summary>A stage.</summary>
    /// <param name="configuration">What the agent is run with.</param>
    /// <param name="seed">Of the business and of the back ends' latencies.</param>
    public ScriptStage(IConfiguration configuration, int seed) => (_configuration, _seed) = (configuration, seed);

    /// <summary>Plays a script in real time on a real store.</summary>
    /// <returns>What came of it, and the folder of its store, for as long as the stage stands.</returns>
    public async Task<(ScriptRun Run, string Folder)> PlayAsync(CallScript script, ICallObserver observer, CancellationToken cancellationToken)
    {
        var time = new ShiftedTime(StartOf(script), TimeProvider.System);
        var options = new StoreOptions { Folder = await CopyAsync(script.Name, script.Start, cancellationToken) };
        await using var store = ContactCenterStore.Open(options, time, NullLogger<ContactCenterStore>.Instance);
        var services = await ServicesAsync(options.DatabasePath, Speculation.On, time, store.Ledger, store.Journals, store.Records, cancellationToken);
        var run = await ScriptPlayer.PlayAsync(script, services with { Observers = [observer] }, cancellationToken);
        return (run, options.Folder);
    }

    /// <summary>The business today, for a call that follows no script.</summary>
    /// <returns>What the call is run with; the store closes with it.</returns>
    public async Task<OpenStage> OpenAsync(ICallObserver observer, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var local = TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zone).DateTime;
        var options = new StoreOptions { Folder = await CopyAsync("typed", local, cancellationToken) };
        var store = ContactCenterStore.Open(options, time, NullLogger<ContactCenterStore>.Instance);
        var services = await ServicesAsync(options.DatabasePath, Speculation.On, time, store.Ledger, store.Journals, store.Records, cancellationToken);
        return new(store, services with { Observers = [observer], LocalTime = at => TimeZoneInfo.ConvertTime(at, Zone).DateTime });
    }

    /// <summary>Plays a script on virtual time: in a moment, and the same every time.</summary>
    /// <param name="script">The script.</param>
    /// <param name="speculation">Sequential: the twin that a script is compared with.</param>
    /// <param name="observer">Watches the call; null = nobody.</param>
    /// <param name="cancellationToken">While the business is made ready.</param>
    public Task<ScriptRun> PlayOnVirtualTimeAsync(CallScript script, Speculation speculation, ICallObserver? observer, CancellationToken cancellationToken) =>
        PlayOnVirtualTimeAsync(script, speculation, observer, services => services, cancellationToken);

    /// <summary>The same, with changes to what the call is run with.</summary>
    internal async Task<ScriptRun> PlayOnVirtualTimeAsync(
        CallScript script, Speculation speculation, ICallObserver? observer, Func<CallServices, CallServices> change, CancellationToken cancellationToken)
    {
        var database = new StoreOptions { Folder = await CopyAsync(script.Name, script.Start, cancellationToken) }.DatabasePath;
        return ScriptPlayer.PlayOnVirtualTime(script, time =>
        {
            // Everything in it completes at once: an in-process database does not wait, and nobody else has it open.
            var services = ServicesAsync(database, speculation, time, new MemoryLedger(time), new MemoryJournals(), new MemoryRecords(), CancellationToken.None);
            return change(services.GetAwaiter().GetResult() with { Observers = observer is null ? [] : [observer] });
        });
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<CallServices> ServicesAsync(
        string database, Speculation speculation, TimeProvider time, IToolLedger ledger, ICallJournalStore journals, ICallRecordStore records, CancellationToken cancellationToken)
    {
        var latency = new BackEndLatency(_seed);
        var business = DemoBusiness.At(database);
        var tools = business.Tools(time);
        var reserves = tools.Where(t => t.Descriptor.Effect == ToolEffect.Reserve).Select(t => t.Descriptor.Name).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            Tools = [.. tools.Select(t => SlowedTool.Wrap(t, latency, time))],
            Settings = Agent.AgentSettingsOf(_configuration) with { Speculation = speculation },
            Draft = await business.PlannerAsync(tools, cancellationToken),
            Ledger = new SlowedLedger(ledger, latency, reserves, time),
            Journals = journals,
            Records = records,
            Time = time,
        };
    }

    /// <summary>A folder with a business of its own, copied from one that is seeded once a day that scripts start on.</summary>
    private async Task<string> CopyAsync(string name, DateTime start, CancellationToken cancellationToken)
    {
        var seeded = Path.Combine(_folder, $"seeded-{start:yyyyMMdd}.db");
        if (!File.Exists(seeded))
        {
            await DemoBusiness.At(seeded).PrepareAsync(_seed, DateOnly.FromDateTime(start).ToLocalDate(), cancellationToken);
            SqliteConnection.ClearAllPools();
        }

        var folder = Directory.CreateDirectory(Path.Combine(_folder, $"{Interlocked.Increment(ref _copies)}-{name}")).FullName;
        File.Copy(seeded, new StoreOptions { Folder = folder }.DatabasePath);
        return folder;
    }

    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(_configuration.Of<LineSettings>().TimeZone);

    private DateTimeOffset StartOf(CallScript script) => new(script.Start, Zone.GetUtcOffset(script.Start));
}

/// <summary>A stage with its store open.</summary>
internal sealed record OpenStage(ContactCenterStore Store, CallServices Services) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
