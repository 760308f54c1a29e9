using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ContactCenterAgent.Simulation.Phones;

/// <summary>
/// Many datagrams in one system call (Linux: sendmmsg(2), recvmmsg(2)), each with the moment at which the kernel took it (SO_TIMESTAMPNS, socket(7)): what this process is late in reading is not late.
/// </summary>
/// <remarks>Allocates only when it is made. Not thread-safe. The layouts are those of 64-bit Linux, little-endian.</remarks>
internal sealed unsafe partial class DatagramBatch : IDisposable
{
    private const int BytesMax = 512;
    private const int ControlBytes = 64;
    private const int DontWait = 0x40;
    private const int SocketLevel = 1;
    private const int TimestampNs = 35;

    private readonly int _capacity;
    private readonly Message* _messages;
    private readonly Piece* _pieces;
    private readonly byte* _bytes;
    private readonly byte* _names;
    private readonly byte* _controls;
    private int _count;

    public DatagramBatch(int capacity)
    {
        _capacity = capacity;
        _messages = (Message*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(Message));
        _pieces = (Piece*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(Piece));
        _bytes = (byte*)NativeMemory.AllocZeroed((nuint)capacity, BytesMax);
        _names = (byte*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(Name));
        _controls = (byte*)NativeMemory.AllocZeroed((nuint)capacity, ControlBytes);
        for (var i = 0; i < capacity; i++)
        {
            _pieces[i].Base = _bytes + (i * BytesMax);
            _messages[i].Pieces = _pieces + i;
            _messages[i].PieceCount = 1;
            _messages[i].Name = (Name*)_names + i;
            _messages[i].NameLength = (uint)sizeof(Name);
        }
    }

    public static bool IsPossible => OperatingSystem.IsLinux() && Environment.Is64BitProcess && BitConverter.IsLittleEndian;

    public bool IsFull => _count == _capacity;

    /// <summary>Has the kernel stamp what comes.</summary>
    public static void Stamp(Socket socket)
    {
        Span<byte> on = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(on, 1);
        socket.SetRawSocketOption(SocketLevel, TimestampNs, on);
    }

    /// <summary>Room for one more datagram to send.</summary>
    public Span<byte> Add(IPEndPoint to, int length)
    {
        var name = (Name*)_names + _count;
        name->Family = 2;
        name->Port = BinaryPrimitives.ReverseEndianness((ushort)to.Port);
#pragma warning disable CS0618 // The number is what sockaddr_in holds, and getting it allocates nothing.
        name->Address = (uint)to.Address.Address;
#pragma warning restore CS0618
        _pieces[_count].Length = (nuint)length;
        return new(_bytes + (_count++ * BytesMax), length);
    }

    /// <summary>Sends what was added. What the kernel has no room for is lost, as on any network.</summary>
    /// <returns>Datagrams that went out.</returns>
    public int Send(Socket socket)
    {
        var (count, sent) = (_count, 0);
        _count = 0;
        while (sent < count)
        {
            var now = SendMany((int)socket.Handle, _messages + sent, (uint)(count - sent), DontWait);
            if (now <= 0) break;
            sent += now;
        }

        return sent;
    }

    /// <summary>Takes what has come, up to the capacity.</summary>
    public int Receive(Socket socket)
    {
        for (var i = 0; i < _capacity; i++)
        {
            _pieces[i].Length = BytesMax;
            _messages[i].NameLength = (uint)sizeof(Name);
            _messages[i].Control = _controls + (i * ControlBytes);
            _messages[i].ControlLength = ControlBytes;
        }

        return Math.Max(0, ReceiveMany((int)socket.Handle, _messages, (uint)_capacity, DontWait, 0));
    }

    public ReadOnlySpan<byte> Bytes(int i) => new(_bytes + (i * BytesMax), (int)_messages[i].Length);

    /// <summary>The sender's port.</summary>
    public int Port(int i) => BinaryPrimitives.ReverseEndianness(((Name*)_names)[i].Port);

    /// <summary>When the kernel took it: nanoseconds of the wall clock; 0 = it did not say.</summary>
    public long Arrived(int i)
    {
        var control = (Stamped*)_messages[i].Control;
        if (_messages[i].ControlLength < (nuint)sizeof(Stamped) || control->Level != SocketLevel || control->Type != TimestampNs) return 0;
        return (control->Seconds * 1_000_000_000) + control->Nanoseconds;
    }

    public void Dispose()
    {
        NativeMemory.Free(_messages);
        NativeMemory.Free(_pieces);
        NativeMemory.Free(_bytes);
        NativeMemory.Free(_names);
        NativeMemory.Free(_controls);
    }

    [LibraryImport("libc", EntryPoint = "sendmmsg")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendMany(int socket, Message* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "recvmmsg")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReceiveMany(int socket, Message* messages, uint count, int flags, nint timeout);

#pragma warning disable CS0649 // The kernel fills them.
    /// <summary>struct sockaddr_in, ip(7).</summary>
    private struct Name
    {
        public ushort Family;
        public ushort Port;
        public uint Address;
        public ulong Unused;
    }

    /// <summary>struct iovec.</summary>
    private struct Piece
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary>struct mmsghdr: a struct msghdr, which ends on a multiple of eight bytes, and the length that came or went.</summary>
    private struct Message
    {
        public Name* Name;
        public uint NameLength;
        public Piece* Pieces;
        public nuint PieceCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
        public uint Unused;
        public uint Length;
    }

    /// <summary>struct cmsghdr with a struct timespec in it.</summary>
    private struct Stamped
    {
        public nuint Bytes;
        public int Level;
        public int Type;
        public long Seconds;
        public long Nanoseconds;
    }
#pragma warning restore CS0649
}
