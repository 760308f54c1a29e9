using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Rtp;

/// <summary>From samples and keys to one leg's RTP packets: one packet a frame of 20 ms, silence included, so that the path stays open.</summary>
/// <remarks>No allocation after it is made. Used from the media clock only, but for <see cref="Press"/>.</remarks>
public sealed class RtpAudioSender
{
    /// <summary>Samples a frame at 8000 a second; what the clock goes on by in a frame, whatever the codec (RFC 3551 section 4.5.2).</summary>
    public const int FrameSamples = G711.SampleRate / 50;

    /// <summary>Room that a packet needs, in bytes.</summary>
    public const int PacketBytes = RtpHeader.Bytes + FrameSamples;

    private readonly Lock _gate = new();
    private readonly TelephoneEventSender _keys = new(FrameSamples);
    private readonly short[] _frame = [];
    private readonly short[] _narrow = [];
    private readonly G722Encoder? _wide;
    private readonly Resampler? _downward;
    private bool _spoke;

    /// <summary>Makes one.</summary>
    /// <param name="stream">Numbers the packets.</param>
    /// <param name="law">How sound is encoded.</param>
    /// <param name="payloads">What payload types mean.</param>
    /// <param name="sampleRate">Samples a second that are written: 8000, or 16000, where G.722 is possible and G.711 is brought down to 8000.</param>
    public RtpAudioSender(RtpSender stream, G711Law law, RtpPayloads payloads, int sampleRate = G711.SampleRate)
    {
        (Stream, Law, Payloads) = (stream, law, payloads);
        if (sampleRate != G722Encoder.SampleRate) return;
        (_wide, _downward, _frame) = (new(), new(sampleRate, G711.SampleRate), new short[sampleRate / 50]);
        _narrow = new short[_downward.OutputMax(_frame.Length)];
    }

    /// <summary>The stream's numbers.</summary>
    public RtpSender Stream { get; }

    /// <summary>How sound is encoded. Changes when the leg is negotiated anew.</summary>
    public G711Law Law { get; set; }

    /// <summary>G.722 instead of the law. Changes when the leg is negotiated anew; only for 16000 samples a second.</summary>
    public bool IsWide { get; set; }

    /// <summary>What payload types mean. Changes when the leg is negotiated anew.</summary>
    public RtpPayloads Payloads { get; set; }

    /// <summary>Queues a key, pressed for 100 ms.</summary>
    /// <returns>False: it is none, too many wait, or the far end takes no events.</returns>
    public bool Press(char key)
    {
        lock (_gate) return Payloads.Events is not null && _keys.Press(key, G711.SampleRate / 10);
    }

    /// <summary>Writes the packet of a frame.</summary>
    /// <param name="frame">The frame's number since the stream began: media time goes on by it.</param>
    /// <param name="samples">At most 20 ms; what is missing is silence.</param>
    /// <param name="packet">At least <see cref="PacketBytes"/>.</param>
    /// <returns>Bytes of the packet; 0 = nothing is sent in this frame, a pause between keys.</returns>
    public int Write(long frame, ReadOnlySpan<short> samples, Span<byte> packet)
    {
        var mediaTime = frame * FrameSamples;
        lock (_gate)
        {
            if (_keys.IsBusy) return WriteKey(mediaTime, packet);
        }

        if ((IsWide ? Payloads.G722 : Payloads.TypeOf(Law)) is not { } type) return 0;
        Encode(samples, packet[RtpHeader.Bytes..PacketBytes]);
        Stream.WriteHeader(packet[..PacketBytes], type, marker: !_spoke, mediaTime);
        _spoke = true;
        return PacketBytes;
    }

    private void Encode(ReadOnlySpan<short> samples, Span<byte> payload)
    {
        if (_wide is not null)
        {
            samples.CopyTo(_frame);
            _frame.AsSpan(samples.Length).Clear();
            if (IsWide)
            {
                _wide.Encode(_frame, payload);
                return;
            }

            samples = _narrow.AsSpan(0, _downward!.Resample(_frame, _narrow));
        }

        G711.Encode(Law, samples, payload);
        payload[samples.Length..].Fill(G711.Silence(Law));
    }

    private int WriteKey(long mediaTime, Span<byte> packet)
    {
        _spoke = false;
        if (!_keys.TryNext(mediaTime, out var key) || Payloads.Events is not { } type) return 0;
        var length = RtpHeader.Bytes + TelephoneEvent.Bytes;
        key.Event.Write(packet[RtpHeader.Bytes..]);
        Stream.WriteHeader(packet[..length], type, key.Marker, key.MediaTime);
        return length;
    }
}
