using System.ComponentModel.DataAnnotations;
using System.Net.WebSockets;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.Streams;
using ContactCenterAgent.Transports.WebSocket.Wire;
using ContactCenterAgent.Transports.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Transports.WebSocket.Twilio;

/// <summary>A line for media streams over WebSocket in Twilio's form (Twilio documentation, "Media Streams - WebSocket Messages"; "TwiML Voice: Stream").</summary>
public sealed partial class TwilioLine : IAudioLine, IAsyncDisposable
{
    /// <summary>Twilio's longest messages are those of a start with many parameters.</summary>
    private const int MessageBytes = 65_536;

    private const int FormBytes = 65_536;

    private readonly TwilioOptions _options;
    private readonly MediaClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly TwilioTransfers _transfers;
    private readonly LegQueue _legs;
    private readonly OneTimeTickets _tickets;

    /// <summary>Makes the line; <see cref="Map"/> opens it.</summary>
    /// <param name="name">The line's configured name.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="http">Asks Twilio's interface for calls; not owned.</param>
    /// <param name="clock">Paces the sound; not owned.</param>
    /// <param name="time">The clock of deadlines.</param>
    /// <param name="log">Gets why calls end and who is refused.</param>
    /// <exception cref="ValidationException">An option is out of its bounds.</exception>
    public TwilioLine(string name, TwilioOptions options, HttpClient http, MediaClock clock, TimeProvider time, ILogger log)
    {
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        if (options.AuthToken.Length < 16) throw new ValidationException("AuthToken must be the account's token: without it nobody knows who calls.");
        if (!Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var url) || url.Scheme != "https" || url.PathAndQuery != "/" || options.PublicUrl.EndsWith('/'))
            throw new ValidationException("PublicUrl must be an https URL without a path, like https://calls.example.org.");
        if (options.TransferTo.Length > 0 && options.AccountSid.Length == 0) throw new ValidationException("AccountSid must be the account's id: without it nobody can be put through to TransferTo.");
        (Name, _options, _clock, _time, _log) = (name, options, clock, time, log);
        (_legs, _tickets, _transfers) = (new(options.Calls), new(time), new(options, http));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Calls that are up or wait.</summary>
    public int Up => _legs.Up;

    private string WebhookUrl => _options.PublicUrl + _options.Path;

    private string StreamUrl => string.Concat("wss", _options.PublicUrl.AsSpan("https".Length), _options.Path, "/stream");

    /// <summary>Adds the webhook and the stream to a host that has WebSockets switched on.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(_options.Path, AnswerWebhookAsync);
        routes.MapGet(_options.Path + "/stream", ServeAsync);
        routes.MapPost(_options.Path + TwilioTransfers.AnsweredPath, TakeAnsweredAsync);
        routes.MapPost(_options.Path + TwilioTransfers.DialledPath, TakeDialledAsync);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<IAudioLeg> AcceptAsync(CancellationToken cancellationToken) => _legs.ReadAsync(cancellationToken);

    /// <summary>Hangs up on those that wait for the agent; the others come to their own end.</summary>
    public ValueTask DisposeAsync() => _legs.CloseAsync();

    /// <summary>A call has come in: it is told to open a stream to us, with a ticket.</summary>
    private async Task AnswerWebhookAsync(HttpContext context)
    {
        if (await ReadSignedAsync(context, "") is { } form) await ConnectAsync(context, form);
    }

    /// <summary>A person has answered, on a call of their own whose parent is the caller's.</summary>
    private async Task TakeAnsweredAsync(HttpContext context)
    {
        if (await ReadSignedAsync(context, TwilioTransfers.AnsweredPath) is { } form) _transfers.Find(form.GetValueOrDefault("ParentCallSid", ""))?.Ended(TransferOutcome.Answered);
    }

    /// <summary>The dialling is over, and so is the talk if there was one: a caller whom nobody answered is told to open another stream.</summary>
    private async Task TakeDialledAsync(HttpContext context)
    {
        if (await ReadSignedAsync(context, TwilioTransfers.DialledPath) is not { } form) return;
        var outcome = TwilioTransfers.Outcome(form.GetValueOrDefault("DialCallStatus", ""));
        _transfers.Find(form.GetValueOrDefault("CallSid", ""))?.Ended(outcome);
        if (outcome != TransferOutcome.Answered) await ConnectAsync(context, form);
        else await WriteAsync(context, "<Response/>");
    }

    /// <returns>A request's form, each field once; null = it was not signed, and is answered.</returns>
    private async Task<Dictionary<string, string>?> ReadSignedAsync(HttpContext context, string path)
    {
        var form = await ReadFormAsync(context);
        if (form is not null && TwilioSignature.IsValid(_options.AuthToken, WebhookUrl + path, form, context.Request.Headers["X-Twilio-Signature"]))
            return form.DistinctBy(f => f.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        Refuse(context, StatusCodes.Status403Forbidden, "signature");
        return null;
    }

    private Task ConnectAsync(HttpContext context, Dictionary<string, string> form)
    {
        var from = form.GetValueOrDefault("From", "");
        var ticket = _tickets.Issue(form.GetValueOrDefault("CallSid", ""), IsNumber(from) ? Pii.Of(from) : null);
        return WriteAsync(context, $"""<Response><Connect><Stream url="{StreamUrl}"><Parameter name="ticket" value="{ticket}"/></Stream></Connect></Response>""");
    }

    private static Task WriteAsync(HttpContext context, string answer)
    {
        context.Response.ContentType = "text/xml";
        return context.Response.WriteAsync("""<?xml version="1.0" encoding="UTF-8"?>""" + answer, context.RequestAborted);
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest) Refuse(context, StatusCodes.Status400BadRequest, "upgrade");
        else if (!TwilioSignature.IsValid(_options.AuthToken, StreamUrl, [], context.Request.Headers["X-Twilio-Signature"])) Refuse(context, StatusCodes.Status403Forbidden, "signature");
        else if (!await SeatedSocket.TryServeAsync(context, _legs, MessageBytes, _time, ServeSeatedAsync)) Refuse(context, StatusCodes.Status503ServiceUnavailable, "calls");
    }

    private async Task ServeSeatedAsync(PeerSocket socket, CancellationToken aborted)
    {
        var message = new TwilioMessage();
        var (start, failure) = await ReadStartAsync(socket, message, aborted);
        Pii<string>? number = null;
        if (start is not null && !_tickets.TryUse(start.Parameters.GetValueOrDefault("ticket"), start.Call, out number) && _options.Tickets) failure = "ticket";
        if (start is null || failure is not null)
        {
            LogRefused(Name, failure!);
            await socket.CloseAsync(StreamEnd.Bad(failure!));
            return;
        }

        if (_transfers.Find(start.Call) is { } away && away.ComeBack(new(socket, message, start.Stream)))
        {
            await away.Gone;
            return;
        }

        var leg = new StreamLeg(Name, number, new TwilioPeer(new(socket, message, start.Stream), start.Call, _transfers, _time, LogTransfer), _clock, _options.SilentAfter);
        if (!_legs.TryOffer(leg)) await leg.DisposeAsync();
        LogEnded(Name, (await leg.Closed).Reason);
    }

    private async Task<(TwilioStart? Start, string? Failure)> ReadStartAsync(PeerSocket socket, TwilioMessage message, CancellationToken aborted)
    {
        using var limit = new CancellationTokenSource(_options.StartWithin, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted);
        try
        {
            while (true)
            {
                var read = await socket.ReadAsync(either.Token);
                if (read.Kind != SocketMessageKind.Text) return (null, "start");
                if (message.Read(read.Bytes.Span) is { } failure) return (null, failure);
                if (message.Event == TwilioEvent.Start) return (message.Start, null);
                if (message.Event != TwilioEvent.Connected) return (null, "order");
            }
        }
        catch (OperationCanceledException)
        {
            return (null, "start");
        }
    }

    private static async Task<List<KeyValuePair<string, string>>?> ReadFormAsync(HttpContext context)
    {
        // The host's own limit may be lower: its console takes no bodies at all.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = FormBytes;
        if (!context.Request.HasFormContentType || context.Request.ContentLength is not (>= 0 and <= FormBytes)) return null;
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return [.. form.SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))];
        }
        catch (Exception bad) when (bad is InvalidDataException or IOException or BadHttpRequestException)
        {
            return null;
        }
    }

    private void Refuse(HttpContext context, int status, string why)
    {
        LogRefused(Name, why);
        context.Response.StatusCode = status;
    }

    private static bool IsNumber(string text) => text is ['+', ..] && text.Length is >= 3 and <= 16 && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9');

    private void LogTransfer(string why) => LogNotTransferred(Name, why);

    [LoggerMessage(610, LogLevel.Information, "twilio.ended {Line}: {Reason}")]
    private partial void LogEnded(string line, string reason);

    [LoggerMessage(611, LogLevel.Warning, "twilio.refused {Line}: {Reason}")]
    private partial void LogRefused(string line, string reason);

    [LoggerMessage(612, LogLevel.Error, "twilio.transfer {Line}: {Reason}")]
    private partial void LogNotTransferred(string line, string reason);
}
