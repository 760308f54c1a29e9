using ContactCenterAgent.Media.Recording;

namespace ContactCenterAgent.Speech.Recording;

/// <summary>
/// Records a call to disk while it goes on: the clock's thread only copies; a task writes twice a second. Sound that the disk is too slow for is lost to the recording, in whole frames of both sides, and
/// counted; the call does not notice.
/// </summary>
public sealed class CallRecording : IAudioTap, IAsyncDisposable
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(500);

    private readonly WavWriter _wav;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _over = new();
    private readonly Task _writing;
    private short[] _caller;
    private short[] _agent;
    private short[] _callerOut;
    private short[] _agentOut;
    private int _filled;
    private long _taken;

    /// <summary>Begins.</summary>
    /// <param name="stream">Takes the WAV; disposed with the recording.</param>
    /// <param name="sampleRate">Of the line.</param>
    /// <param name="time">A clock.</param>
    public CallRecording(Stream stream, int sampleRate, TimeProvider time)
    {
        _wav = new(stream, sampleRate);

        // Room for four seconds: a disk may pause for as long.
        (_caller, _agent, _callerOut, _agentOut) = (new short[4 * sampleRate], new short[4 * sampleRate], new short[4 * sampleRate], new short[4 * sampleRate]);
        _writing = WriteAsync(time, _over.Token);
    }

    /// <summary>The file, relative to the folder of the recordings; null = it is none.</summary>
    public string? Name { get; init; }

    /// <summary>Samples of each side that are recorded at most; what comes after them is not missed.</summary>
    public long SamplesMax { get; init; } = long.MaxValue;

    /// <summary>Samples of each side that were lost because the disk was too slow.</summary>
    public long Lost { get; private set; }

    /// <summary>The disk is full or gone: nothing more is recorded.</summary>
    public bool Failed { get; private set; }

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<short> caller, ReadOnlySpan<short> agent)
    {
        lock (_gate)
        {
            if (_taken + caller.Length > SamplesMax) return;
            if (_filled + caller.Length > _caller.Length)
            {
                Lost += caller.Length;
                return;
            }

            caller.CopyTo(_caller.AsSpan(_filled));
            agent.CopyTo(_agent.AsSpan(_filled));
            _filled += caller.Length;
            _taken += caller.Length;
        }
    }

    /// <summary>Writes the rest and puts the header right, as far as the disk lets us.</summary>
    public async ValueTask DisposeAsync()
    {
        _over.Cancel();
        await _writing;
        Flush();
        try
        {
            _wav.Dispose();
        }
        catch (IOException)
        {
            Failed = true;
        }

        _over.Dispose();
    }

    private async Task WriteAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(WriteEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken)) Flush();
        }
        catch (OperationCanceledException)
        {
            // The recording is over; whoever ends it writes the rest.
        }
    }

    private void Flush()
    {
        int count;
        lock (_gate)
        {
            (_caller, _callerOut) = (_callerOut, _caller);
            (_agent, _agentOut) = (_agentOut, _agent);
            (count, _filled) = (_filled, 0);
        }

        if (count == 0 || Failed) return;
        try
        {
            _wav.Write(_callerOut.AsSpan(0, count), _agentOut.AsSpan(0, count));
        }
        catch (IOException)
        {
            Failed = true;
        }
    }
}
