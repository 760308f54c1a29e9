using System.Net;
using System.Net.Sockets;

namespace ContactCenterAgent.Transports.Sip.Media;

/// <summary>Two sockets of a call: sound on an even port, reports on the next one.</summary>
internal sealed record RtpSockets(Socket Sound, Socket Reports, int Port);

/// <summary>Ports for sound. A port that was given back rests a while, so that late packets of one call do not reach another.</summary>
internal sealed class RtpPorts(IPAddress listen, int first, int last, TimeProvider time)
{
    private const int TriesMax = 64;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Queue<(int Port, long Since)> _resting = new();
    private readonly Queue<int> _free = new(Enumerable.Range(0, (last - (first + first % 2) + 1) / 2).Select(i => first + first % 2 + 2 * i));

    /// <summary>Ports that calls have.</summary>
    internal int Taken { get; private set; }

    /// <summary>Opens two sockets; null = no port is free.</summary>
    internal RtpSockets? Take()
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            int port;
            lock (_gate)
            {
                while (_resting.TryPeek(out var rested) && time.GetElapsedTime(rested.Since) >= Rest) _free.Enqueue(_resting.Dequeue().Port);
                if (!_free.TryDequeue(out port)) return null;
                Taken++;
            }

            if (Open(port) is { } sockets) return sockets;
            // Somebody else's program has it.
            GiveBack(port);
        }

        return null;
    }

    /// <summary>Closes a call's sockets.</summary>
    internal void GiveBack(RtpSockets sockets)
    {
        sockets.Sound.Dispose();
        sockets.Reports.Dispose();
        GiveBack(sockets.Port);
    }

    private void GiveBack(int port)
    {
        lock (_gate)
        {
            Taken--;
            _resting.Enqueue((port, time.GetTimestamp()));
        }
    }

    private RtpSockets? Open(int port)
    {
        var sound = new Socket(listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        var reports = new Socket(listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            sound.Blocking = reports.Blocking = false;
            sound.Bind(new IPEndPoint(listen, port));
            reports.Bind(new IPEndPoint(listen, port + 1));
            return new(sound, reports, port);
        }
        catch (SocketException)
        {
            sound.Dispose();
            reports.Dispose();
            return null;
        }
    }
}
