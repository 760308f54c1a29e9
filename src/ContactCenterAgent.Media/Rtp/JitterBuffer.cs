using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Rtp;

/// <summary>
/// Sound by its timestamps: packets of any length are laid on a ring of samples, in any order, and read at the pace of the line. The delay grows when a packet comes
/// too late and shrinks in pauses. What is missing is concealed, then silent, or noise where the far end asked for it, so that time goes on for whoever listens.
/// </summary>
/// <remarks>Allocates only when it is made. Not thread-safe: whoever writes and whoever reads hold one lock.</remarks>
public sealed class JitterBuffer
{
    /// <summary>Packets in a row that all come too late: the far end's clock has moved.</summary>
    private const int LateRunMax = 25;

    private const double QuietDecibels = -45;

    private readonly short[] _samples;
    private readonly byte[] _filled;
    private readonly Concealer _concealer;
    private readonly ComfortNoise _noise = new();
    private readonly double _quiet = Level.PowerOf(QuietDecibels);
    private readonly int _start;
    private readonly int _max;
    private readonly int _step;
    private readonly int _window;
    private bool _started;
    private long _playAt;
    private long _began;
    private long _end;
    private long? _noiseFrom;
    private int _lateRun;
    private int _shrink;
    private long _windowEnd;
    private int _headMin;
    private int _headMax;
    private int _headCount;

    /// <summary>Makes one for a rate.</summary>
    /// <param name="sampleRate">Samples a second; timestamps count the same.</param>
    /// <param name="options">Delays.</param>
    public JitterBuffer(int sampleRate, JitterOptions options)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)sampleRate / 2);
        _samples = new short[size];
        _filled = new byte[size];
        _concealer = new(sampleRate);
        _start = (int)(options.Start.TotalSeconds * sampleRate);
        _max = (int)(options.Max.TotalSeconds * sampleRate);
        _step = sampleRate / 100;
        _window = sampleRate * 5 / 2;
    }

    /// <summary>Samples that came after their moment and were dropped.</summary>
    public long LateSamples { get; private set; }

    /// <summary>Samples that were asked for before or without their coming, while later ones were there.</summary>
    public long MissingSamples { get; private set; }

    /// <summary>Samples that came twice.</summary>
    public long RepeatedSamples { get; private set; }

    /// <summary>Times that the ring began anew because timestamps had jumped.</summary>
    public int Resyncs { get; private set; }

    /// <summary>Samples between the fastest packet's coming and its playing, in the last two and a half seconds.</summary>
    public int DelaySamples { get; private set; }

    /// <summary>Another stream begins.</summary>
    public void Reset()
    {
        Array.Clear(_filled);
        _concealer.Reset();
        (_started, _noiseFrom, _lateRun, _shrink) = (false, null, 0, 0);
    }

    /// <summary>Lays a packet's samples on the ring.</summary>
    /// <param name="timestamp">Extended, of the first sample.</param>
    /// <param name="samples">16-bit linear; at most half the ring.</param>
    public void Write(long timestamp, ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty || samples.Length > _samples.Length / 2) return;
        if (!_started) Anchor(timestamp);
        var ahead = timestamp - _playAt;
        if (ahead > _max + (_samples.Length / 4))
        {
            Resyncs++;
            Anchor(timestamp);
        }
        else if (ahead < 0 && !MadeRoomFor(timestamp, samples.Length))
        {
            return;
        }

        _lateRun = 0;
        Judge((int)(timestamp - _playAt));
        _noiseFrom = _noiseFrom > timestamp ? _noiseFrom : null;
        Lay(timestamp, samples);
    }

    /// <summary>The far end sends nothing from here on and names the noise to be heard instead (RFC 3389).</summary>
    public void Noise(long timestamp, ReadOnlySpan<byte> payload)
    {
        _noise.Take(payload);
        _noiseFrom = timestamp;
    }

    /// <summary>Takes the next samples; always fills the frame.</summary>
    public void Read(Span<short> frame)
    {
        if (!_started)
        {
            frame.Clear();
            return;
        }

        Shrink();
        var done = 0;
        while (done < frame.Length)
        {
            var at = (int)(_playAt & (_samples.Length - 1));
            var run = _filled.AsSpan(at, Math.Min(frame.Length - done, _samples.Length - at));
            var there = run[0] != 0;
            var count = run.IndexOf((byte)(there ? 0 : 1));
            if (count < 0) count = run.Length;
            var part = frame.Slice(done, count);
            if (there)
            {
                _samples.AsSpan(at, count).CopyTo(part);
                run[..count].Clear();
                _concealer.Heard(part);
            }
            else
            {
                Invent(part);
            }

            _playAt += count;
            done += count;
        }
    }

    private void Invent(Span<short> part)
    {
        if (_noiseFrom <= _playAt)
        {
            _noise.Fill(part);
            return;
        }

        if (_playAt >= _began && _playAt < _end) MissingSamples += part.Length;
        _concealer.Fill(part);
    }

    private void Anchor(long timestamp)
    {
        Array.Clear(_filled);
        _started = true;
        _began = timestamp;
        _playAt = timestamp - _start;
        _end = timestamp;
        _shrink = 0;
        BeginWindow();
    }

    /// <summary>A packet has come too late. The delay grows for those that follow it, up to its limit.</summary>
    /// <returns>False: it is dropped.</returns>
    private bool MadeRoomFor(long timestamp, int length)
    {
        var late = (int)Math.Min(int.MaxValue, _playAt - timestamp);
        if (++_lateRun > LateRunMax)
        {
            Resyncs++;
            _lateRun = 0;
            Anchor(timestamp);
            return true;
        }

        var grow = (late + _step - 1) / _step * _step;
        if (Math.Max(_headMax, DelaySamples) + grow > _max)
        {
            LateSamples += length;
            return false;
        }

        _playAt -= grow;
        _headMax += grow;
        _headMin += grow;
        _shrink = 0;
        return true;
    }

    /// <summary>Watches how early packets come; when none has needed the delay for a while, it may shrink.</summary>
    private void Judge(int head)
    {
        _headMin = Math.Min(_headMin, head);
        _headMax = Math.Max(_headMax, head);
        _headCount++;
        if (_playAt < _windowEnd) return;
        DelaySamples = _headMax;
        var excess = (_headMin - _step) / _step * _step;
        _shrink = _headCount >= 10 && excess > 0 ? Math.Min(excess, 2 * _step) : 0;
        BeginWindow();
    }

    private void BeginWindow()
    {
        _windowEnd = _playAt + _window;
        (_headMin, _headMax, _headCount) = (int.MaxValue / 2, 0, 0);
    }

    /// <summary>Leaves out a stretch in which nothing is said.</summary>
    private void Shrink()
    {
        if (_shrink == 0) return;
        var at = (int)(_playAt & (_samples.Length - 1));
        if (at + _shrink > _samples.Length) return;
        var filled = _filled.AsSpan(at, _shrink);
        if (filled.Contains((byte)1) && (filled.Contains((byte)0) || Level.Power(_samples.AsSpan(at, _shrink)) > _quiet)) return;
        filled.Clear();
        _playAt += _shrink;
        _shrink = 0;
    }

    private void Lay(long timestamp, ReadOnlySpan<short> samples)
    {
        _end = Math.Max(_end, timestamp + samples.Length);
        while (!samples.IsEmpty)
        {
            var at = (int)(timestamp & (_samples.Length - 1));
            var count = Math.Min(samples.Length, _samples.Length - at);
            var filled = _filled.AsSpan(at, count);
            if (filled[0] != 0) RepeatedSamples += count;
            samples[..count].CopyTo(_samples.AsSpan(at));
            filled.Fill(1);
            samples = samples[count..];
            timestamp += count;
        }
    }
}
