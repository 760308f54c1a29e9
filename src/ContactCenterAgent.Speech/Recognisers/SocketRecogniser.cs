using System.Runtime.CompilerServices;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>What the recognisers behind a WebSocket have in common: audio goes one way while results come the other.</summary>
public abstract class SocketRecogniser : ISpeechToText
{
    private readonly SocketOptions _options;
    private readonly TimeProvider _time;

    private protected SocketRecogniser(SocketOptions options, TimeProvider time) => (_options, _time) = (options, time);

    /// <inheritdoc/>
    public abstract int SampleRate { get; }

    /// <inheritdoc/>
    /// <exception cref="RecogniserException">The server cannot be reached, went away, or said something that cannot be read.</exception>
    public async IAsyncEnumerable<CallEvent> RecogniseAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var socket = await SpeechSocket.ConnectAsync(_options.Address!, Headers, _options.ConnectMax, _time, cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var session = Begin();
        var sending = SendAsync(socket, session, audio, over);
        var done = false;
        try
        {
            while (!done && await NextAsync(socket, over.Token) is { } message)
            {
                done = session.IsEnd(message);
                if (done) break;
                foreach (var heard in Read(session, message)) yield return heard;
                done = session.IsOver;
            }

            if (!done && !sending.IsCompleted) throw new RecogniserException("The server closed the connection.");
        }
        finally
        {
            over.Cancel();
            await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        // What kept the audio from being sent is the reason that nothing more came.
        if (!done) await sending;
    }

    private protected virtual IEnumerable<(string Name, string Value)> Headers => [];

    private protected abstract RecogniserSession Begin();

    private static async ValueTask<string?> NextAsync(SpeechSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task SendAsync(SpeechSocket socket, RecogniserSession session, IAsyncEnumerable<ReadOnlyMemory<short>> audio, CancellationTokenSource over)
    {
        try
        {
            await session.OpenAsync(socket, over.Token);
            await foreach (var piece in audio.WithCancellation(over.Token)) await session.SendAsync(socket, piece, over.Token);
            await session.EndAsync(socket, over.Token);
        }
        catch (Exception fault) when (fault is System.Net.WebSockets.WebSocketException or IOException)
        {
            over.Cancel();
            throw new RecogniserException("The connection broke.", fault);
        }
        catch
        {
            // Whoever waits for results would wait for ever.
            over.Cancel();
            throw;
        }
    }

    private static List<CallEvent> Read(RecogniserSession session, string message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            return json.RootElement.ValueKind == JsonValueKind.Object ? [.. session.Read(json.RootElement)] : throw new JsonException();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new RecogniserException("The server sent what cannot be read.", fault);
        }
    }
}

/// <summary>One connection's protocol and what it remembers.</summary>
internal abstract class RecogniserSession
{
    /// <summary>Says hello.</summary>
    public virtual ValueTask OpenAsync(SpeechSocket socket, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Sends samples.</summary>
    public abstract ValueTask SendAsync(SpeechSocket socket, ReadOnlyMemory<short> samples, CancellationToken cancellationToken);

    /// <summary>Says that there is no more, so that the last final comes.</summary>
    public abstract ValueTask EndAsync(SpeechSocket socket, CancellationToken cancellationToken);

    /// <summary>The server's goodbye, where it has one that is no JSON.</summary>
    public virtual bool IsEnd(string message) => false;

    /// <summary>All that was sent has its text, on a server that never says goodbye.</summary>
    public virtual bool IsOver => false;

    /// <summary>Reads one message. May throw what <see cref="JsonElement"/> throws.</summary>
    public abstract IEnumerable<CallEvent> Read(JsonElement message);
}
