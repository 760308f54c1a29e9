using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;

namespace ContactCenterAgent.Transports.Streams;

/// <summary>
/// A caller behind a connection that carries sound as messages. The clock hears and speaks 50 times a second; one task reads, one sends. When the connection does not take what is said,
/// nothing more is taken from the voice: what counts as heard stays true.
/// </summary>
internal sealed class StreamLeg : IAudioLeg, IMediaTicked, IStreamInput
{
    private const int EventsMax = 256;

    /// <summary>A peer that takes nothing for this long is gone: 5 s of frames.</summary>
    private const int StalledFrames = 250;

    private readonly IStreamPeer _peer;
    private readonly MediaClock _clock;
    private readonly int _silentFrames;
    private readonly Lock _gate = new();
    private readonly SoundIn _in;
    private readonly Outbox _out;
    private readonly short[] _frame;
    private readonly Channel<CallEvent> _events = Channel.CreateBounded<CallEvent>(new BoundedChannelOptions(EventsMax) { SingleReader = true });
    private readonly TaskCompletionSource<StreamEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StreamEnd> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IAudioEnd? _audio;
    private bool _canOpen;
    private bool _open;
    private bool _started;
    private int _quiet;
    private int _stalled;
    private long _sent;

    /// <param name="line">The line's name.</param>
    /// <param name="callerNumber">E.164; null = withheld.</param>
    /// <param name="peer">Owned.</param>
    /// <param name="clock">Paces the sound.</param>
    /// <param name="silentAfter">The connection's silence after which it counts as lost.</param>
    public StreamLeg(string line, Pii<string>? callerNumber, IStreamPeer peer, MediaClock clock, TimeSpan silentAfter)
    {
        (Line, CallerNumber, _peer, _clock) = (line, callerNumber, peer, clock);
        _silentFrames = (int)(silentAfter / MediaClock.Frame);
        (_in, _out, _frame) = (new(peer.SampleRate), new(peer.MessageBytes), new short[peer.SampleRate / 50]);
    }

    /// <inheritdoc/>
    public string Line { get; }

    /// <inheritdoc/>
    public Pii<string>? CallerNumber { get; }

    /// <inheritdoc/>
    public CallId? Call { get; init; }

    /// <inheritdoc/>
    public int SampleRate => _peer.SampleRate;

    /// <summary>Why it ended; complete once the connection is closed.</summary>
    public Task<StreamEnd> Closed => _closed.Task;

    internal IStreamPeer Peer => _peer;

    /// <summary>Samples that wait to be heard.</summary>
    internal long Waiting => _in.Waiting;

    /// <inheritdoc/>
    public async Task RunAsync(IAudioEnd audio, ICallEventSink sink, CancellationToken cancellationToken)
    {
        lock (_gate) (_audio, _started) = (audio, true);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beside = Task.WhenAll(ReadAsync(over.Token), SendAsync(over.Token));
        _clock.Add(this);
        OpenIfReady();
        try
        {
            while (await _events.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_events.Reader.TryRead(out var happened)) await sink.WriteAsync(happened, cancellationToken);
            }
        }
        finally
        {
            End(StreamEnd.Ours);
            _clock.Remove(this);
            await CloseAsync();
            await over.CancelAsync();
            await beside.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        await sink.WriteAsync(new LineClosed(default, (await _end.Task).Lost), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask AnswerAsync(CancellationToken cancellationToken)
    {
        if (!_end.Task.IsCompleted && await _peer.AnswerAsync(cancellationToken)) Opened();
    }

    /// <inheritdoc/>
    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _out.Drop();
            var slot = _out.Next();
            if (!slot.IsEmpty && !_end.Task.IsCompleted) _out.Add(_peer.WriteClear(slot));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken)
    {
        if (!_end.Task.IsCompleted && await _peer.TransferAsync(transfer, cancellationToken) is { } outcome) Transferred(outcome);
    }

    /// <summary>Ends the leg once what was taken has been sent.</summary>
    public async ValueTask HangUpAsync(CancellationToken cancellationToken)
    {
        bool started;
        lock (_gate)
        {
            started = _started;
            var slot = _out.Next();
            if (!slot.IsEmpty) _out.Add(_peer.WriteGoodbye(slot));
            _out.Close();
        }

        if (started) return;
        End(StreamEnd.Ours);
        await CloseAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        End(StreamEnd.Ours);
        bool started;
        lock (_gate) started = _started;
        if (started) await _closed.Task;
        else await CloseAsync();
    }

    /// <inheritdoc/>
    public void Opened()
    {
        lock (_gate) _canOpen = true;
        OpenIfReady();
    }

    /// <inheritdoc/>
    public bool Heard(ReadOnlySpan<short> samples)
    {
        Volatile.Write(ref _quiet, 0);
        return _in.Write(samples);
    }

    /// <summary>Keys beyond what waits are dropped: nobody presses that fast.</summary>
    public void Pressed(char key) => _events.Writer.TryWrite(new DigitPressed(default, Pii.Of(key)));

    /// <inheritdoc/>
    public void Transferred(TransferOutcome outcome) => _events.Writer.TryWrite(new TransferEnded(default, outcome));

    /// <summary>From the clock's thread.</summary>
    public void Tick(long frame)
    {
        lock (_gate)
        {
            if (_open) Sound();
        }

        var sent = _out.Sent;
        _stalled = sent == _sent && _out.IsWaiting ? _stalled + 1 : 0;
        _sent = sent;
        if (_stalled > StalledFrames) End(StreamEnd.Stalled);
        if (_peer.IsAway) Volatile.Write(ref _quiet, 0);
        else if (Interlocked.Increment(ref _quiet) > _silentFrames) End(StreamEnd.Silent);
    }

    /// <inheritdoc/>
    public void Fail(Exception fault) => End(StreamEnd.Faulted);

    /// <summary>Ends the leg. Only the first reason counts.</summary>
    internal void End(StreamEnd end)
    {
        if (!_end.TrySetResult(end)) return;
        lock (_gate) _open = false;
        _events.Writer.TryComplete();
    }

    private void Sound()
    {
        _in.Hear(_audio!);
        if (!_peer.TakesSound || !_out.HasRoomForSound) return;
        var count = _audio!.Play(_frame);
        if (count == 0 && !_peer.WantsSilence) return;
        _frame.AsSpan(count).Clear();
        _out.Add(_peer.WriteSound(_frame, _out.Next()));
        if (count > 0) _out.Add(_peer.WriteMark(_out.Next()));
    }

    private void OpenIfReady()
    {
        lock (_gate)
        {
            if (_open || !_canOpen || !_started || _end.Task.IsCompleted) return;
            _in.Clear();
            _open = true;
            _events.Writer.TryWrite(new LineOpened(default));
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
#pragma warning disable CA1031 // A bug in a parser costs one call.
        try
        {
            End(await _peer.ReadAsync(this, cancellationToken));
        }
        catch (Exception fault)
        {
            End(fault is OperationCanceledException ? StreamEnd.Ours : StreamEnd.Faulted);
        }
#pragma warning restore CA1031
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
#pragma warning disable CA1031 // Whatever a socket throws, nobody is there to be spoken to.
        try
        {
            while (!_out.IsDone)
            {
                await _out.WaitAsync(cancellationToken);
                while (_out.TryTake(out var message))
                {
                    await _peer.SendAsync(message, cancellationToken);
                    _out.Taken();
                }
            }

            End(StreamEnd.Ours);
        }
        catch (Exception fault)
        {
            End(fault is OperationCanceledException ? StreamEnd.Ours : StreamEnd.Broken);
        }
#pragma warning restore CA1031
    }

    private async ValueTask CloseAsync()
    {
        if (_closed.Task.IsCompleted) return;
        var end = await _end.Task;
        await _peer.CloseAsync(end);
        _closed.TrySetResult(end);
    }
}
