using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ContactCenterAgent.Shared.Threads;

namespace ContactCenterAgent.Simulation.Phones;

/// <summary>
/// RTP of all phones on one thread: twenty sockets, one for each millisecond of a frame, each with its share of the phones; every millisecond one of them sends its phones' frames in one system call
/// and takes what has come in another.
/// </summary>
/// <remarks>No allocation per packet.</remarks>
internal sealed class PhoneSound : IDisposable
{
    private const int Slots = 20;
    private const int PayloadBytes = 160;
    private const int HeaderBytes = 12;
    private const byte Pcmu = 0;
    private const byte Events = 101;

    /// <summary>A key every 15 s keeps the agent talking, and from taking the caller for gone. The first comes in the middle of the greeting, or soon after it.</summary>
    private const int KeyEvery = 750;
    private const int KeyFrames = 8;
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan BehindMax = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time;
    private readonly Socket[] _sockets = new Socket[Slots];
    private readonly Socket _reports;
    private readonly List<PhoneLeg>[] _legs = [.. Enumerable.Range(0, Slots).Select(_ => new List<PhoneLeg>())];
    private readonly PhoneLeg?[] _byPort = new PhoneLeg?[65_536];
    private readonly ConcurrentQueue<PhoneLeg> _arriving = new();
    private readonly DatagramBatch _out = new(64);
    private readonly DatagramBatch _in = new(64);
    private readonly byte[] _voice = Voice();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private volatile bool _stopping;
    private int _count;

    public PhoneSound(IPAddress address, TimeProvider time)
    {
        _time = time;
        for (var i = 0; i < Slots; i++) _sockets[i] = Open(address, stamped: true);
        _reports = Open(address, stamped: false);
        _thread = new(Run) { IsBackground = true, Name = "phones' sound", Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    /// <summary>Frames sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Of those, more than 20 ms after their moment, or left out because this machine stood still: then nothing here is worth a figure.</summary>
    public long SentLate { get; private set; }

    /// <summary>Frames to be counted once they are asked for; 0 = none yet.</summary>
    public volatile int CountFrames;

    public int PortOf(PhoneLeg leg) => ((IPEndPoint)_sockets[leg.Number % Slots].LocalEndPoint!).Port;

    public int ReportPort => ((IPEndPoint)_reports.LocalEndPoint!).Port;

    public void Add(PhoneLeg leg) => _arriving.Enqueue(leg);

    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        _thread.Join();
        foreach (var socket in _sockets) socket.Dispose();
        _reports.Dispose();
        _out.Dispose();
        _in.Dispose();
        _wake.Dispose();
    }

    private static Socket Open(IPAddress address, bool stamped)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 22 };
        socket.Bind(new IPEndPoint(address, 0));
        if (stamped) DatagramBatch.Stamp(socket);
        return socket;
    }

    /// <summary>A second of a tone that swells and fades, in mu-law (ITU-T G.711): something to hear, not silence.</summary>
    private static byte[] Voice()
    {
        var voice = new byte[8_000];
        for (var i = 0; i < voice.Length; i++)
        {
            var sample = 6_000 * Math.Sin(2 * Math.PI * 220 * i / 8_000) * Math.Abs(Math.Sin(2 * Math.PI * 2 * i / 8_000));
            var magnitude = (int)Math.Abs(sample) + 132;
            var segment = 31 - System.Numerics.BitOperations.LeadingZeroCount((uint)magnitude) - 7;
            voice[i] = (byte)~((sample < 0 ? 0x80 : 0) | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0F));
        }

        return voice;
    }

    private void Run()
    {
        ThreadUrgency.Raise();
        var origin = _time.GetTimestamp();
        for (long tick = 0; !_stopping;)
        {
            var behind = _time.GetElapsedTime(origin) - (tick * Slot);
            if (behind < TimeSpan.Zero)
            {
                _wake.WaitOne((int)Math.Ceiling(-behind.TotalMilliseconds));
                continue;
            }

            Take();
            var slot = (int)(tick % Slots);
            // After a long stop the frames of the past are sent by nobody.
            if (behind > BehindMax) SentLate += _legs[slot].Count;
            else Send(slot, tick / Slots, late: behind > Slots * Slot);
            Hear(_sockets[slot]);
            if (slot == 0) HearReports();
            tick++;
        }
    }

    private void Take()
    {
        var wanted = CountFrames;
        if (wanted != _count)
        {
            _count = wanted;
            foreach (var legs in _legs)
                foreach (var leg in legs) leg.Heard.Count(wanted);
        }

        while (_arriving.TryDequeue(out var leg))
        {
            _legs[leg.Number % Slots].Add(leg);
            _byPort[leg.To!.Port] = _byPort[leg.To.Port + 1] = leg;
        }
    }

    private void Send(int slot, long frame, bool late)
    {
        var legs = _legs[slot];
        for (var i = legs.Count - 1; i >= 0; i--)
        {
            var leg = legs[i];
            if (leg.Over)
            {
                leg.Heard.End();
                legs.RemoveAt(i);
                continue;
            }

            if (_out.IsFull) _out.Send(_sockets[slot]);
            Write(leg, frame);
            Sent++;
            if (late) SentLate++;
        }

        _out.Send(_sockets[slot]);
    }

    private void Write(PhoneLeg leg, long frame)
    {
        if (leg.First < 0) leg.First = frame;
        var at = frame - leg.First;
        // Phones press their keys at different moments.
        var key = (int)((at + KeyEvery - 250 - (leg.Number * 37 % 500)) % KeyEvery);
        var pressed = key < KeyFrames && at >= 250;
        var packet = _out.Add(leg.To!, HeaderBytes + (pressed ? 4 : PayloadBytes));
        packet[0] = 0x80;
        packet[1] = (byte)((pressed ? Events : Pcmu) | (at == 0 || (pressed && key == 0) ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], leg.Sequence++);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], (uint)((pressed ? at - key : at) * PayloadBytes));
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], (uint)leg.Number + 0x1000_0000);
        if (pressed) WriteKey(packet[HeaderBytes..], key);
        else _voice.AsSpan((int)(at % (_voice.Length / PayloadBytes)) * PayloadBytes, PayloadBytes).CopyTo(packet[HeaderBytes..]);
        leg.Sent++;
    }

    /// <summary>Key 1 for 100 ms, its end three times (RFC 4733 section 2.5).</summary>
    private static void WriteKey(Span<byte> payload, int frame)
    {
        payload[0] = 1;
        payload[1] = (byte)(10 | (frame >= 5 ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], (ushort)(Math.Min(frame + 1, 5) * PayloadBytes));
    }

    private void Hear(Socket socket)
    {
        int count;
        do
        {
            count = _in.Receive(socket);
            for (var i = 0; i < count; i++)
            {
                var packet = _in.Bytes(i);
                if (packet.Length < HeaderBytes || packet[0] >> 6 != 2 || (packet[1] & 0x7F) != Pcmu) continue;
                _byPort[_in.Port(i)]?.Heard.Take(BinaryPrimitives.ReadUInt16BigEndian(packet[2..]), BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), _in.Arrived(i));
            }
        }
        while (count == 64);
    }

    /// <summary>What the line reports of our frames: the first block of a sender's or receiver's report.</summary>
    private void HearReports()
    {
        var count = _in.Receive(_reports);
        for (var i = 0; i < count; i++)
        {
            var packet = _in.Bytes(i);
            var block = packet.Length < 8 || (packet[0] & 0x1F) == 0 ? 0 : packet[1] switch { 200 => 28, 201 => 8, _ => 0 };
            if (block == 0 || packet.Length < block + 24 || _byPort[_in.Port(i)] is not { } leg) continue;
            leg.FarLost = BinaryPrimitives.ReadInt32BigEndian(packet[(block + 4)..]) << 8 >> 8;
            leg.FarJitter = Math.Max(leg.FarJitter, BinaryPrimitives.ReadUInt32BigEndian(packet[(block + 12)..]));
            leg.Reports++;
        }
    }
}
