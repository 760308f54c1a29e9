using System.Threading.Channels;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Transports.Typed;

/// <summary>Plays prompts on a line without sound, as fast as they would be spoken: 30 ms to the first sample, then 15 characters a second.</summary>
/// <param name="time">The line's clock.</param>
/// <param name="report">Gets every playback event with its prompt, in order.</param>
internal sealed class PacedPlayback(TimeProvider time, Func<CallEvent, Say, ValueTask> report)
{
    private const double CharactersASecond = 15;
    private const int WaitingMax = 64;
    private static readonly TimeSpan FirstSample = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Channel<(Say Prompt, int Stops)> _prompts = Channel.CreateBounded<(Say, int)>(WaitingMax);
    private Action? _stopPlaying;
    private int _stops;
    private int _open;

    /// <summary>Nothing plays and nothing waits to be played.</summary>
    internal bool IsIdle => Volatile.Read(ref _open) == 0;

    internal ValueTask SayAsync(Say prompt, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _open);
        lock (_gate) return _prompts.Writer.WriteAsync((prompt, _stops), cancellationToken);
    }

    /// <summary>Ends the playing prompt and all that wait.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            _stops++;
            _stopPlaying?.Invoke();
        }
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        // Not ReadAllAsync: it goes on wherever it likes, and virtual time has one thread.
        while (await _prompts.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_prompts.Reader.TryRead(out var next))
            {
                var heard = await PlayAsync(next.Prompt, next.Stops, cancellationToken);
                Interlocked.Decrement(ref _open);
                await report(new PlaybackEnded(default, next.Prompt.Prompt, heard), next.Prompt);
            }
        }
    }

    /// <returns>Characters that were heard.</returns>
    private async Task<int> PlayAsync(Say prompt, int stops, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_gate)
        {
            if (stops != _stops) return 0;
            _stopPlaying = either.Cancel;
        }

        var length = prompt.Text.Value.Length;
        long? began = null;
        try
        {
            await Task.Delay(FirstSample, time, either.Token);
            began = time.GetTimestamp();
            await report(new PlaybackStarted(default, prompt.Prompt), prompt);
            for (var left = TimeSpan.FromSeconds(length / CharactersASecond); left > TimeSpan.Zero; left -= ProgressEvery)
            {
                await Task.Delay(left < ProgressEvery ? left : ProgressEvery, time, either.Token);
                if (left > ProgressEvery) await report(new PlaybackProgressed(default, prompt.Prompt, Heard()), prompt);
            }

            return length;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Heard();
        }
        finally
        {
            lock (_gate) _stopPlaying = null;
        }

        int Heard() => began is { } since ? Math.Min(length, (int)(time.GetElapsedTime(since).TotalSeconds * CharactersASecond)) : 0;
    }
}
