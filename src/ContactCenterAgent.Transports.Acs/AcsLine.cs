using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.Acs.Wire;
using ContactCenterAgent.Transports.Streams;
using ContactCenterAgent.Transports.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Transports.Acs;

/// <summary>
/// A line for Azure Communication Services: Event Grid's webhook tells of calls, callbacks tell what becomes of them, a media socket carries the sound both ways and, where asked for, Azure's
/// own transcription. What Azure is asked to do goes through <see cref="IAcsCommands"/>.
/// </summary>
public sealed partial class AcsLine : IAudioLine, IAsyncDisposable
{
    private const int BodyBytes = 262_144;
    private const int MessageBytes = 65_536;
    private const int SeenMax = 10_000;
    private const string Handshake = "Microsoft.EventGrid.SubscriptionValidationEvent";

    private readonly MediaClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly LegQueue _legs;
    private readonly TokenCheck _tokens;
    private readonly TokenCheck _webhookTokens;
    private readonly SeenIds _events = new(SeenMax);
    private readonly SeenIds _rung = new(SeenMax);
    private readonly ConcurrentDictionary<string, AcsCall> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, byte> _serving = new();

    /// <summary>Makes the line; <see cref="Map"/> opens it.</summary>
    /// <param name="name">The line's configured name.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="commands">Asks Azure.</param>
    /// <param name="http">Fetches the keys of issuers; not owned.</param>
    /// <param name="clock">Paces the sound; not owned.</param>
    /// <param name="time">The clock of deadlines and tokens.</param>
    /// <param name="log">Gets why calls end and who is refused.</param>
    /// <exception cref="ValidationException">An option is out of its bounds.</exception>
    public AcsLine(string name, AcsOptions options, IAcsCommands commands, HttpClient http, MediaClock clock, TimeProvider time, ILogger log)
    {
        foreach (var one in new object[] { options, options.Token, options.WebhookToken }) Validator.ValidateObject(one, new(one), validateAllProperties: true);
        if (!Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var url) || url.Scheme != "https" || url.PathAndQuery != "/" || options.PublicUrl.EndsWith('/'))
            throw new ValidationException("PublicUrl must be an https URL without a path, like https://calls.example.org.");
        if (options.Token.Audience.Length == 0) throw new ValidationException("Token:Audience must be the resource's id: without it nobody knows who calls.");
        if (options.WebhookSecret.Length < 16 && (options.WebhookSecret.Length > 0 || options.WebhookToken.Audience.Length == 0))
            throw new ValidationException("WebhookSecret must have at least 16 characters, or WebhookToken:Audience must be set.");
        if (options.TranscriptionLocale.Length > 0 && !Uri.TryCreate(options.Intelligence, UriKind.Absolute, out _))
            throw new ValidationException("Intelligence must be the URL of the Azure AI services resource that transcribes.");
        (Name, Options, Commands, _clock, _time, _log) = (name, options, commands, clock, time, log);
        (_legs, _tokens, _webhookTokens) = (new(options.Calls), new(options.Token, http, time), new(options.WebhookToken, http, time));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Calls that are up or wait.</summary>
    public int Up => _legs.Up;

    internal AcsOptions Options { get; }

    internal IAcsCommands Commands { get; }

    /// <summary>Adds the webhook, the callbacks and the media socket to a host that has WebSockets switched on.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Options.Path + "/events", TakeEventsAsync);
        routes.MapMethods(Options.Path + "/events", ["OPTIONS"], ShakeHands);
        routes.MapPost(Options.Path + "/calls/{key}/events", TakeCallbacksAsync);
        routes.MapGet(Options.Path + "/calls/{key}/media", ServeMediaAsync);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<IAudioLeg> AcceptAsync(CancellationToken cancellationToken) => _legs.ReadAsync(cancellationToken);

    /// <summary>Azure's own recogniser for one of this line's legs.</summary>
    /// <returns>Null: the leg is another line's, or no transcription is configured.</returns>
    public ISpeechToText? TranscriptionOf(IAudioLeg leg) =>
        leg is StreamLeg { Peer: AcsCall call } && Options.TranscriptionLocale.Length > 0 && _calls.ContainsKey(call.Key) ? new AcsTranscription(call.Words) : null;

    /// <summary>Hangs up on those that wait for the agent, and waits for the others' end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _legs.CloseAsync();
        await Task.WhenAll(_serving.Keys);
        _tokens.Dispose();
        _webhookTokens.Dispose();
    }

    internal AcsInvitation TransferTarget => new(
        Options.TransferTo.StartsWith('+') ? AcsParty.Phone(Options.TransferTo) : new(Pii.Of(Options.TransferTo)), Options.TransferFrom.Length > 0 ? Options.TransferFrom : null);

    internal AcsAnswer AnswerTo(IncomingCall incoming, string key)
    {
        var socket = new Uri(string.Concat("wss", Options.PublicUrl.AsSpan("https".Length), $"{Options.Path}/calls/{key}/media"));
        var answer = new AcsAnswer(incoming.Context, new($"{Options.PublicUrl}{Options.Path}/calls/{key}/events")) { Media = socket, MediaDigits = true, SampleRate = Options.SampleRate };
        return Options.TranscriptionLocale.Length > 0 ? answer with { Transcription = socket, Locale = Options.TranscriptionLocale, Intelligence = new(Options.Intelligence) } : answer;
    }

    internal void LogRefusal(string command, Exception fault) => LogCommand(Name, command, fault.GetType().Name);

    /// <summary>The handshake of CloudEvents (CloudEvents 1.0, "HTTP 1.1 Web Hooks for Event Delivery", section 4).</summary>
    private void ShakeHands(HttpContext context)
    {
        if (!HasSecret(context))
        {
            Refuse(context, StatusCodes.Status401Unauthorized, "secret");
            return;
        }

        context.Response.Headers["WebHook-Allowed-Origin"] = context.Request.Headers["WebHook-Request-Origin"];
    }

    private async Task TakeEventsAsync(HttpContext context)
    {
        AllowBody(context);
        if (!HasSecret(context) && await _webhookTokens.FindFaultAsync(context.Request.Headers.Authorization, context.RequestAborted) is { } fault)
        {
            Refuse(context, StatusCodes.Status401Unauthorized, Options.WebhookToken.Audience.Length == 0 ? "secret" : fault);
            return;
        }

        if (await ReadAsync(context) is not { } events) return;
        foreach (var happened in events)
        {
            if (happened.Type == Handshake && happened.Text("validationCode") is { } code)
            {
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["validationResponse"] = code }), context.RequestAborted);
                return;
            }

            if (happened.Type == IncomingCall.Type && _events.Add(happened.Id)) Ring(happened);
        }
    }

    /// <summary>Every event may come again, and a call may be told by two events.</summary>
    private void Ring(AcsEvent happened)
    {
        if (IncomingCall.Read(happened) is not { } incoming)
        {
            LogRefused(Name, "incoming_call");
            return;
        }

        if (!_rung.Add(incoming.Correlation)) return;
        _serving.TryAdd(ServeAsync(incoming), 0);
        foreach (var served in _serving.Keys.Where(s => s.IsCompleted)) _serving.TryRemove(served, out _);
    }

    private async Task ServeAsync(IncomingCall incoming)
    {
        var call = new AcsCall(this, incoming, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        if (!_legs.TryEnter())
        {
            LogRefused(Name, "calls");
            await call.CloseAsync(StreamEnd.Ours);
            return;
        }

        _calls[call.Key] = call;
        var leg = new StreamLeg(Name, incoming.Number, call, _clock, Options.SilentAfter);
        if (!_legs.TryOffer(leg)) await leg.DisposeAsync();
        LogEnded(Name, (await leg.Closed).Reason);
        _calls.TryRemove(call.Key, out _);
        _legs.Leave();
    }

    private async Task TakeCallbacksAsync(HttpContext context)
    {
        AllowBody(context);
        if (await _tokens.FindFaultAsync(context.Request.Headers.Authorization, context.RequestAborted) is { } fault) Refuse(context, StatusCodes.Status401Unauthorized, fault);
        else if (await ReadAsync(context) is { } events && _calls.TryGetValue(Key(context), out var call))
        {
            // A call that is over is told more than once; that is nobody's mistake.
            foreach (var happened in events) call.Happened(happened);
        }
    }

    private async Task ServeMediaAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest) Refuse(context, StatusCodes.Status400BadRequest, "upgrade");
        else if (await _tokens.FindFaultAsync(context.Request.Headers.Authorization, context.RequestAborted) is { } fault) Refuse(context, StatusCodes.Status401Unauthorized, fault);
        else if (!_calls.TryGetValue(Key(context), out var call)) Refuse(context, StatusCodes.Status404NotFound, "call");
        else
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            try
            {
                await call.ServeAsync(new(socket, MessageBytes, _time), context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // The connection is gone; the call waits for another, or for its end.
            }
        }
    }

    /// <summary>The host's own limit may be lower: its console takes no bodies at all. A body that is refused unread counts as well, or the connection would break.</summary>
    private static void AllowBody(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = BodyBytes;
    }

    private async Task<IReadOnlyList<AcsEvent>?> ReadAsync(HttpContext context)
    {
        var body = new MemoryStream();
        var buffer = new byte[8_192];
        try
        {
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
            {
                if (body.Length + count > BodyBytes)
                {
                    Refuse(context, StatusCodes.Status413PayloadTooLarge, "size");
                    return null;
                }

                body.Write(buffer, 0, count);
            }
        }
        catch (BadHttpRequestException tooLarge)
        {
            Refuse(context, tooLarge.StatusCode, "size");
            return null;
        }

        if (AcsEvent.ReadAll(body.GetBuffer().AsMemory(0, (int)body.Length)) is { } events) return events;
        Refuse(context, StatusCodes.Status400BadRequest, "json");
        return null;
    }

    private bool HasSecret(HttpContext context) =>
        Options.WebhookSecret.Length > 0
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Options.WebhookSecret), Encoding.UTF8.GetBytes((string?)context.Request.Query["code"] ?? ""));

    private static string Key(HttpContext context) => (string?)context.Request.RouteValues["key"] ?? "";

    private void Refuse(HttpContext context, int status, string why)
    {
        LogRefused(Name, why);
        context.Response.StatusCode = status;
    }

    [LoggerMessage(630, LogLevel.Information, "acs.ended {Line}: {Reason}")]
    private partial void LogEnded(string line, string reason);

    [LoggerMessage(631, LogLevel.Warning, "acs.refused {Line}: {Reason}")]
    private partial void LogRefused(string line, string reason);

    [LoggerMessage(632, LogLevel.Error, "acs.command {Line}: {Command} failed with {Fault}")]
    private partial void LogCommand(string line, string command, string fault);
}
