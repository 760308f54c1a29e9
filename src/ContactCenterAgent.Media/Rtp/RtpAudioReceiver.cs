using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Rtp;

/// <summary>From one leg's RTP packets to samples and keys: follows the stream, decodes, evens out the jitter, conceals, tells each key once.</summary>
/// <remarks>No allocation after it is made. Packets may come on one thread while another reads.</remarks>
public sealed class RtpAudioReceiver
{
    private readonly Lock _gate = new();
    private readonly JitterBuffer _buffer;
    private readonly TelephoneEventReceiver _events = new();
    private readonly short[] _decoded;
    private readonly short[] _resampled = [];
    private readonly int _samplesATick;
    private readonly G722Decoder? _wide;
    private readonly Resampler? _upward;

    /// <summary>Bytes of a payload: 100 ms of any codec.</summary>
    private const int PayloadBytesMax = G711.SampleRate / 10;

    /// <summary>Makes one.</summary>
    /// <param name="payloads">What payload types mean.</param>
    /// <param name="options">Delays.</param>
    /// <param name="sampleRate">Samples a second that are read: 8000, or 16000, where G.722 is heard as it is and G.711 is brought up to it.</param>
    public RtpAudioReceiver(RtpPayloads payloads, JitterOptions options, int sampleRate = G711.SampleRate)
    {
        Payloads = payloads;
        _buffer = new(sampleRate, options);
        _samplesATick = sampleRate / G711.SampleRate;
        _decoded = new short[_samplesATick * PayloadBytesMax];
        if (sampleRate != G722Encoder.SampleRate) return;
        (_wide, _upward) = (new(), new(G711.SampleRate, sampleRate));
        _resampled = new short[_upward.OutputMax(PayloadBytesMax)];
    }

    /// <summary>What payload types mean. Changes when the leg is negotiated anew.</summary>
    public RtpPayloads Payloads { get; set; }

    /// <summary>The stream's numbers and figures.</summary>
    public RtpReceiver Stream { get; } = new(G711.SampleRate);

    /// <summary>Packets of a payload type that was not negotiated, or of an unusable size, or of no stream.</summary>
    public long Refused { get; private set; }

    /// <summary>When the last packet that counted came; null = none yet.</summary>
    public TimeSpan? LastArrival { get; private set; }

    /// <summary>The buffer's figures.</summary>
    public JitterBuffer Buffer => _buffer;

    /// <summary>Takes a packet.</summary>
    /// <param name="packet">As read.</param>
    /// <param name="arrived">Of a monotonic clock.</param>
    /// <param name="key">The key that it says was pressed; null = none.</param>
    /// <returns>False: refused. One that is too late is not refused, it is counted by the buffer.</returns>
    public bool Receive(in RtpPacket packet, TimeSpan arrived, out char? key)
    {
        lock (_gate)
        {
            key = null;
            if (!IsUsable(packet) || Stream.Receive(packet.Header, arrived) is var arrival && arrival == RtpArrival.Dropped)
            {
                Refused++;
                return false;
            }

            if (arrival == RtpArrival.NewStream)
            {
                _buffer.Reset();
                _events.Reset();
                _wide?.Reset();
            }

            LastArrival = arrived;
            Take(packet, ref key);
            return true;
        }
    }

    /// <summary>Takes the next samples, at the pace of the line; always fills the frame.</summary>
    public void Read(Span<short> frame)
    {
        lock (_gate) _buffer.Read(frame);
    }

    private bool IsUsable(in RtpPacket packet)
    {
        var type = packet.Header.PayloadType;
        return Payloads.LawOf(type) is not null || IsWide(type) ? packet.Payload.Length is > 0 and <= PayloadBytesMax
            : type == Payloads.Events || type == Payloads.Noise;
    }

    private bool IsWide(byte type) => _wide is not null && type == Payloads.G722;

    private void Take(in RtpPacket packet, ref char? key)
    {
        // The clock of every codec runs at 8000, that of G.722 by an old mistake (RFC 3551 section 4.5.2).
        var at = Stream.Timestamp * _samplesATick;
        var type = packet.Header.PayloadType;
        if (Payloads.LawOf(type) is { } law)
        {
            G711.Decode(law, packet.Payload, _decoded);
            ReadOnlySpan<short> samples = _decoded.AsSpan(0, packet.Payload.Length);
            _buffer.Write(at, _upward is null ? samples : _resampled.AsSpan(0, _upward.Resample(samples, _resampled)));
        }
        else if (IsWide(type))
        {
            _wide!.Decode(packet.Payload, _decoded);
            _buffer.Write(at, _decoded.AsSpan(0, 2 * packet.Payload.Length));
        }
        else if (type == Payloads.Events)
        {
            key = _events.Receive(Stream.Timestamp, packet.Header.Marker, packet.Payload);
        }
        else
        {
            _buffer.Noise(at, packet.Payload);
        }
    }
}
