using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.Streams;
using ContactCenterAgent.Transports.WebSocket.Wire;
using ContactCenterAgent.Transports.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Transports.WebSocket.Browser;

/// <summary>A line for a page with a microphone: sound over WebSocket, 16000 samples a second both ways.</summary>
/// <remarks>
/// Binary messages are frames of 20 ms: number and milliseconds as 32-bit integers, then 320 samples, all little-endian. Text messages are signs in JSON. The page says hello with a
/// ticket of <see cref="IssueTicket"/>; it gets <c>{"type":"ready","version":1,"sampleRate":16000,"frameSamples":320,"call":"…","recogniser":null}</c>, then sound, <c>{"type":"clear"}</c> when what it has
/// not played is to be forgotten, and <c>{"type":"ended","reason":"…"}</c>. A page of an allowed origin gets a ticket by posting to <c>/ticket</c> below the line's path:
/// <c>{"ticket":"…"}</c>. Where <see cref="BrowserOptions.Recogniser"/> says so and the page's hello has <c>"words":true</c>, it is told <c>"recogniser":{"language":"en-GB","readings":3}</c> and
/// gives the words that its browser understands (Web Speech API, "The SpeechRecognition Interface"), or says that it cannot.
/// </remarks>
public sealed partial class BrowserLine : IAudioLine, IAsyncDisposable
{
    /// <summary>Five readings of a thousand characters each fit in.</summary>
    private const int MessageBytes = 16_384;

    private readonly BrowserOptions _options;
    private readonly MediaClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Func<CallId>? _announce;
    private readonly Action<CallId>? _forget;
    private readonly LegQueue _legs;
    private readonly OneTimeTickets _tickets;

    /// <summary>Makes the line; <see cref="Map"/> opens it.</summary>
    /// <param name="name">The line's configured name.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="clock">Paces the sound; not owned.</param>
    /// <param name="time">The clock of deadlines.</param>
    /// <param name="log">Gets why calls end and who is refused.</param>
    /// <param name="announce">Gives a call its id before it begins, so that its page can watch it; null = the runtime gives it, and the page is not told.</param>
    /// <param name="forget">Told when such a call is over.</param>
    /// <exception cref="ValidationException">An option is out of its bounds.</exception>
    public BrowserLine(string name, BrowserOptions options, MediaClock clock, TimeProvider time, ILogger log, Func<CallId>? announce = null, Action<CallId>? forget = null)
    {
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        (Name, _options, _clock, _time, _log, _announce, _forget) = (name, options, clock, time, log, announce, forget);
        (_legs, _tickets) = (new(options.Calls), new(time));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Path of the WebSocket.</summary>
    public string Path => _options.Path;

    /// <summary>Who makes words of what callers say.</summary>
    public PageRecogniser Recogniser => _options.Recogniser;

    /// <summary>Calls that are up or wait.</summary>
    public int Up => _legs.Up;

    /// <summary>A ticket for one call from the page that it is given to; valid for a minute.</summary>
    public string IssueTicket() => _tickets.Issue(Name, number: null);

    /// <summary>Adds the WebSocket and the tickets to a host that has WebSockets switched on.</summary>
    /// <param name="routes">The host's.</param>
    /// <param name="page">Answers who comes to the line's path without asking for a WebSocket: a page that calls. Null: 400.</param>
    public void Map(IEndpointRouteBuilder routes, RequestDelegate? page = null)
    {
        routes.MapGet(_options.Path, context => page is null || context.WebSockets.IsWebSocketRequest ? ServeAsync(context) : page(context));
        routes.MapPost(_options.Path + "/ticket", GiveTicketAsync);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<IAudioLeg> AcceptAsync(CancellationToken cancellationToken) => _legs.ReadAsync(cancellationToken);

    /// <summary>The recogniser of the browser behind one of this line's legs. Word times are estimated from when its words come.</summary>
    /// <returns>Null: the leg is another line's, <see cref="BrowserOptions.Recogniser"/> asks for none, or the page has said that its browser has none.</returns>
    public ISpeechToText? RecogniserOf(IAudioLeg leg) => leg is StreamLeg { Peer: BrowserPeer peer } ? peer.Recogniser : null;

    /// <summary>Hangs up on those that wait for the agent; the others come to their own end.</summary>
    public ValueTask DisposeAsync() => _legs.CloseAsync();

    private async Task GiveTicketAsync(HttpContext context)
    {
        if (!IsAllowed(context.Request.Headers.Origin, context.Connection.LocalPort))
        {
            Refuse(context, StatusCodes.Status403Forbidden, "origin");
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["ticket"] = IssueTicket() }), context.RequestAborted);
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest) Refuse(context, StatusCodes.Status400BadRequest, "upgrade");
        else if (!IsAllowed(context.Request.Headers.Origin, context.Connection.LocalPort)) Refuse(context, StatusCodes.Status403Forbidden, "origin");
        else if (!await SeatedSocket.TryServeAsync(context, _legs, MessageBytes, _time, ServeSeatedAsync)) Refuse(context, StatusCodes.Status503ServiceUnavailable, "calls");
    }

    private async Task ServeSeatedAsync(PeerSocket socket, CancellationToken aborted)
    {
        var (givesWords, failure) = await GreetAsync(socket, aborted);
        if (failure is not null)
        {
            LogRefused(Name, failure);
            await socket.CloseAsync(StreamEnd.Bad(failure));
            return;
        }

        var asks = _options.Recogniser == PageRecogniser.Browser;
        if (asks && !givesWords) LogUnable(Name, "none");

        var call = _announce?.Invoke();
        try
        {
            var peer = new BrowserPeer(socket, asks && givesWords ? new() : null, _time, reason => LogUnable(Name, reason));
            await peer.WelcomeAsync(call, _options, aborted);
            var leg = new StreamLeg(Name, callerNumber: null, peer, _clock, _options.SilentAfter) { Call = call };
            if (!_legs.TryOffer(leg)) await leg.DisposeAsync();
            LogEnded(Name, (await leg.Closed).Reason);
        }
        catch (Exception gone) when (gone is OperationCanceledException or System.Net.WebSockets.WebSocketException)
        {
            // The page went away between its hello and our answer.
            LogRefused(Name, "gone");
        }
        finally
        {
            if (call is { } announced) _forget?.Invoke(announced);
        }
    }

    /// <returns>Whether the page's browser recognises, and what is wrong with the page's first message; null = nothing.</returns>
    private async Task<(bool GivesWords, string? Failure)> GreetAsync(PeerSocket socket, CancellationToken aborted)
    {
        using var limit = new CancellationTokenSource(_options.HelloWithin, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted);
        try
        {
            var read = await socket.ReadAsync(either.Token);
            if (read.Kind != SocketMessageKind.Text || BrowserSign.Read(read.Bytes.Span) is not BrowserSign.Hello hello) return (false, "hello");
            if (hello.Protocol != BrowserSign.Version) return (false, "version");
            if (hello.SampleRate != BrowserFrame.SampleRate) return (false, "rate");
            return (hello.GivesWords, _tickets.TryUse(hello.Ticket, Name, out _) ? null : "ticket");
        }
        catch (OperationCanceledException)
        {
            return (false, "hello");
        }
    }

    /// <summary>A page of another site can open a socket to us as well: only its origin gives it away.</summary>
    private bool IsAllowed(string? origin, int port)
    {
        if (origin is null) return false;
        if (_options.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)) return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.IsLoopback && page.Port == port;
    }

    private void Refuse(HttpContext context, int status, string why)
    {
        LogRefused(Name, why);
        context.Response.StatusCode = status;
    }

    [LoggerMessage(620, LogLevel.Information, "browser.ended {Line}: {Reason}")]
    private partial void LogEnded(string line, string reason);

    [LoggerMessage(621, LogLevel.Warning, "browser.refused {Line}: {Reason}")]
    private partial void LogRefused(string line, string reason);

    [LoggerMessage(622, LogLevel.Warning, "browser.unable {Line}: {Reason}; the host's recognisers take over, or the keypad")]
    private partial void LogUnable(string line, string reason);
}
