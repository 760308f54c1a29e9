using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Host.Agents;
using ContactCenterAgent.Host.Cli;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Llm.Imports;
using ContactCenterAgent.Planning;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Simulation;
using ContactCenterAgent.Simulation.SpeculationBench.Wall;
using ContactCenterAgent.Transports.Typed;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Host.Bench;

/// <summary>
/// Calls of one script, typed in real time at the running host in its own process, with its store on disk and a CRM behind REST, and the same calls on virtual time in memory: what the wall clock,
/// the network, the disk and the machine add.
/// </summary>
internal sealed class HostBench(int calls, long seed)
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Plays all of it, with and without speculation, and writes <see cref="WallTables.HostFile"/>.</summary>
    public async Task<JsonObject> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var before = MachineLoad.Now();
        var (virtually, wall) = (new List<WallTurn>(), new List<WallTurn>());
        foreach (var (policy, speculation) in ((string, Speculation)[])[("ours", Speculation.On), ("sequential", Speculation.Sequential)])
        {
            wall.AddRange(await WallAsync(policy, speculation, cancellationToken));
            for (var call = 0; call < calls; call++) virtually.AddRange(Turns(policy, call, Virtual(call, speculation)));
        }

        var json = new JsonObject
        {
            ["about"] = $"{calls} calls at once of 3 turns each, embedded planner, {Environment.ProcessorCount} cores, load average {MachineLoad.Text(before)} before and {MachineLoad.Text(MachineLoad.Now())} after.",
            ["planners"] = WallFigures.Of([.. virtually], [.. wall]),
        };
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, WallTables.HostFile), json.ToJsonString(Indented) + "\n", cancellationToken);
        return json;
    }

    private static ImmutableArray<TypedTurn> Script(int call) =>
    [
        new($"what is happening with ticket TK{4821 + call} please", IsWrite: false),
        new($"please call me back tomorrow {(call % 2 == 0 ? "morning" : "afternoon")}", IsWrite: false),
        new("yes please", IsWrite: true),
    ];

    private static IEnumerable<WallTurn> Turns(string policy, int call, ImmutableArray<TimeSpan?> waits) =>
        waits.Select((wait, turn) => new WallTurn("embedded", policy, $"call {call}", turn, Script(call)[turn].IsWrite, wait?.TotalMilliseconds));

    private async Task<IEnumerable<WallTurn>> WallAsync(string policy, Speculation speculation, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var document = Path.GetTempFileName();
        await File.WriteAllTextAsync(document, Sample("crm-openapi.json"), cancellationToken);
        try
        {
            await using var crm = await HelpdeskServer.StartAsync(new(seed, time), cancellationToken);
            await using var host = await ServedHost.StartAsync(
                Settings(speculation, document, crm.Address).Select(s => (s.Key.Replace(":", "__", StringComparison.Ordinal), s.Value!)), time, cancellationToken);
            var waits = await Task.WhenAll(Enumerable.Range(0, calls).Select(async call =>
            {
                using var socket = await TypingCaller.CallAsync(host.Console, cancellationToken);
                return await new TypingCaller(socket, time).RunAsync(Script(call), cancellationToken);
            }));
            return waits.SelectMany((w, call) => Turns(policy, call, w));
        }
        finally
        {
            File.Delete(document);
        }
    }

    private ImmutableArray<TimeSpan?> Virtual(int call, Speculation speculation)
    {
        var time = new VirtualTime(TimeProvider.System.GetUtcNow());
        return time.Run(() => VirtualAsync(call, speculation, time), Within);
    }

    private async Task<ImmutableArray<TimeSpan?>> VirtualAsync(int call, Speculation speculation, TimeProvider time)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings(speculation, "-", new("http://127.0.0.1/"))).Build();
        var services = Services(configuration, new(seed, time), time);
        var line = new TypedLine("console", configuration.Of<LineSettings>().Typed, time);
        var (near, far) = MemorySocket.Pair();
        await using var host = new CallHost(services);
        var serving = line.ServeAsync(near, callerNumber: null, call: null, CancellationToken.None);
        var accepting = line.AcceptAsync(CancellationToken.None).GetAsyncEnumerator();
        await accepting.MoveNextAsync();
        var running = host.RunAsync(accepting.Current, CancellationToken.None);
        var waits = await new TypingCaller(far, time).RunAsync(Script(call), CancellationToken.None);
        await running;
        await serving;
        return waits;
    }

    private static CallServices Services(IConfiguration configuration, Helpdesk business, TimeProvider time)
    {
        var source = configuration.Of<ToolSettings>().OpenApi[0];
        using var nobody = new HttpClient();
        var import = OpenApiTools.Import(Sample("crm-openapi.json"), nobody, new(source.Server!), ImportSettings.Options(source, "Tools:OpenApi:0", []));
        ImmutableArray<Tool> tools = [.. import.Tools.Select(tool => tool with { Invoke = new InMemory(tool.Descriptor.Name, business) })];
        var planner = new EmbeddedPlanner();
        planner.Prepare([.. tools.Select(t => t.Descriptor)]);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(configuration.Of<LineSettings>().TimeZone);
        return new()
        {
            Tools = tools,
            Settings = Agent.AgentSettingsOf(configuration),
            Draft = new DraftPlanner(planner.Propose),
            Ledger = new MemoryLedger(time),
            Journals = new MemoryJournals(),
            Records = new MemoryRecords(),
            Time = time,
            LocalTime = at => TimeZoneInfo.ConvertTime(at, zone).DateTime,
        };
    }

    private static Dictionary<string, string?> Settings(Speculation speculation, string document, Uri crm)
    {
        using var sample = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Sample("crm-settings.json")));
        var settings = new ConfigurationBuilder().AddJsonStream(sample).Build().AsEnumerable().Where(s => s.Value is not null).ToDictionary(s => s.Key, s => s.Value, StringComparer.OrdinalIgnoreCase);
        settings["Tools:Speculation"] = speculation.ToString();
        settings["Tools:OpenApi:0:Document"] = document;
        settings["Tools:OpenApi:0:Server"] = crm.AbsoluteUri;
        settings["HELPDESK_TOKEN"] = "sample";
        settings["Lines:Greeting"] = "Hello.";
        return settings;
    }

    private static string Sample(string name)
    {
        using var reader = new StreamReader(typeof(HostBench).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>An imported tool without the network between it and its business.</summary>
    private sealed class InMemory(string name, Helpdesk business) : AIFunction
    {
        public override string Name => name;

        protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => (name == "get_ticket"
            ? await business.TicketAsync((string)arguments["reference"]!, cancellationToken)
            : await business.CallBackAsync((string)arguments.Context![ToolContext.Key]!, (string)arguments["day"]!, (string)arguments["part"]!, cancellationToken)).ToJsonString();
    }
}
