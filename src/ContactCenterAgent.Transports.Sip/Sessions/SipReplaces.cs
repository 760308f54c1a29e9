using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>A Replaces header (RFC 3891 section 6.1): the dialog of the receiver's that the new call takes the place of.</summary>
/// <param name="Dialog">As the receiver sees it: its own tag is the <c>to-tag</c>.</param>
/// <param name="EarlyOnly">Not once that call has been answered.</param>
internal readonly record struct SipReplaces(DialogId Dialog, bool EarlyOnly)
{
    /// <summary>Reads one; null = broken.</summary>
    internal static SipReplaces? Parse(string value)
    {
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        if (semicolon <= 0 || !SipParameters.TryParse(value.AsSpan(semicolon), out var parameters)) return null;
        var callId = SipText.Trim(value.AsSpan(0, semicolon));
        if (callId.IsEmpty || callId.ContainsAny(" \t,") || parameters["to-tag"] is not { } local || parameters["from-tag"] is not { } remote) return null;
        // A phone of RFC 2543 has no tag; it is written as 0.
        return new(new(callId.ToString(), local, remote == "0" ? "" : remote), parameters.Has("early-only"));
    }
}
