namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>What the stack has met; only counted.</summary>
internal sealed class SipCounters
{
    /// <summary>Bytes that were no message, or one that nobody could be answered for.</summary>
    internal long Unreadable { get; set; }

    /// <summary>Broken messages that were answered.</summary>
    internal long Faulty { get; set; }

    /// <summary>Messages of sources that may not be heard, scanners among them.</summary>
    internal long Unheard { get; set; }

    /// <summary>Responses and ACKs that belong to nothing.</summary>
    internal long Stray { get; set; }

    /// <summary>Calls that were refused for want of room, or while draining.</summary>
    internal long TurnedAway { get; set; }

    /// <summary>Wrong passwords.</summary>
    internal long WrongPasswords { get; set; }
}
