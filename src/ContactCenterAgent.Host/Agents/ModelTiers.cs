using System.Collections.Immutable;
using Azure.Identity;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Llm;
using ContactCenterAgent.Llm.Clients;
using ContactCenterAgent.Llm.Realtime;
using ContactCenterAgent.Llm.Tiers;
using ContactCenterAgent.Runtime;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Host.Agents;

/// <summary>The tiers of planners as the operator has them, with the clients and probes that they need.</summary>
internal sealed class ModelTiers : IAsyncDisposable
{
    private readonly List<IChatClient> _clients = [];
    private readonly HttpClient _http = new();
    private readonly TaskScope _probes = new(_ => { }, CancellationToken.None);

    private ModelTiers()
    {
    }

    /// <summary>The authority; null = the embedded planner alone.</summary>
    public IPlanner? Authority { get; private set; }

    /// <summary>Makes the tiers. Servers are not asked yet; probes of one's own servers begin to look.</summary>
    /// <param name="configuration">Holds the settings, and the keys under the names that the settings give.</param>
    /// <param name="draft">The embedded planner.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Gets codes, never words.</param>
    /// <exception cref="SettingException">A tier lacks its model, endpoint or key, or two have one name.</exception>
    public static ModelTiers Of(IConfiguration configuration, IPlanner draft, TimeProvider time, ILoggerFactory loggers)
    {
        var settings = configuration.Of<PlannerSettings>().Tiers;
        var tiers = new ModelTiers();
        if (settings.All(t => t.Kind == TierKind.Embedded)) return tiers;
        var log = loggers.CreateLogger("ContactCenterAgent.Planner");
        var made = settings.Select((tier, i) => tiers.Tier($"Planner:Tiers:{i}", tier, configuration, draft, time, log)).ToImmutableArray();
        var twice = made.GroupBy(t => t.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null) throw new SettingException($"Planner:Tiers has two tiers called {twice}. Allowed: one Name each.");
        tiers.Authority = new TieredPlanner(made, time);
        return tiers;
    }

    public async ValueTask DisposeAsync()
    {
        await _probes.DisposeAsync();
        foreach (var client in _clients)
        {
            if (client is IAsyncDisposable session) await session.DisposeAsync();
            else client.Dispose();
        }

        _http.Dispose();
    }

    private PlannerTier Tier(string path, TierSettings tier, IConfiguration configuration, IPlanner draft, TimeProvider time, ILogger log)
    {
        var name = tier.Name ?? tier.Kind.ToString().ToLowerInvariant();
        if (tier.Kind == TierKind.Embedded) return new(name, draft) { Limits = tier.Limits, Lines = [.. tier.Lines] };
        if (tier.Kind == TierKind.Person) return new(name, new PersonPlanner()) { Limits = tier.Limits, Lines = [.. tier.Lines] };
        var endpoint = Endpoint(path, tier, configuration);
        IChatClient client = tier.Realtime ? new RealtimeChatClient(endpoint, time) : new OpenAIChatClient(endpoint, time);
        _clients.Add(client);
        var planner = new ChatPlanner(
            client,
            new() { Form = tier.Form ?? (tier.Realtime ? PlanForm.ToolCall : PlanForm.JsonSchema), About = tier.About, OutputTokensMax = tier.OutputTokensMax },
            log);
        return new(name, planner) { Limits = tier.Limits, Lines = [.. tier.Lines], Signals = Signals(tier, endpoint, client, time) };
    }

    private ImmutableArray<ITierSignal> Signals(TierSettings tier, ModelEndpoint endpoint, IChatClient client, TimeProvider time)
    {
        var signals = ImmutableArray.CreateBuilder<ITierSignal>();
        if (client is ITierSignal limited) signals.Add(limited);
        if (tier.Kind is TierKind.OpenAI or TierKind.Azure) return signals.ToImmutable();
        var probe = new ServerProbe(endpoint, _http, time, tier.ProbeEvery, tier.WaitingMax);
        _probes.Start(probe.RunAsync);
        signals.Add(probe);
        return signals.ToImmutable();
    }

    private static ModelEndpoint Endpoint(string path, TierSettings tier, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(tier.Model)) throw new SettingException($"{path}:Model is missing. Allowed: the name of a model.");
        var address = tier.Endpoint ?? (tier.Kind == TierKind.OpenAI ? "https://api.openai.com/v1" : throw new SettingException($"{path}:Endpoint is missing. Allowed: an address like http://127.0.0.1:8080/v1."));
        var cloud = tier.Kind is TierKind.OpenAI or TierKind.Azure;
        var variable = tier.ApiKeyEnvironment ?? (tier.Kind switch { TierKind.OpenAI => "OPENAI_API_KEY", TierKind.Azure => "AZURE_OPENAI_API_KEY", _ => null });
        var key = variable is null || tier.Entra ? null : configuration.Secret(variable);
        if (key is null && !tier.Entra && (cloud || tier.ApiKeyEnvironment is not null)) throw new SettingException($"{path}: the environment variable {variable} is not set. It holds the API key.");
        return new()
        {
            Server = tier.Kind switch
            {
                TierKind.OpenAI => ModelServer.OpenAI,
                TierKind.Azure => ModelServer.Azure,
                TierKind.LlamaServer => ModelServer.LlamaServer,
                TierKind.Vllm => ModelServer.Vllm,
                TierKind.Ollama => ModelServer.Ollama,
                _ => ModelServer.Compatible,
            },
            Address = new(address),
            Model = tier.Model,
            Key = key,
            Tokens = tier.Entra ? new DefaultAzureCredential() : null,
            Slots = tier.Slots,
        };
    }
}
