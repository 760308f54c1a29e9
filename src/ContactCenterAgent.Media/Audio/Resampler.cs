using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ContactCenterAgent.Media.Audio;

/// <summary>Changes the rate of a stream of samples: a polyphase low-pass between 8000, 16000, 22050, 24000, 44100 and 48000 a second, or any two rates of a small common ratio.</summary>
/// <remarks>Allocates only when it is made; the filter of two rates is shared. A delay of about twelve samples of the lower rate. Not thread-safe.</remarks>
public sealed class Resampler
{
    private const int Chunk = 512;

    private readonly Filter _filter;
    private readonly float[] _line;
    private int _held;
    private int _phase;

    /// <summary>Makes one.</summary>
    /// <param name="from">Samples a second that come.</param>
    /// <param name="to">Samples a second that go.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not between 4000 and 192000.</exception>
    public Resampler(int from, int to)
    {
        if (from is < 4000 or > 192_000) throw new ArgumentOutOfRangeException(nameof(from));
        if (to is < 4000 or > 192_000) throw new ArgumentOutOfRangeException(nameof(to));
        _filter = Filter.Of(from, to);
        _line = new float[_filter.Taps + Chunk];
        _held = _filter.Taps - 1;
    }

    /// <summary>Room that the samples of an input need at most.</summary>
    public int OutputMax(int inputs) => (int)((((long)inputs * _filter.Up) + _filter.Down - 1) / _filter.Down) + 1;

    /// <summary>Takes samples and gives those that they complete.</summary>
    /// <param name="samples">Any number.</param>
    /// <param name="output">At least <see cref="OutputMax"/> of them.</param>
    /// <returns>Samples given.</returns>
    public int Resample(ReadOnlySpan<short> samples, Span<short> output)
    {
        var given = 0;
        while (!samples.IsEmpty)
        {
            var take = Math.Min(samples.Length, _line.Length - _held);
            for (var i = 0; i < take; i++) _line[_held + i] = samples[i];
            samples = samples[take..];
            given += Drain(_held + take, output[given..]);
        }

        return given;
    }

    /// <summary>Makes every output whose inputs are all there; keeps what later ones need.</summary>
    private int Drain(int there, Span<short> output)
    {
        var (at, given) = (0, 0);
        while (at + _filter.Taps <= there)
        {
            output[given++] = (short)Math.Clamp(MathF.Round(Dot(_line.AsSpan(at, _filter.Taps), _filter.Phases[_phase])), short.MinValue, short.MaxValue);
            _phase += _filter.Down;
            at += _phase / _filter.Up;
            _phase %= _filter.Up;
        }

        _held = there - at;
        _line.AsSpan(at, _held).CopyTo(_line);
        return given;
    }

    private static float Dot(ReadOnlySpan<float> line, ReadOnlySpan<float> taps)
    {
        var sum = Vector<float>.Zero;
        var a = MemoryMarshal.Cast<float, Vector<float>>(line);
        var b = MemoryMarshal.Cast<float, Vector<float>>(taps);
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return Vector.Sum(sum);
    }

    /// <summary>A low-pass at the lower of two rates' limits, cut into one set of taps for each place between two input samples.</summary>
    private sealed class Filter
    {
        private const int LobesEachSide = 12;
        private static readonly ConcurrentDictionary<(int, int), Filter> Made = new();

        private Filter(int from, int to)
        {
            var common = (int)BigInteger.GreatestCommonDivisor(from, to);
            (Up, Down) = (to / common, from / common);
            var narrow = Math.Min(1.0, (double)to / from);
            var half = (int)Math.Ceiling(LobesEachSide / narrow);

            // A whole number of vectors, so that the sum needs no rest.
            Taps = ((2 * half) + 1 + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
            Phases = [.. Enumerable.Range(0, Up).Select(phase => Cut(phase / (double)Up, half, narrow * 0.92))];
        }

        public int Up { get; }

        public int Down { get; }

        public int Taps { get; }

        public float[][] Phases { get; }

        public static Filter Of(int from, int to) => Made.GetOrAdd((from, to), rates => new(rates.Item1, rates.Item2));

        private float[] Cut(double offset, int half, double cutoff)
        {
            var taps = new double[Taps];
            for (var i = 0; i <= 2 * half; i++)
            {
                var x = i - half - offset;
                var window = Math.Abs(x) > half ? 0 : 0.42 + (0.5 * Math.Cos(Math.PI * x / half)) + (0.08 * Math.Cos(2 * Math.PI * x / half));
                taps[i] = cutoff * Sinc(cutoff * x) * window;
            }

            // Each set passes a constant unchanged; else the sets would hum against each other.
            var sum = taps.Sum();
            return [.. taps.Select(t => (float)(t / sum))];
        }

        private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
    }
}
