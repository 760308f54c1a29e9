using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Rtp;

/// <summary>From samples and keys to one leg's RTP packets: one packet a frame of 20 ms, silence included, so that the path stays open.</summary>
/// <remarks>No allocation after it is made. Used from the media clock only, but for <see cref="Press"/>.</remarks>
public sealed class RtpAudioSender
{
    /// <summary>Samples a frame.</summary>
    public const int FrameSamples = G711.SampleRate / 50;

    /// <summary>Room that a packet needs, in bytes.</summary>
    public const int PacketBytes = RtpHeader.Bytes + FrameSamples;

    private readonly Lock _gate = new();
    private readonly TelephoneEventSender _keys = new(FrameSamples);
    private bool _spoke;

    /// <summary>Makes one.</summary>
    /// <param name="stream">Numbers the packets.</param>
    /// <param name="law">How sound is encoded.</param>
    /// <param name="payloads">What payload types mean.</param>
    public RtpAudioSender(RtpSender stream, G711Law law, RtpPayloads payloads) => (Stream, Law, Payloads) = (stream, law, payloads);

    /// <summary>The stream's numbers.</summary>
    public RtpSender Stream { get; }

    /// <summary>How sound is encoded. Changes when the leg is negotiated anew.</summary>
    public G711Law Law { get; set; }

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
    /// <param name="samples">At most <see cref="FrameSamples"/>; what is missing is silence.</param>
    /// <param name="packet">At least <see cref="PacketBytes"/>.</param>
    /// <returns>Bytes of the packet; 0 = nothing is sent in this frame, a pause between keys.</returns>
    public int Write(long frame, ReadOnlySpan<short> samples, Span<byte> packet)
    {
        var mediaTime = frame * FrameSamples;
        lock (_gate)
        {
            if (_keys.IsBusy) return WriteKey(mediaTime, packet);
        }

        if (Payloads.TypeOf(Law) is not { } type) return 0;
        var payload = packet[RtpHeader.Bytes..PacketBytes];
        G711.Encode(Law, samples, payload);
        payload[samples.Length..].Fill(G711.Silence(Law));
        Stream.WriteHeader(packet[..PacketBytes], type, marker: !_spoke, mediaTime);
        _spoke = true;
        return PacketBytes;
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
