using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Transports.Streams;

/// <summary>
/// The caller's sound on its way from a connection, where it comes in bursts, to the ear, at the pace of the clock. Short gaps are left out, so that what is late catches up;
/// a longer one is heard as silence. One thread writes, the clock's hears.
/// </summary>
internal sealed class SoundIn
{
    /// <summary>Sound that waits at most; what is older is dropped.</summary>
    public static readonly TimeSpan WaitingMax = TimeSpan.FromSeconds(1);

    /// <summary>Sound dropped in all that makes a flood.</summary>
    public static readonly TimeSpan FloodAfter = TimeSpan.FromSeconds(10);

    /// <summary>A gap that is still taken for lateness, in frames.</summary>
    private const int GapFrames = 5;

    /// <summary>Frames that may wait before two are heard at a time.</summary>
    private const int BehindFrames = 6;

    private readonly Lock _gate = new();
    private readonly short[] _ring;
    private readonly short[] _frame;
    private readonly int _frameSamples;
    private readonly long _floodSamples;
    private long _read;
    private long _written;
    private long _dropped;
    private int _gap;

    /// <param name="sampleRate">Samples a second.</param>
    public SoundIn(int sampleRate)
    {
        _frameSamples = sampleRate / 50;
        _ring = new short[(int)(WaitingMax.TotalSeconds * sampleRate)];
        _frame = new short[2 * _frameSamples];
        _floodSamples = (long)(FloodAfter.TotalSeconds * sampleRate);
    }

    /// <summary>Samples that wait.</summary>
    public long Waiting
    {
        get
        {
            lock (_gate) return _written - _read;
        }
    }

    /// <summary>Takes what came.</summary>
    /// <returns>False: so much has been dropped that it is a flood.</returns>
    public bool Write(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            foreach (var sample in samples) _ring[_written++ % _ring.Length] = sample;
            var over = _written - _read - _ring.Length;
            if (over > 0)
            {
                _read += over;
                _dropped += over;
            }

            return _dropped < _floodSamples;
        }
    }

    /// <summary>Forgets what came before anybody listened.</summary>
    public void Clear()
    {
        lock (_gate) (_read, _dropped) = (_written, 0);
    }

    /// <summary>Lets the ear have what is due; once every 20 ms.</summary>
    public void Hear(IAudioEnd ear)
    {
        int count;
        lock (_gate)
        {
            var waiting = _written - _read;
            count = (int)Math.Min(waiting, waiting > BehindFrames * _frameSamples ? _frame.Length : _frameSamples);
            for (var i = 0; i < count; i++) _frame[i] = _ring[_read++ % _ring.Length];
        }

        if (count > 0) _gap = 0;
        else if (++_gap <= GapFrames) return;
        else _frame.AsSpan(0, count = _frameSamples).Clear();
        ear.Hear(_frame.AsSpan(0, count));
    }
}
