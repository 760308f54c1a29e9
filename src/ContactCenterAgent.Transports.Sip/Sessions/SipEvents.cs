using ContactCenterAgent.Transports.Sip.Sdp;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>Why a session is over.</summary>
internal enum SipEnd
{
    /// <summary>The peer said BYE.</summary>
    PeerHungUp,

    /// <summary>The caller gave up before we answered.</summary>
    Cancelled,

    /// <summary>We said BYE, or refused.</summary>
    WeHungUp,

    /// <summary>The peer refused our call.</summary>
    Refused,

    /// <summary>No ACK, no refresh, no answer in the dialog, no sound: the way to the peer is gone.</summary>
    Lost,
}

/// <summary>What became of a transfer, with SIP's own word for it.</summary>
/// <param name="Outcome">In the agent's terms.</param>
/// <param name="Status">Status of the last response that was heard of; 0 = none.</param>
internal sealed record SipTransferResult(SipTransferOutcome Outcome, int Status);

/// <summary>How a transfer ended.</summary>
internal enum SipTransferOutcome
{
    /// <summary>2xx.</summary>
    Answered,

    /// <summary>486, 600.</summary>
    Busy,

    /// <summary>403, 603, 607.</summary>
    Declined,

    /// <summary>408, 480, 487, or no word in time.</summary>
    NoAnswer,

    /// <summary>Anything else.</summary>
    Failed,
}

/// <summary>What the stack tells.</summary>
internal abstract record SipEvent
{
    /// <summary>Somebody calls; 100 has been sent.</summary>
    internal sealed record Offered(SipSession Session) : SipEvent;

    /// <summary>Somebody calls to take the place of a caller who is here (RFC 3891); 100 has been sent.</summary>
    internal sealed record Replacing(SipSession Session, SipSession Replaced) : SipEvent;

    /// <summary>Both sides know that the call is up: the ACK is here, or our call was answered.</summary>
    internal sealed record Confirmed(SipSession Session) : SipEvent;

    /// <summary>Sound goes another way, or another codec, or is on hold.</summary>
    internal sealed record MediaChanged(SipSession Session, AgreedMedia Media) : SipEvent;

    /// <summary>A key, told by INFO.</summary>
    internal sealed record Digit(SipSession Session, char Key) : SipEvent;

    /// <summary>Whom a caller is to be put through to has answered our call; the caller is still here.</summary>
    internal sealed record TargetAnswered(SipSession Session) : SipEvent;

    /// <summary>A transfer has ended; unless it was answered the caller is still here.</summary>
    internal sealed record Transferred(SipSession Session, SipTransferResult Result) : SipEvent;

    /// <summary>Over; the last event of a session.</summary>
    internal sealed record Ended(SipSession Session, SipEnd End, int Status) : SipEvent;

    /// <summary>A trunk's registration or reachability has changed.</summary>
    internal sealed record TrunkChanged(string Trunk, Trunks.TrunkState State, int Status) : SipEvent;
}
