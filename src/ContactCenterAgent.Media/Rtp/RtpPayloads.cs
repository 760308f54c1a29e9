using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Rtp;

/// <summary>What the payload types of a leg mean, as negotiated; null = not offered.</summary>
public readonly record struct RtpPayloads
{
    /// <summary>PCMU; 0 where nobody said otherwise.</summary>
    public byte? Mu { get; init; }

    /// <summary>PCMA; 8 where nobody said otherwise.</summary>
    public byte? A { get; init; }

    /// <summary>G.722; 9 where nobody said otherwise.</summary>
    public byte? G722 { get; init; }

    /// <summary>telephone-event at 8000 Hz (RFC 4733).</summary>
    public byte? Events { get; init; }

    /// <summary>Comfort noise; 13 where nobody said otherwise (RFC 3389).</summary>
    public byte? Noise { get; init; }

    /// <summary>The law of a payload type; null = it is no sound.</summary>
    public G711Law? LawOf(byte type) => type == Mu ? G711Law.Mu : type == A ? G711Law.A : null;

    /// <summary>The payload type of a law; null = not negotiated.</summary>
    public byte? TypeOf(G711Law law) => law == G711Law.Mu ? Mu : A;
}
