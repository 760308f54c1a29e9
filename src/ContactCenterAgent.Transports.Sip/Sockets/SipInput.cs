using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Transactions;

namespace ContactCenterAgent.Transports.Sip.Sockets;

/// <summary>What the loop that owns the stack is given.</summary>
internal abstract record SipInput
{
    /// <summary>A message, or what claims to be one.</summary>
    internal sealed record Heard(SipPeer From, byte[] Bytes) : SipInput;

    /// <summary>A message could not be sent, or a stream is gone.</summary>
    internal sealed record Failed(SipPeer To) : SipInput;

    /// <summary>Something to be done with the stack, on its own thread.</summary>
    internal sealed record Act(Action<SipStack> Do) : SipInput;

    /// <summary>A deadline has come.</summary>
    internal sealed record Tick : SipInput
    {
        internal static readonly Tick Now = new();
    }
}
