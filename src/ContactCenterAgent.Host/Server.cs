using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Host.Agents;
using ContactCenterAgent.Host.Console;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Host.Sound;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Speech;
using ContactCenterAgent.Transports.Typed;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ContactCenterAgent.Host;

/// <summary>The host as it serves: lines, console, agent.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Agent _agent;
    private readonly CallHost _host;
    private readonly CallServer _calls;
    private readonly TypedLine _line;
    private readonly SpokenCalls _spoken;
    private readonly PhoneLine _phones;
    private readonly StreamLines _streams;
    private readonly TimeSpan _drainMax;

    private Server(WebApplication app, Agent agent, CallHost host, TypedLine line, SpokenCalls spoken, PhoneLine phones, StreamLines streams) =>
        (_app, _agent, _host, _calls, _line, _spoken, _phones, _streams, _drainMax) = (app, agent, host, new(host), line, spoken, phones, streams, app.Services.GetRequiredService<IOptions<OperatorSettings>>().Value.DrainMax);

    /// <summary>Where the console is.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>What to tell people who want to call.</summary>
    public string PhonesSay => _phones.Says;

    /// <summary>What was imported from other systems, line by line.</summary>
    public IReadOnlyList<string> ToolsSay => _agent.ToolsSay;

    /// <summary>What calls are run with.</summary>
    internal Agent Agent => _agent;

    /// <summary>Which recognisers and voices calls have, a line each.</summary>
    public IReadOnlyList<string> SoundSays => _spoken.Says;

    /// <summary>The lines that carry sound over one connection a call.</summary>
    internal StreamLines Streams => _streams;

    /// <summary>Opens everything; the console answers when this returns.</summary>
    /// <param name="configuration">Checked.</param>
    /// <param name="stopping">No new calls from then on.</param>
    /// <param name="connectors">Null: those of this build.</param>
    public static Task<Server> StartAsync(IConfiguration configuration, CancellationToken stopping, Connectors? connectors = null) => StartAsync(configuration, [], connectors ?? new(), stopping);

    /// <summary>The same, with more that watch the calls.</summary>
    internal static Task<Server> StartAsync(IConfiguration configuration, ImmutableArray<ICallObserver> watching, CancellationToken stopping) =>
        StartAsync(configuration, watching, new(), stopping);

    private static async Task<Server> StartAsync(IConfiguration configuration, ImmutableArray<ICallObserver> watching, Connectors connectors, CancellationToken stopping)
    {
        var app = Build(configuration);
        var time = TimeProvider.System;
        var calls = new LiveCalls(time, configuration.Of<ConsoleSettings>().Calls);
        var agent = await Agent.OpenAsync(configuration, time, app.Services.GetRequiredService<ILoggerFactory>(), [calls, .. watching], stopping);
        var line = new TypedLine("console", configuration.Of<LineSettings>().Typed, time);
        var lines = configuration.Of<LineSettings>();
        var spoken = SpokenCalls.Of(configuration, agent.Business.NameOfAsync, time, agent.Services.Loggers);
        var streams = StreamLines.Open(lines, spoken, () => connectors.AcsCommands(lines.Acs, configuration), calls, time, agent.Services.Loggers);
        var server = new Server(app, agent, new(agent.Services), line, spoken, PhoneLine.Open(lines.Sip, spoken, time, agent.Services.Loggers), streams);
        try
        {
            await server._host.StartAsync(stopping);
            app.UseWebSockets();
            new ConsoleEndpoints(calls, line, configuration.Of<ConsoleSettings>(), time).Map(app, stopping);
            streams.Map(app);
            app.MapGet("/figures", server.WriteFiguresAsync);
            await ListenAsync(app, configuration.Of<ConsoleSettings>(), stopping);
            spoken.Warm([lines.Greeting, AudioTransport.HandingOver, .. FixedPrompts.All]);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes calls until told to stop, then lets those that are up come to their end, within the operator's limit.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var stopNow = new CancellationTokenSource();
        await using var limit = TimeProvider.System.CreateTimer(_ => stopNow.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var told = stopping.Register(() => limit.Change(_drainMax, Timeout.InfiniteTimeSpan));
        await _calls.RunAsync([_line, .. _phones.Lines, .. _streams.Lines], stopping, stopNow.Token);
        await _app.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _phones.DisposeAsync();
        await _streams.DisposeAsync();
        await _spoken.DisposeAsync();
        await _host.DisposeAsync();
        await _agent.DisposeAsync();
    }

    /// <summary>Numbers only: nothing of any call.</summary>
    private async Task WriteFiguresAsync(HttpContext context) =>
        await context.Response.WriteAsJsonAsync(await HostFigures.ReadAsync(_calls.Active, _phones.Line, _agent.Servers), FiguresJson.Default.HostFigures, cancellationToken: context.RequestAborted);

    private static async Task ListenAsync(WebApplication app, ConsoleSettings console, CancellationToken stopping)
    {
        try
        {
            await app.StartAsync(stopping);
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            throw new IOException($"The console cannot listen on {console.Listen} port {console.Port} (Console:Listen, Console:Port): {fault.GetBaseException().Message}", fault);
        }
    }

    private static WebApplication Build(IConfiguration configuration)
    {
        var console = configuration.Of<ConsoleSettings>();
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(configuration);
        builder.Services.AddSettings();
        builder.Services.AddRoutingCore();
        builder.Logging.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat) = (true, "HH:mm:ss.fff "))
            .SetMinimumLevel(configuration.Of<TelemetrySettings>().Level)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxConcurrentConnections = (5L * console.Connections) + StreamLines.Connections(configuration.Of<LineSettings>());
            kestrel.Listen(IPAddress.Parse(console.Listen), console.Port);
        });
        return builder.Build();
    }
}
