using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace ContactCenterAgent.Transports.Typed;

/// <summary>
/// A caller behind a WebSocket. Text messages in: <c>{"type":"word","text":"hello"}</c>, <c>partial</c> and <c>final</c> with <c>text</c> (optional on final), <c>digit</c> with
/// <c>digit</c>, <c>hangup</c>. Messages out: see <see cref="TypedOutput"/>. A message that is not one of these is answered with an error.
/// </summary>
#pragma warning disable CA1001 // Without its wait handle a semaphore holds nothing that needs to be given back.
internal sealed class TypedSocket(WebSocket socket, TypedOptions options, TimeProvider time) : ITypedPeer
#pragma warning restore CA1001
{
    /// <summary>A browser that does not read for this long is gone.</summary>
    private static readonly TimeSpan SendMax = TimeSpan.FromSeconds(5);

    /// <summary>How long a browser may take to close its side.</summary>
    private static readonly TimeSpan CloseMax = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _sending = new(1, 1);

    public async Task ReadAsync(ChannelWriter<TypedInput> inputs, Func<bool> agentIsSilent, CancellationToken cancellationToken)
    {
        var buffer = new byte[options.MessageBytes];
        try
        {
            while (await ReceiveAsync(buffer, cancellationToken) is var (length, problem))
            {
                TypedInput? input = null;
                if (problem is null) (input, problem) = Read(buffer.AsSpan(0, length));
                if (problem is not null) await ShowAsync(new TypedOutput.Error(problem), cancellationToken);
                else await inputs.WriteAsync(input!, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is WebSocketException or ObjectDisposedException)
        {
            // The browser is gone without a goodbye: for the call that is a hang-up.
        }
    }

    public async ValueTask ShowAsync(TypedOutput output, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(output, TypedJson.Default.TypedOutput);
        using var limit = new CancellationTokenSource(SendMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, either.Token);
        }
        catch (Exception fault) when (fault is WebSocketException or ObjectDisposedException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Nobody is there to read it; the reading side finds out and ends the call.
            socket.Abort();
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Closes our side and gives the browser a moment to close its own: cancelling a read before that would break the connection.</summary>
    public async ValueTask EndAsync(Task reading)
    {
        using var limit = new CancellationTokenSource(CloseMax, time);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "the call is over", limit.Token);
            await reading.WaitAsync(limit.Token);
        }
        catch (Exception fault) when (fault is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            socket.Abort();
        }
    }

    /// <returns>The message's bytes and what is wrong with it; null = the socket is closed.</returns>
    private async ValueTask<(int Length, string? Problem)?> ReceiveAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        string? problem = null;
        while (true)
        {
            // What is too long is read to its end and dropped, so that the next message is found.
            if (length == buffer.Length) (length, problem) = (0, $"A message has at most {buffer.Length - 1} bytes.");
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            if (part.MessageType == WebSocketMessageType.Binary) problem ??= "Messages are text.";
            length += part.Count;
            if (part.EndOfMessage) return (length, problem);
        }
    }

    private static (TypedInput? Input, string? Problem) Read(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message);
            using var json = JsonDocument.ParseValue(ref reader);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return (null, "A message is a JSON object.");
            var text = Text(root, "text");
            return Text(root, "type") switch
            {
                "word" when text is not null => (new TypedInput.Word(text), null),
                "partial" when text is not null => (new TypedInput.Partial(text), null),
                "final" => (new TypedInput.Final(text), null),
                "digit" when Text(root, "digit") is [var key] => (new TypedInput.Digit(key), null),
                "hangup" => (new TypedInput.HangUp(), null),
                "word" or "partial" => (null, "The message lacks its text."),
                "digit" => (null, "The message lacks its one digit."),
                _ => (null, "The type is word, partial, final, digit or hangup."),
            };
        }
        catch (JsonException)
        {
            return (null, "The message is not JSON.");
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
