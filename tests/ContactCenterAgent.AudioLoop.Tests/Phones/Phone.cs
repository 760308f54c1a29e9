using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Media.Clock;

namespace ContactCenterAgent.AudioLoop.Tests.Phones;

/// <summary>What a caller said, on the wire.</summary>
/// <param name="FirstSent">When the packet with the first voiced sample was sent.</param>
/// <param name="LastSent">When the packet with the last voiced sample was sent.</param>
internal readonly record struct SaidSound(TimeSpan FirstSent, TimeSpan LastSent);

/// <summary>A phone: a packet of PCMU every 20 ms, silence or what it is told to say; everything that it hears is kept with its time of arrival.</summary>
internal sealed class Phone : IMediaTicked, IAsyncDisposable
{
    private const int FrameSamples = 160;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly MediaClock _pace = new(TimeProvider.System, "phone");
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly byte[] _packet = new byte[12 + FrameSamples];
    private readonly Lock _gate = new();
    private readonly Thread _listening;
    private SipDialog _dialog = null!;
    private IPEndPoint _line = null!;
    private Saying? _saying;
    private ushort _sequence;
    private uint _timestamp;
    private volatile bool _over;

    private Phone()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening = new(Listen) { IsBackground = true, Name = "phone" };
    }

    /// <summary>Time by this phone's clock.</summary>
    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_began);

    /// <summary>A timestamp of the system's clock as time by this phone's.</summary>
    public TimeSpan At(long timestamp) => TimeProvider.System.GetElapsedTime(_began, timestamp);

    public HeardSound Heard { get; } = new();

    /// <summary>The other side has hung up.</summary>
    public Task Ended => _dialog.Ended;

    /// <summary>Calls a line and is answered.</summary>
    public static async Task<Phone> CallAsync(IPEndPoint line, string number = "+441632960123")
    {
        var phone = new Phone();
        phone._listening.Start();
        (phone._dialog, phone._line) = await SipDialog.CallAsync(line, number, ((IPEndPoint)phone._socket.LocalEndPoint!).Port);
        phone._pace.Add(phone);
        return phone;
    }

    /// <summary>Says something; done when its last sample has been sent.</summary>
    /// <param name="samples">16-bit linear, 8000 a second.</param>
    public Task<SaidSound> SayAsync(short[] samples)
    {
        var saying = new Saying(samples);
        lock (_gate) _saying = saying;
        return saying.Done.Task;
    }

    public void Tick(long frame)
    {
        lock (_gate)
        {
            var samples = (stackalloc short[FrameSamples]);
            var saying = _saying;
            saying?.Take(samples);
            Write(samples);
            _socket.SendTo(_packet, _line);
            if (saying?.Sent(samples, Now) == true) _saying = null;
        }
    }

    public void Fail(Exception fault) => _saying?.Done.TrySetException(fault);

    public async ValueTask DisposeAsync()
    {
        await _dialog.DisposeAsync();
        _pace.Remove(this);
        _pace.Dispose();
        _over = true;
        _socket.Dispose();
        _listening.Join();
    }

    private void Write(ReadOnlySpan<short> samples)
    {
        (_packet[0], _packet[1]) = (0x80, 0);
        BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(2), _sequence++);
        BinaryPrimitives.WriteUInt32BigEndian(_packet.AsSpan(4), _timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(_packet.AsSpan(8), 0x1234_5678);
        _timestamp += FrameSamples;
        G711.Encode(G711Law.Mu, samples, _packet.AsSpan(12));
    }

    /// <summary>A thread of its own: a packet's time is when it came, not when a pool had time for it.</summary>
    private void Listen()
    {
        var buffer = new byte[2_048];
        while (!_over)
        {
            try
            {
                var length = _socket.Receive(buffer);
                var at = Now;
                if (length <= 12 || (buffer[1] & 0x7F) != 0) continue;
                var samples = new short[length - 12];
                G711.Decode(G711Law.Mu, buffer.AsSpan(12, length - 12), samples);
                Heard.Add(new(at, BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(4)), samples));
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                if (_over) return;
            }
        }
    }

    /// <summary>Something that is being said.</summary>
    private sealed class Saying(short[] samples)
    {
        private int _at;
        private TimeSpan? _first;
        private TimeSpan _last;

        public TaskCompletionSource<SaidSound> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Take(Span<short> frame)
        {
            var count = Math.Min(frame.Length, samples.Length - _at);
            samples.AsSpan(_at, count).CopyTo(frame);
            frame[count..].Clear();
            _at += count;
        }

        /// <returns>Whether that was all.</returns>
        public bool Sent(ReadOnlySpan<short> frame, TimeSpan at)
        {
            var voiced = false;
            foreach (var sample in frame) voiced |= Math.Abs((int)sample) > HeardPacket.Audible;
            if (voiced) (_first, _last) = (_first ?? at, at);
            if (_at < samples.Length) return false;
            Done.TrySetResult(new(_first ?? at, _last));
            return true;
        }
    }
}
