using System.Net.WebSockets;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Transports.Streams;
using ContactCenterAgent.Transports.WebSocket.Wire;
using ContactCenterAgent.Transports.WebSockets;

namespace ContactCenterAgent.Transports.WebSocket.Twilio;

/// <summary>One stream. Twilio keeps what it is sent and plays it in order; marks tell how far it has come.</summary>
/// <param name="socket">The stream.</param>
/// <param name="message">Holds what was read last.</param>
/// <param name="start">What the stream is.</param>
/// <param name="putThrough">Puts the call through; null = nobody can.</param>
internal sealed class TwilioPeer(PeerSocket socket, TwilioMessage message, TwilioStart start, Func<string, TransferToPerson, CancellationToken, Task<TransferOutcome>>? putThrough)
    : IStreamPeer
{
    /// <summary>A mark every 200 ms of speech.</summary>
    private const int MarkFrames = 10;

    /// <summary>Sound that Twilio may hold unplayed, a mark's way there and back included: 1 s. Beyond it nothing is said until a mark comes back.</summary>
    private const int AheadFrames = 50;

    private readonly TwilioWriter _writer = new(start.Stream);
    private readonly short[] _samples = new short[TwilioMessage.SoundMax];
    private readonly Lock _gate = new();
    private int _clears;
    private long _sent;
    private long _played;
    private long _marked;

    public int SampleRate => G711.SampleRate;

    public int MessageBytes => TwilioWriter.MessageBytes;

    public bool WantsSilence => false;

    /// <summary>Frames that were sent and, as far as marks have told, not played.</summary>
    public long Unplayed
    {
        get
        {
            lock (_gate) return _sent - _played;
        }
    }

    /// <summary>Only what a mark stands behind is waited for.</summary>
    public bool TakesSound
    {
        get
        {
            lock (_gate) return _marked <= _played || _sent - _played < AheadFrames;
        }
    }

    public async Task<StreamEnd> ReadAsync(IStreamInput input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await socket.ReadAsync(cancellationToken);
            if (read.Kind != SocketMessageKind.Text) return read.End;
            if (message.Read(read.Bytes.Span) is { } failure) return StreamEnd.Bad(failure);
            switch (message.Event)
            {
                case TwilioEvent.Media when message.IsInbound:
                    if (message.Sound.IsEmpty) return StreamEnd.Bad("size");
                    G711.Decode(G711Law.Mu, message.Sound, _samples);
                    if (!input.Heard(_samples.AsSpan(0, message.Sound.Length))) return StreamEnd.Flooded;
                    break;
                case TwilioEvent.Dtmf:
                    input.Pressed(message.Digit);
                    break;
                case TwilioEvent.Mark:
                    Played(message.Mark);
                    break;
                case TwilioEvent.Start:
                    return StreamEnd.Bad("order");
                case TwilioEvent.Stop:
                    return StreamEnd.HungUp;
            }
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> written, CancellationToken cancellationToken) => socket.SendAsync(written, WebSocketMessageType.Text, cancellationToken);

    public int WriteSound(ReadOnlySpan<short> frame, Span<byte> into)
    {
        lock (_gate) _sent++;
        return _writer.Sound(frame, into);
    }

    public int WriteMark(Span<byte> into)
    {
        lock (_gate)
        {
            if (_sent % MarkFrames != 0 || into.IsEmpty) return 0;
            _marked = _sent;
            return _writer.Mark(_clears, _sent, into);
        }
    }

    public int WriteClear(Span<byte> into)
    {
        lock (_gate)
        {
            _clears++;
            _played = _marked = _sent;
        }

        return _writer.Clear(into);
    }

    public int WriteGoodbye(Span<byte> into) => 0;

    /// <summary>Twilio has answered before it connects.</summary>
    public ValueTask<bool> AnswerAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public async ValueTask<TransferOutcome?> TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken) =>
        putThrough is null ? TransferOutcome.Failed : await putThrough(start.Call, transfer, cancellationToken);

    public ValueTask CloseAsync(StreamEnd end) => socket.CloseAsync(end);

    /// <summary>A clear sends all marks back at once: those of before it say nothing.</summary>
    private void Played(string mark)
    {
        lock (_gate)
        {
            if (TwilioWriter.ReadMark(mark) is var (clears, frame) && clears == _clears && frame <= _sent) _played = Math.Max(_played, frame);
        }
    }
}
