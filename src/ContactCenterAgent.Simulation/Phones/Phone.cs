using System.Net;

namespace ContactCenterAgent.Simulation.Phones;

/// <summary>Where a phone's call stands.</summary>
internal enum PhoneState
{
    /// <summary>Not begun.</summary>
    Idle,

    /// <summary>INVITE sent.</summary>
    Calling,

    /// <summary>Answered.</summary>
    Up,

    /// <summary>BYE sent.</summary>
    Leaving,

    /// <summary>Over.</summary>
    Over,
}

/// <summary>One caller. Signalling belongs to the exchange's thread, sound to the sound's; what both and the report read changes once.</summary>
internal sealed class Phone(int number, string run)
{
    /// <summary>From 0.</summary>
    public int Number => number;

    public string CallId { get; } = $"{number}-{run}";

    public PhoneState State { get; set; }

    /// <summary>The final answer's status; 0 = none came.</summary>
    public int Status { get; set; }

    /// <summary>A 200 came in time.</summary>
    public bool IsAnswered => Status is >= 200 and < 300;

    /// <summary>From INVITE to 200.</summary>
    public TimeSpan SetUp { get; set; }

    /// <summary>The line hung up.</summary>
    public bool Dropped { get; set; }

    /// <summary>To, with the line's tag once it is known.</summary>
    public string? To { get; set; }

    /// <summary>Where requests in the dialog go.</summary>
    public string? Contact { get; set; }

    public TimeSpan Asked { get; set; }

    /// <summary>What is sent again until it is answered.</summary>
    public byte[] Pending { get; set; } = [];

    public TimeSpan Wait { get; set; }

    public TimeSpan RepeatAt { get; set; } = TimeSpan.MaxValue;

    public TimeSpan GiveUpAt { get; set; } = TimeSpan.MaxValue;

    public PhoneLeg Leg { get; } = new(number);
}

/// <summary>One caller's sound.</summary>
internal sealed class PhoneLeg(int number)
{
    public int Number => number;

    /// <summary>What comes.</summary>
    public FrameClock Heard { get; } = new();

    /// <summary>Where ours goes; set before the leg is given to the sound.</summary>
    public IPEndPoint? To { get; set; }

    public volatile bool Over;

    public long First { get; set; } = -1;

    public ushort Sequence { get; set; } = (ushort)(number * 257);

    public long Sent { get; set; }

    /// <summary>Packets of ours that the line has missed, by its last report (RFC 3550 section 6.4.1).</summary>
    public int FarLost { get; set; }

    /// <summary>The largest jitter that it has reported, in samples.</summary>
    public uint FarJitter { get; set; }

    /// <summary>Its reports.</summary>
    public int Reports { get; set; }
}
