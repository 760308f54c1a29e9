using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ContactCenterAgent.Speech.Hearing;

/// <summary>
/// The caller's samples on their way from the media clock to a recogniser. Bounded: a recogniser that is too slow loses the oldest, which it gets as silence, so that its times stay true.
/// </summary>
/// <remarks>Writing allocates nothing. One writer, one reader.</remarks>
internal sealed class SamplePipe(int sampleRate, TimeSpan length)
{
    private readonly Lock _gate = new();
    private readonly Channel<byte> _more = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly short[] _ring = new short[(int)(length.TotalSeconds * sampleRate)];
    private readonly int _pieceMax = sampleRate / 10;
    private long _read;
    private long _written;
    private bool _ended;

    /// <summary>Samples that came too fast for the reader.</summary>
    public long Dropped { get; private set; }

    /// <summary>The end has come and everything has been read.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate) return _ended && _read == _written;
        }
    }

    /// <summary>Takes samples.</summary>
    public void Write(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            foreach (var sample in samples) _ring[(int)(_written++ % _ring.Length)] = sample;
        }

        _more.Writer.TryWrite(0);
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        lock (_gate) _ended = true;
        _more.Writer.TryWrite(0);
    }

    /// <summary>Gives what has come, in pieces of at most 100 ms, until the end.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<short>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var (piece, over) = Take();
            if (piece.Length > 0) yield return piece;
            else if (over) yield break;
            else await _more.Reader.ReadAsync(cancellationToken);
        }
    }

    private (short[] Piece, bool Over) Take()
    {
        lock (_gate)
        {
            if (_written - _read > _ring.Length)
            {
                // What the ring has lost is given as silence of the same length, a piece at a time.
                var lost = new short[(int)Math.Min(_pieceMax, _written - _read - _ring.Length)];
                Dropped += lost.Length;
                _read += lost.Length;
                return (lost, false);
            }

            var piece = new short[(int)Math.Min(_pieceMax, _written - _read)];
            for (var i = 0; i < piece.Length; i++) piece[i] = _ring[(int)(_read++ % _ring.Length)];
            return (piece, _ended);
        }
    }
}
