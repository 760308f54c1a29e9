using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Transports.Typed;

/// <summary>Where typed words come from and what the agent says goes to.</summary>
internal interface ITypedPeer
{
    /// <summary>Puts what is typed into <paramref name="inputs"/> until the caller is gone.</summary>
    Task ReadAsync(ChannelWriter<TypedInput> inputs, Func<bool> agentIsSilent, CancellationToken cancellationToken);

    /// <summary>Shows what happens on the line. Returns when it is on its way; throws nothing for a peer that is gone.</summary>
    ValueTask ShowAsync(TypedOutput output, CancellationToken cancellationToken);

    /// <summary>Says goodbye to the peer, once nothing more is shown. <paramref name="reading"/> is what still reads from it.</summary>
    ValueTask EndAsync(Task reading);
}

/// <summary>A call whose caller types. Prompts go back as text, at the pace of speech.</summary>
public sealed class TypedTransport : ICallTransport
{
    private const int InputsMax = 256;

    private readonly ITypedPeer _peer;
    private readonly TypedOptions _options;
    private readonly TimeProvider _time;
    private readonly PacedPlayback _playback;
    private readonly Channel<TypedInput> _inputs = Channel.CreateBounded<TypedInput>(InputsMax);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _gone = new();
    private Task _reading = Task.CompletedTask;
    private ICallEventSink? _sink;

    internal TypedTransport(string line, Pii<string>? callerNumber, ITypedPeer peer, TypedOptions options, TimeProvider time)
    {
        (Line, CallerNumber, _peer, _options, _time) = (line, callerNumber, peer, options, time);
        _playback = new(time, ReportAsync);
    }

    /// <inheritdoc/>
    public string Line { get; }

    /// <inheritdoc/>
    public Pii<string>? CallerNumber { get; }

    /// <inheritdoc/>
    public CallId? Call { get; init; }

    /// <summary>Ends when the call has ended.</summary>
    public Task Ended => _ended.Task;

    /// <inheritdoc/>
    public async Task RunAsync(ICallEventSink sink, CancellationToken cancellationToken)
    {
        _sink = sink;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var playing = _playback.RunAsync(over.Token);
        using (cancellationToken.Register(() => _answered.TrySetCanceled(cancellationToken))) await _answered.Task;
        await _peer.ShowAsync(new TypedOutput.Open(), cancellationToken);
        await sink.WriteAsync(new LineOpened(default), cancellationToken);
        _reading = ReadAsync(_gone.Token);
        try
        {
            await TakeAsync(new TypedUtterance(sink, _options), cancellationToken);
        }
        finally
        {
            over.Cancel();
            await playing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        if (_reading.IsFaulted) await _reading;
        await sink.WriteAsync(new LineClosed(default, Lost: false), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask AnswerAsync(CancellationToken cancellationToken)
    {
        _answered.TrySetResult();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask SayAsync(Say prompt, CancellationToken cancellationToken) => await _playback.SayAsync(prompt, cancellationToken);

    /// <inheritdoc/>
    public ValueTask StopPlaybackAsync(CancellationToken cancellationToken)
    {
        _playback.Stop();
        return ValueTask.CompletedTask;
    }

    /// <summary>A typed call has nobody behind it to be put through to: the caller is told, and it counts as answered.</summary>
    public async ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken)
    {
        await _peer.ShowAsync(new TypedOutput.Transfer(transfer.Reason), cancellationToken);
        await _sink!.WriteAsync(new TransferEnded(default, TransferOutcome.Answered), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask HangUpAsync(CancellationToken cancellationToken)
    {
        while (!_playback.IsIdle) await Task.Delay(TimeSpan.FromMilliseconds(20), _time, cancellationToken);
        _inputs.Writer.TryComplete();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _peer.ShowAsync(new TypedOutput.Closed(), CancellationToken.None);
        await _peer.EndAsync(_reading);
        _gone.Cancel();
        _gone.Dispose();
        _ended.TrySetResult();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _peer.ReadAsync(_inputs.Writer, () => _playback.IsIdle, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            // The agent has hung up; what is still typed goes nowhere.
        }
        finally
        {
            _inputs.Writer.TryComplete();
        }
    }

    /// <summary>Takes inputs until the caller is gone; quiet makes a final.</summary>
    private async Task TakeAsync(TypedUtterance utterance, CancellationToken cancellationToken)
    {
        Task<bool>? more = null;
        while (true)
        {
            while (_inputs.Reader.TryRead(out var input))
            {
                if (input is TypedInput.HangUp) return;
                if (await utterance.TakeAsync(input, cancellationToken) is { } problem) await _peer.ShowAsync(new TypedOutput.Error(problem), cancellationToken);
            }

            more ??= MoreAsync(cancellationToken);
            if (!utterance.IsEmpty && !await ComesWithinQuietAsync(more))
            {
                await utterance.TakeAsync(new TypedInput.Final(null), cancellationToken);
                continue;
            }

            if (!await more)
            {
                await utterance.TakeAsync(new TypedInput.Final(null), cancellationToken);
                return;
            }

            more = null;
        }
    }

    private async Task<bool> MoreAsync(CancellationToken cancellationToken) => await _inputs.Reader.WaitToReadAsync(cancellationToken);

    private async Task<bool> ComesWithinQuietAsync(Task<bool> more)
    {
        await ((Task)more).WaitAsync(_options.Quiet, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return more.IsCompleted;
    }

    private async ValueTask ReportAsync(CallEvent happened, Say prompt)
    {
        await _sink!.WriteAsync(happened, CancellationToken.None);
        TypedOutput output = happened switch
        {
            PlaybackStarted => new TypedOutput.Say(prompt.Prompt.Value, prompt.Kind.ToString(), prompt.Text.Value),
            PlaybackProgressed progressed => new TypedOutput.Playing(prompt.Prompt.Value, progressed.Characters),
            _ => new TypedOutput.Said(prompt.Prompt.Value, ((PlaybackEnded)happened).Characters),
        };
        await _peer.ShowAsync(output, CancellationToken.None);
    }
}
