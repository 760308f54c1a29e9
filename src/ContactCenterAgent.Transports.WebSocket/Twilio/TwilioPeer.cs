using System.Net.WebSockets;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Transports.Streams;
using ContactCenterAgent.Transports.WebSocket.Wire;
using ContactCenterAgent.Transports.WebSockets;

namespace ContactCenterAgent.Transports.WebSocket.Twilio;

/// <summary>A stream of a call, as it was opened.</summary>
/// <param name="Socket">Carries it.</param>
/// <param name="Message">Holds what was read last.</param>
/// <param name="Id">Twilio's id of it; goes into every message back.</param>
internal sealed record TwilioStream(PeerSocket Socket, TwilioMessage Message, string Id);

/// <summary>
/// One call. Twilio keeps what it is sent and plays it in order; marks tell how far it has come. While the caller is being put through there is no stream: it ends, and another one comes, or none.
/// </summary>
/// <param name="stream">The call's first stream.</param>
/// <param name="call">Twilio's id of the call.</param>
/// <param name="transfers">Puts the call through.</param>
/// <param name="time">The clock of deadlines.</param>
/// <param name="log">Gets why it could not be put through.</param>
internal sealed class TwilioPeer(TwilioStream stream, string call, TwilioTransfers transfers, TimeProvider time, Action<string> log) : IStreamPeer
{
    /// <summary>A mark every 200 ms of speech.</summary>
    private const int MarkFrames = 10;

    /// <summary>Sound that Twilio may hold unplayed, a mark's way there and back included: 1 s. Beyond it nothing is said until a mark comes back.</summary>
    private const int AheadFrames = 50;

    private readonly short[] _samples = new short[TwilioMessage.SoundMax];
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TwilioStream _stream = stream;
    private TwilioWriter _writer = new(stream.Id);
    private Absence? _away;
    private int _clears;
    private long _sent;
    private long _played;
    private long _marked;

    public int SampleRate => G711.SampleRate;

    public int MessageBytes => TwilioWriter.MessageBytes;

    public bool WantsSilence => false;

    public bool IsAway
    {
        get
        {
            lock (_gate) return _away is not null;
        }
    }

    /// <summary>Complete once the call is over.</summary>
    public Task Gone => _gone.Task;

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
            lock (_gate) return _away is null && (_marked <= _played || _sent - _played < AheadFrames);
        }
    }

    public async Task<StreamEnd> ReadAsync(IStreamInput input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = await ReadStreamAsync(_stream, input, cancellationToken);
            Absence? away;
            lock (_gate) away = _away;
            if (away is null) return end;
            await _stream.Socket.CloseAsync(StreamEnd.HungUp);
            if (await away.OverAsync(transfers.AwayMax, time, cancellationToken) is not { } outcome) return StreamEnd.HungUp;
            if (outcome == TransferOutcome.Answered)
            {
                input.Transferred(outcome);
                return StreamEnd.HungUp;
            }

            Return(away.Stream!);
            input.Transferred(outcome);
        }
    }

    /// <summary>Told by Twilio: what the dialling came to. Only the first counts.</summary>
    public void Ended(TransferOutcome outcome)
    {
        lock (_gate) _away?.Ended(outcome);
    }

    /// <summary>The caller is back, on another stream.</summary>
    /// <returns>False: nobody waits for them any more.</returns>
    public bool ComeBack(TwilioStream another)
    {
        lock (_gate) return _away?.ComeBack(another) ?? false;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> written, CancellationToken cancellationToken)
    {
        PeerSocket? to;
        lock (_gate) to = _away is null ? _stream.Socket : null;
        if (to is null) return;
        try
        {
            await to.SendAsync(written, WebSocketMessageType.Text, cancellationToken);
        }
        catch (Exception gone) when (IsAway && gone is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Twilio has ended the stream to dial.
        }
    }

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

    public async ValueTask<TransferOutcome?> TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken)
    {
        if (!transfers.IsPossible) return TransferOutcome.Failed;
        // The stream may end before Twilio's answer is here.
        lock (_gate) _away = new();
        if (await transfers.AskAsync(call, this, cancellationToken) is not { } fault) return null;
        log(fault);
        lock (_gate) _away = null;
        return TransferOutcome.Failed;
    }

    public async ValueTask CloseAsync(StreamEnd end)
    {
        transfers.Forget(call);
        await _stream.Socket.CloseAsync(end);
        _gone.TrySetResult();
    }

    private async Task<StreamEnd> ReadStreamAsync(TwilioStream from, IStreamInput input, CancellationToken cancellationToken)
    {
        var message = from.Message;
        while (true)
        {
            var read = await from.Socket.ReadAsync(cancellationToken);
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

    /// <summary>Another stream, on which nothing has been played.</summary>
    private void Return(TwilioStream another)
    {
        lock (_gate)
        {
            (_stream, _writer, _away) = (another, new(another.Id), null);
            _clears++;
            _played = _marked = _sent;
        }

        transfers.Forget(call);
    }

    /// <summary>A clear sends all marks back at once: those of before it say nothing.</summary>
    private void Played(string mark)
    {
        lock (_gate)
        {
            if (TwilioWriter.ReadMark(mark) is var (clears, frame) && clears == _clears && frame <= _sent) _played = Math.Max(_played, frame);
        }
    }

    /// <summary>A caller who is being put through: over when a person has answered, or when the caller is back and it is known why.</summary>
    private sealed class Absence
    {
        private readonly TaskCompletionSource<TransferOutcome> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TransferOutcome? _outcome;

        public TwilioStream? Stream { get; private set; }

        public void Ended(TransferOutcome outcome)
        {
            _outcome ??= outcome;
            if (_outcome == TransferOutcome.Answered || Stream is not null) _over.TrySetResult(_outcome.Value);
        }

        /// <summary>A caller who comes back before Twilio has told anything has not been put through.</summary>
        public bool ComeBack(TwilioStream another)
        {
            Stream = another;
            return _over.TrySetResult(_outcome ?? TransferOutcome.Failed);
        }

        /// <returns>Null: nothing was heard of the caller.</returns>
        public async Task<TransferOutcome?> OverAsync(TimeSpan within, TimeProvider time, CancellationToken cancellationToken)
        {
            try
            {
                return await _over.Task.WaitAsync(within, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }
}
