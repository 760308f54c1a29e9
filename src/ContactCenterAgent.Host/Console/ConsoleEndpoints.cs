using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Host.Timelines;
using ContactCenterAgent.Transports.Typed;

namespace ContactCenterAgent.Host.Console;

/// <summary>
/// The console: <c>/</c> is the page, <c>/call</c> a caller's line (the typed line's messages), <c>/watch</c> the calls that are up, on whatever line,
/// <c>/watch/CALL</c> a call's timeline as it grows.
/// </summary>
internal sealed class ConsoleEndpoints(LiveCalls calls, TypedLine line, ConsoleSettings settings, TimeProvider time)
{
    private const int WidthMin = 40, WidthMax = 240;

    /// <summary>Bytes of a message that a watcher may send; it has nothing to say.</summary>
    private const int WatcherBytes = 128;

    /// <summary>How long a page may take to answer our goodbye.</summary>
    private static readonly TimeSpan GoodbyeMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    /// <summary>How soon a list shows a call that has come or gone.</summary>
    private static readonly TimeSpan ListEvery = TimeSpan.FromMilliseconds(500);
    private static readonly EmbeddedPage Page = new("console.html");
    private readonly ConsoleOrigins _origins = new(settings);
    private int _connected;

    public void Map(IEndpointRouteBuilder routes, CancellationToken stopAccepting)
    {
        routes.MapGet("/", Page.WriteAsync);
        routes.MapGet("/call", context => AcceptAsync(context, CallAsync, stopAccepting));
        routes.MapGet("/watch", context => AcceptAsync(context, c => ListAsync(c, stopAccepting), stopAccepting));
        routes.MapGet("/watch/{call}", context => AcceptAsync(context, WatchAsync, stopAccepting));
    }

    private async Task AcceptAsync(HttpContext context, Func<HttpContext, Task> serve, CancellationToken stopAccepting)
    {
        if (!context.WebSockets.IsWebSocketRequest) Refuse(context, StatusCodes.Status400BadRequest);
        else if (!_origins.Allows(context.Request.Headers.Origin, context.Connection.LocalPort)) Refuse(context, StatusCodes.Status403Forbidden);
        else if (stopAccepting.IsCancellationRequested) Refuse(context, StatusCodes.Status503ServiceUnavailable);
        else await CountAsync(context, serve);
    }

    private async Task CountAsync(HttpContext context, Func<HttpContext, Task> serve)
    {
        // A page has three sockets: the list of calls, the caller's line and the view of a call.
        if (Interlocked.Increment(ref _connected) > 3 * settings.Connections) Refuse(context, StatusCodes.Status503ServiceUnavailable);
        else await serve(context);
        Interlocked.Decrement(ref _connected);
    }

    private static void Refuse(HttpContext context, int status) => context.Response.StatusCode = status;

    private async Task CallAsync(HttpContext context)
    {
        var call = calls.Announce();
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await SendAsync(socket, new StartedMessage(call.ToString()), ConsoleJson.Default.StartedMessage, context.RequestAborted);
            await line.ServeAsync(socket, callerNumber: null, call, context.RequestAborted);
            await CloseAsync(socket, context.RequestAborted);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // The page is gone; the call ends as the line sees it.
        }
        finally
        {
            calls.Forget(call);
        }
    }

    private async Task WatchAsync(HttpContext context)
    {
        if (!Guid.TryParse((string?)context.Request.RouteValues["call"], out var id) || !calls.TryGet(new(id), out var view))
        {
            Refuse(context, StatusCodes.Status404NotFound);
            return;
        }

        var width = int.TryParse(context.Request.Query["width"], out var asked) ? Math.Clamp(asked, WidthMin, WidthMax) : 120;
        await ServeWatcherAsync(context, (socket, gone) => ShowAsync(socket, view, width, gone), CancellationToken.None);
    }

    /// <summary>A host that is to stop waits for no list.</summary>
    private Task ListAsync(HttpContext context, CancellationToken stopAccepting) => ServeWatcherAsync(context, ListAsync, stopAccepting);

    private async Task ServeWatcherAsync(HttpContext context, Func<WebSocket, CancellationToken, Task> show, CancellationToken over)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, over);
        var listening = ListenAsync(socket, gone);
        try
        {
            await show(socket, gone.Token);
            await CloseAsync(socket, gone.Token);
            // To stop listening is to reset the connection: the page first gets what is on its way, and says goodbye.
            await listening.WaitAsync(GoodbyeMax, time, gone.Token);
        }
        catch (Exception left) when (left is OperationCanceledException or WebSocketException or TimeoutException)
        {
            // The watcher has left; the call goes on.
        }

        await gone.CancelAsync();
        await listening;
    }

    /// <summary>Sends the drawing whenever it has changed or something in it is running, and each new line of the conversation.</summary>
    private async Task ShowAsync(WebSocket socket, CallView view, int width, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        var shown = 0;
        do
        {
            var over = view.IsOver;
            var (now, phase, rows) = view.Read(shown);
            shown += rows.Count;
            await SendAsync(socket, StaffMessage.Of(view.Draw(width), now, phase), ConsoleJson.Default.StaffMessage, cancellationToken);
            foreach (var row in rows.Where(IsTold)) await SendAsync(socket, new(row.At.TotalSeconds, row.Lane, row.Kind, Told(row), row.Note), ConsoleJson.Default.RowMessage, cancellationToken);
            if (over) return;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Sends the calls that are up, whenever one has come, gone or changed its phase.</summary>
    private async Task ListAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ListEvery, time);
        byte[] last = [];
        do
        {
            var list = JsonSerializer.SerializeToUtf8Bytes(CallsMessage.Of(calls.Up()), ConsoleJson.Default.CallsMessage);
            if (!list.AsSpan().SequenceEqual(last)) await socket.SendAsync(last = list, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private static bool IsTold(TimelineRow row) => row.Kind
        is RowKind.Closed or RowKind.Said or RowKind.Cut or RowKind.Answered or RowKind.Held or RowKind.Done or RowKind.Released or RowKind.Refused
        or RowKind.Unknown or RowKind.Superseded or RowKind.Failed or RowKind.Transferring or RowKind.Ended;

    private static string Told(TimelineRow row) => row.Kind switch
    {
        RowKind.Closed or RowKind.Said or RowKind.Answered => row.Text,
        RowKind.Cut => row.Text + "—",
        RowKind.Transferring => "to a person: " + row.Text,
        RowKind.Ended => "the call is over: " + row.Text,
        _ => $"{row.Kind.ToString().ToLowerInvariant()}: {row.Text}",
    };

    /// <summary>A watcher has nothing to say; what comes is its goodbye, and too much of anything else ends it.</summary>
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource gone)
    {
        var buffer = new byte[WatcherBytes];
        try
        {
            var received = 0;
            while (received < WatcherBytes && await socket.ReceiveAsync(buffer.AsMemory(), gone.Token) is { MessageType: not WebSocketMessageType.Close } part) received += part.Count;
            await gone.CancelAsync();
        }
        catch (Exception left) when (left is OperationCanceledException or WebSocketException)
        {
            await gone.CancelAsync();
        }
    }

    private static async Task SendAsync<T>(WebSocket socket, T message, JsonTypeInfo<T> form, CancellationToken cancellationToken) =>
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, form), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private static async Task CloseAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "the call is over", cancellationToken);
    }
}
