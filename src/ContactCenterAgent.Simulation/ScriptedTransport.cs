using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Transports.Typed;

namespace ContactCenterAgent.Simulation;

/// <summary>A line with a caller who follows a script. The same in virtual and in real time; prompts are played at the pace of speech.</summary>
public sealed class ScriptedTransport : ICallTransport
{
    /// <summary>How long the caller waits for the agent before giving up.</summary>
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan KeyEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RingFor = TimeSpan.FromMilliseconds(500);

    private readonly CallScript _script;
    private readonly TimeProvider _time;
    private readonly CallerEar _ear = new();
    private readonly PacedPlayback _playback;
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TransferToPerson> _transfer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<SpokenTurn> _spoken = [];
    private ICallEventSink? _sink;

    /// <summary>A caller on a line.</summary>
    public ScriptedTransport(CallScript script, TimeProvider time)
    {
        (_script, _time) = (script, time);
        _playback = new(time, ReportAsync);
    }

    /// <inheritdoc/>
    public string Line => "script";

    /// <inheritdoc/>
    public Pii<string>? CallerNumber => _script.Caller is { } number ? Pii.Of(number) : null;

    /// <summary>What the caller has heard so far.</summary>
    public IReadOnlyList<HeardPrompt> Heard => _ear.Heard;

    /// <summary>What the caller has said so far.</summary>
    public IReadOnlyList<SpokenTurn> Spoken => _spoken;

    /// <summary>Why the caller could not follow the script; null = could.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public async Task RunAsync(ICallEventSink sink, CancellationToken cancellationToken)
    {
        _sink = sink;
        Exception? fault = null;
        await using (var leg = new TaskScope(f => fault ??= f, cancellationToken))
        {
            leg.Start(_playback.RunAsync);
            leg.Start(TransferAsync);
            await _answered.Task.Here().WaitAsync(cancellationToken);
            await sink.WriteAsync(new LineOpened(default), cancellationToken);
            await using var caller = new TaskScope(f => fault ??= f, leg.Token);
            caller.Start(FollowAsync);
            await _over.Task.Here().WaitAsync(cancellationToken);
        }

        if (fault is not null) throw new InvalidOperationException("The scripted caller failed.", fault);
        await sink.WriteAsync(new LineClosed(default, Lost: false), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask AnswerAsync(CancellationToken cancellationToken)
    {
        _answered.TrySetResult();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SayAsync(Say prompt, CancellationToken cancellationToken) => _playback.SayAsync(prompt, cancellationToken);

    /// <inheritdoc/>
    public ValueTask StopPlaybackAsync(CancellationToken cancellationToken)
    {
        _playback.Stop();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken)
    {
        _transfer.TrySetResult(transfer);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask HangUpAsync(CancellationToken cancellationToken)
    {
        await _ear.UntilAsync(_ => _playback.IsIdle, cancellationToken);
        _over.TrySetResult();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task TransferAsync(CancellationToken cancellationToken)
    {
        await _transfer.Task.Here().WaitAsync(cancellationToken);
        await _ear.UntilAsync(_ => _playback.IsIdle, cancellationToken);
        await Task.Delay(RingFor, _time, cancellationToken);
        await _sink!.WriteAsync(new TransferEnded(default, _script.Transfer), cancellationToken);
        // The caller stays on the line with whoever answered; this leg is over.
        if (_script.Transfer == TransferOutcome.Answered) _over.TrySetResult();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < _script.Turns.Length; i++)
            {
                if (!await WaitForAsync(_script.Turns[i], cancellationToken))
                {
                    Problem = $"turn {i + 1}: the caller waited {PatienceMax.TotalSeconds:0} s in vain for the agent";
                    return;
                }

                await TakeTurnAsync(_script.Turns[i], i + 1, cancellationToken);
                if (_script.Turns[i].HangUp) return;
            }

            if (!await WaitForAsync(new ScriptTurn { ThinkMs = 1000 }, cancellationToken)) Problem = "the caller's last turn was not answered";
        }
        finally
        {
            _over.TrySetResult();
        }
    }

    /// <returns>False where the caller's patience ran out.</returns>
    private async Task<bool> WaitForAsync(ScriptTurn turn, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(PatienceMax, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var since = _spoken.Count == 0 ? TimeSpan.Zero : _spoken[^1].Until;
        try
        {
            if (turn.AfterMs is { } afterMs)
            {
                await DelayUntilAsync(since + TimeSpan.FromMilliseconds(afterMs), either.Token);
            }
            else if (turn.BargeIn is { } bargeIn)
            {
                bool Playing(HeardPrompt h) => h.StartedAt >= since && h.Prompt.Text.Value.Contains(bargeIn.Containing, StringComparison.OrdinalIgnoreCase);
                await _ear.UntilAsync(heard => heard.Any(Playing), either.Token);
                await DelayUntilAsync(_ear.Heard.First(Playing).StartedAt + TimeSpan.FromMilliseconds(bargeIn.AfterMs), either.Token);
            }
            else
            {
                bool Finished(IReadOnlyList<HeardPrompt> heard) =>
                    _playback.IsIdle && heard.Any(h => h.EndedAt > since && (h.Answers || _spoken.Count == 0));
                do
                {
                    await _ear.UntilAsync(Finished, either.Token);
                    await Task.Delay(TimeSpan.FromMilliseconds(turn.ThinkMs), _time, either.Token);
                }
                while (!Finished(_ear.Heard));
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task TakeTurnAsync(ScriptTurn turn, int number, CancellationToken cancellationToken)
    {
        var began = _sink!.Now;
        var speech = ScriptSpeech.Of(turn, _script.Wpm);
        var spoken = new SpokenTurn(number, speech.Text, began, began + speech.End);
        _spoken.Add(spoken);
        foreach (var (at, happened) in speech.Events(began, turn.Alternatives))
        {
            // A caller who hangs up is gone with the last word; nobody waits for the final.
            if (turn.HangUp && turn.Keys.Length == 0 && at > spoken.Until) break;
            await DelayUntilAsync(at, cancellationToken);
            await _sink.WriteAsync(happened, cancellationToken);
        }

        foreach (var key in turn.Keys)
        {
            await Task.Delay(KeyEvery, _time, cancellationToken);
            await _sink.WriteAsync(new DigitPressed(default, Pii.Of(key)), cancellationToken);
        }

        if (turn.Keys.Length > 0) _spoken[^1] = spoken with { Until = _sink.Now };
        if (turn.HangUp) await DelayUntilAsync(spoken.Until, cancellationToken);
    }

    private async Task DelayUntilAsync(TimeSpan at, CancellationToken cancellationToken)
    {
        var left = at - _sink!.Now;
        if (left > TimeSpan.Zero) await Task.Delay(left, _time, cancellationToken);
    }

    private ValueTask ReportAsync(CallEvent happened, Say prompt)
    {
        if (happened is PlaybackStarted) _ear.Started(prompt, _sink!.Now);
        else if (happened is PlaybackEnded) _ear.Ended(prompt, _sink!.Now);
        return _sink!.WriteAsync(happened, CancellationToken.None);
    }
}

/// <summary>A turn as the caller spoke it.</summary>
/// <param name="Turn">Its number in the script, from 1.</param>
/// <param name="Text">The words as said.</param>
/// <param name="From">Call time of its beginning.</param>
/// <param name="Until">Call time of the end of the last word or key.</param>
public sealed record SpokenTurn(int Turn, string Text, TimeSpan From, TimeSpan Until);
