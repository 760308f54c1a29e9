using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Storage;
using NodaTime.Extensions;

namespace ContactCenterAgent.Host.Agents;

/// <summary>An agent with its store open: what calls are run with. The only place that names the adapters.</summary>
internal sealed class Agent : IAsyncDisposable
{
    private readonly ModelTiers _tiers;

    private Agent(ContactCenterStore store, ModelTiers tiers, DemoBusiness business, CallServices services) =>
        (Store, _tiers, Business, Services) = (store, tiers, business, services);

    /// <summary>Ledger, journals and records.</summary>
    public ContactCenterStore Store { get; }

    /// <summary>Whose calls are answered.</summary>
    public DemoBusiness Business { get; }

    /// <summary>What calls are run with.</summary>
    public CallServices Services { get; }

    /// <summary>Opens the store and the demo business in it.</summary>
    /// <exception cref="StoreException">The folder or the database cannot be used.</exception>
    /// <exception cref="SettingException">A tier of planners lacks something.</exception>
    public static async Task<Agent> OpenAsync(
        IConfiguration configuration, TimeProvider time, ILoggerFactory loggers, ImmutableArray<ICallObserver> observers, CancellationToken cancellationToken)
    {
        var options = configuration.Of<StoreOptions>();
        var store = ContactCenterStore.Open(options, time, loggers.CreateLogger<ContactCenterStore>());
        try
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(configuration.Of<LineSettings>().TimeZone);
            var business = DemoBusiness.At(options.DatabasePath);
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime).ToLocalDate();
            await business.PrepareAsync(configuration.Of<OperatorSettings>().DemoSeed, today, cancellationToken);
            var tools = business.Tools(time);
            var draft = await business.PlannerAsync(tools, cancellationToken);
            var tiers = ModelTiers.Of(configuration, draft, time, loggers);
            return new(store, tiers, business, new()
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
        await Store.DisposeAsync();
    }
}
