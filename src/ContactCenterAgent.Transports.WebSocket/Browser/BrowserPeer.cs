using System.Net.WebSockets;
using System.Text.Json;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Transports.Streams;
using ContactCenterAgent.Transports.WebSocket.Wire;
using ContactCenterAgent.Transports.WebSockets;

namespace ContactCenterAgent.Transports.WebSocket.Browser;

/// <summary>One page. Its worklet plays frames in order and says how far it has come; its browser, where it is asked to, says what the caller says.</summary>
/// <param name="socket">The page's socket.</param>
/// <param name="recogniser">Takes the words of the page's browser; null = none are asked for.</param>
/// <param name="time">The clock of how often words may come.</param>
/// <param name="unable">Told why the browser cannot go on, once.</param>
internal sealed class BrowserPeer(PeerSocket socket, BrowserRecogniser? recogniser, TimeProvider time, Action<string> unable) : IStreamPeer
{
    /// <summary>Sound that a page may hold unplayed: 400 ms. A page that never tells is trusted to keep pace.</summary>
    private const int AheadFrames = 20;

    /// <summary>Words that may be told at once, and in a second: browsers give a few results a second, some of them in a burst.</summary>
    private const int WordsBurst = 100, WordsPerSecond = 50;

    private static readonly byte[] Clear = """{"type":"clear"}"""u8.ToArray();
    private static readonly byte[] Goodbye = """{"type":"ended","reason":"agent.hung_up"}"""u8.ToArray();

    private readonly short[] _samples = new short[BrowserFrame.Samples];
    private readonly Lock _gate = new();
    private readonly Allowance _words = new(WordsBurst, WordsPerSecond, time);
    private uint _heard;
    private uint _sent;
    private uint? _played;

    public int SampleRate => BrowserFrame.SampleRate;

    public int MessageBytes => BrowserFrame.Bytes;

    public bool WantsSilence => false;

    public bool TakesSound
    {
        get
        {
            lock (_gate) return _played is not { } played || _sent - played < AheadFrames;
        }
    }

    /// <summary>The recogniser of the page's browser; null = none is asked for.</summary>
    public BrowserRecogniser? Recogniser => recogniser;

    /// <summary>Tells the page that it is connected.</summary>
    /// <param name="call">The call's id, by which the page may watch it; null = nobody knows it yet.</param>
    /// <param name="options">How its browser is to recognise, where it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask WelcomeAsync(CallId? call, BrowserOptions options, CancellationToken cancellationToken) => socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?>
        {
            ["type"] = "ready",
            ["version"] = BrowserSign.Version,
            ["sampleRate"] = SampleRate,
            ["frameSamples"] = BrowserFrame.Samples,
            ["call"] = call?.ToString(),
            ["recogniser"] = recogniser is null ? null : new Dictionary<string, object> { ["language"] = options.Language, ["readings"] = options.Readings },
        }),
        WebSocketMessageType.Text, cancellationToken);

    public async Task<StreamEnd> ReadAsync(IStreamInput input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await socket.ReadAsync(cancellationToken);
            var end = read.Kind switch
            {
                SocketMessageKind.Binary => Hear(read.Bytes.Span, input),
                SocketMessageKind.Text => Understand(read.Bytes.Span, input),
                _ => read.End,
            };
            if (end is not null) return end;
        }
    }

    /// <summary>What is sent as bytes is sound; what begins like JSON is a sign.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        socket.SendAsync(message, message.Length == BrowserFrame.Bytes ? WebSocketMessageType.Binary : WebSocketMessageType.Text, cancellationToken);

    public int WriteSound(ReadOnlySpan<short> frame, Span<byte> into)
    {
        lock (_gate) return BrowserFrame.Write(++_sent, frame, into);
    }

    public int WriteMark(Span<byte> into) => 0;

    public int WriteClear(Span<byte> into)
    {
        // What is forgotten is never told as played.
        lock (_gate) if (_played is not null) _played = _sent;
        Clear.CopyTo(into);
        return Clear.Length;
    }

    public int WriteGoodbye(Span<byte> into)
    {
        Goodbye.CopyTo(into);
        return Goodbye.Length;
    }

    /// <summary>A page that calls is there already.</summary>
    public ValueTask<bool> AnswerAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    /// <summary>There is no way from a page to a telephone.</summary>
    public ValueTask<TransferOutcome?> TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken) => ValueTask.FromResult<TransferOutcome?>(TransferOutcome.Failed);

    public ValueTask CloseAsync(StreamEnd end) => socket.CloseAsync(end);

    private StreamEnd? Hear(ReadOnlySpan<byte> message, IStreamInput input)
    {
        if (!BrowserFrame.Read(message, out var number, _samples)) return StreamEnd.Bad("size");
        if (number <= _heard) return StreamEnd.Bad("order");
        _heard = number;
        return input.Heard(_samples) ? null : StreamEnd.Flooded;
    }

    private StreamEnd? Understand(ReadOnlySpan<byte> message, IStreamInput input)
    {
        switch (BrowserSign.Read(message))
        {
            case null:
                return StreamEnd.Bad("json");
            case BrowserSign.Hello:
                return StreamEnd.Bad("order");
            case BrowserSign.HangUp:
                return StreamEnd.HungUp;
            case BrowserSign.Digit digit:
                input.Pressed(digit.Key);
                break;
            case BrowserSign.Played played:
                lock (_gate) if (played.Frame <= _sent) _played = Math.Max(_played ?? 0, played.Frame);
                break;
            case BrowserSign.Refused refused:
                return StreamEnd.Bad(refused.What);
            case BrowserSign.Words or BrowserSign.Unable when recogniser is null:
                return StreamEnd.Bad("order");
            case BrowserSign.Words words:
                return _words.TryTake() && recogniser.Tell(words) ? null : StreamEnd.Flooded;
            case BrowserSign.Unable cannot:
                if (recogniser.Fail(cannot.Reason)) unable(cannot.Reason);
                break;
        }

        return null;
    }
}
