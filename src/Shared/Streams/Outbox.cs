using System.Threading.Channels;

namespace ContactCenterAgent.Transports.Streams;

/// <summary>Messages on their way to a peer, in slots that are made once. Whoever writes holds the leg's lock; one task sends.</summary>
internal sealed class Outbox
{
    /// <summary>Sound that waits at most, in messages: what is sent early is heard late.</summary>
    private const int SoundMax = 10;

    private const int Slots = 32;

    private readonly Lock _gate = new();
    private readonly Channel<byte> _filled = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly byte[][] _slots;
    private readonly int[] _lengths = new int[Slots];
    private int _first;
    private int _count;
    private bool _sending;
    private bool _closed;

    /// <param name="messageBytes">The longest message.</param>
    public Outbox(int messageBytes) => _slots = [.. Enumerable.Range(0, Slots).Select(_ => new byte[messageBytes])];

    /// <summary>Messages sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Something waits to be sent.</summary>
    public bool IsWaiting
    {
        get
        {
            lock (_gate) return _count > 0;
        }
    }

    /// <summary>Whether sound may be added.</summary>
    public bool HasRoomForSound
    {
        get
        {
            lock (_gate) return !_closed && _count < SoundMax;
        }
    }

    /// <summary>Closed, and all is sent.</summary>
    public bool IsDone
    {
        get
        {
            lock (_gate) return _closed && _count == 0;
        }
    }

    /// <summary>The slot of the next message; empty = no room, or closed.</summary>
    public Span<byte> Next()
    {
        lock (_gate) return _closed || _count == Slots ? default : _slots[(_first + _count) % Slots];
    }

    /// <summary>What was written into <see cref="Next"/> is to be sent; nothing, if it is empty.</summary>
    public void Add(int length)
    {
        if (length == 0) return;
        lock (_gate) _lengths[(_first + _count++) % Slots] = length;
        _filled.Writer.TryWrite(0);
    }

    /// <summary>Drops what waits, but for what is being sent.</summary>
    public void Drop()
    {
        lock (_gate) _count = _sending ? 1 : 0;
    }

    /// <summary>Nothing more comes.</summary>
    public void Close()
    {
        lock (_gate) _closed = true;
        _filled.Writer.TryWrite(0);
    }

    /// <summary>Waits until there may be something to do.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await _filled.Reader.ReadAsync(cancellationToken);

    /// <summary>Gives the first message; it stays where it is until <see cref="Taken"/>.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            _sending = _count > 0;
            message = _sending ? _slots[_first].AsMemory(0, _lengths[_first]) : default;
            return _sending;
        }
    }

    /// <summary>The message has been sent.</summary>
    public void Taken()
    {
        lock (_gate) (_first, _count, _sending, Sent) = ((_first + 1) % Slots, _count - 1, false, Sent + 1);
    }
}
