using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host.Console;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Storage;
using NodaTime.Extensions;

namespace ContactCenterAgent.Host.Agents;

/// <summary>An agent with its store open: what calls are run with. The only place that names the adapters.</summary>
internal sealed class Agent : IAsyncDisposable
{
    private readonly ModelTiers _tiers;
    private readonly ImportedTools _imported;

    private Agent(ContactCenterStore store, ModelTiers tiers, ImportedTools imported, DemoBusiness business, CallServices services) =>
        (Store, _tiers, _imported, Business, Services) = (store, tiers, imported, business, services);

    /// <summary>Ledger, journals and records.</summary>
    public ContactCenterStore Store { get; }

    /// <summary>Whose calls are answered.</summary>
    public DemoBusiness Business { get; }

    /// <summary>What calls are run with.</summary>
    public CallServices Services { get; }

    /// <summary>What was imported from other systems, line by line.</summary>
    public ImmutableArray<string> ToolsSay => _imported.Says;

    /// <summary>How the MCP servers do.</summary>
    public ImmutableArray<SourceFigures> Servers => _imported.Servers;

    /// <summary>Opens the store and the demo business in it.</summary>
    /// <exception cref="StoreException">The folder or the database cannot be used.</exception>
    /// <exception cref="SettingException">A tier of planners lacks something, or a source of tools is not as the settings say.</exception>
    /// <exception cref="IOException">A source of tools that is required cannot be reached.</exception>
    public static async Task<Agent> OpenAsync(
        IConfiguration configuration, TimeProvider time, ILoggerFactory loggers, ImmutableArray<ICallObserver> observers, CancellationToken cancellationToken)
    {
        var options = configuration.Of<StoreOptions>();
        var store = ContactCenterStore.Open(options, time, loggers.CreateLogger<ContactCenterStore>());
        ImportedTools? imported = null;
        try
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(configuration.Of<LineSettings>().TimeZone);
            var business = DemoBusiness.At(options.DatabasePath);
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime).ToLocalDate();
            await business.PrepareAsync(configuration.Of<OperatorSettings>().DemoSeed, today, cancellationToken);
            ImmutableArray<Tool> own = configuration.Of<ToolSettings>().Demo ? business.Tools(time) : [];
            imported = await ImportedTools.OpenAsync(configuration, own, time, loggers.CreateLogger("ContactCenterAgent.Tools"), cancellationToken);
            ImmutableArray<Tool> tools = [.. own, .. imported.Tools];
            var draft = await business.PlannerAsync(tools, cancellationToken);
            var tiers = ModelTiers.Of(configuration, draft, time, loggers);
            return new(store, tiers, imported, business, new()
            {
                Tools = tools,
                Settings = AgentSettingsOf(configuration),
                Draft = draft,
                Authority = tiers.Authority,
                Ledger = store.Ledger,
                Journals = store.Journals,
                Records = store.Records,
                Time = time,
                Observers = observers,
                Loggers = loggers,
                Options = configuration.Of<OperatorSettings>().Limits,
                LocalTime = at => TimeZoneInfo.ConvertTime(at, zone).DateTime,
            });
        }
        catch
        {
            if (imported is not null) await imported.DisposeAsync();
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>The core's settings as the operator has them; the tools are added by the runtime.</summary>
    public static AgentSettings AgentSettingsOf(IConfiguration configuration)
    {
        var (lines, speech, planner, tools) =
            (configuration.Of<LineSettings>(), configuration.Of<SpeechSettings>(), configuration.Of<PlannerSettings>(), configuration.Of<ToolSettings>());
        return new()
        {
            Tools = [],
            Greeting = lines.Greeting,
            Baseline = speech.Baseline,
            DraftAfter = speech.DraftAfter,
            SpeakWhenComplete = speech.SpeakWhenComplete,
            SpeakMidValue = speech.SpeakMidValue,
            PlainYes = speech.PlainYes,
            NoInput = speech.NoInput,
            ConfidenceMin = planner.ConfidenceMin,
            Speculation = tools.Speculation,
            CallsPerTurn = tools.CallsPerTurn,
            CallsPerCall = tools.CallsPerCall,
            RunningPerBackEnd = tools.RunningPerBackEnd,
            DiscloseOnGuess = tools.DiscloseOnGuess,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _tiers.DisposeAsync();
        await _imported.DisposeAsync();
        await Store.DisposeAsync();
    }
}
