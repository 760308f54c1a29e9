namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>What every message must have (RFC 3261 section 8.1.1), and once only.</summary>
internal static class SipChecks
{
    private static readonly string[] Single = ["From", "To", "Call-ID", "CSeq", "Max-Forwards", "Content-Length", "Content-Type", "Expires", "Date"];

    internal static void Check(SipMessage message, ref SipFault? fault)
    {
        foreach (var name in Single)
            if (message.Headers.Count(h => h.Name == name) > 1) fault ??= new(400, $"More Than One {name}");

        if (NameAddress.Parse(message["From"]) is { } from) message.From = from;
        else fault ??= new(400, "Bad Or Missing From");
        if (NameAddress.Parse(message["To"]) is { } to) message.To = to;
        else fault ??= new(400, "Bad Or Missing To");
        message.CallId = message["Call-ID"] ?? "";
        if (!SipText.IsCallId(message.CallId)) fault ??= new(400, "Bad Or Missing Call-ID");
        CheckSequence(message, ref fault);
        if (message["Max-Forwards"] is { } hops && !SipText.TryNumber(hops, 255, out _)) fault ??= new(400, "Bad Max-Forwards");
        if (message.Headers.Exists(h => h.Name == "Contact" && !IsContact(h.Value))) fault ??= new(400, "Bad Contact");
        if (message.Headers.Exists(h => h.Name is "Route" or "Record-Route" && !IsAddresses(h.Value))) fault ??= new(400, "Bad Route");
    }

    private static void CheckSequence(SipMessage message, ref SipFault? fault)
    {
        var text = message["CSeq"].AsSpan();
        var blank = text.IndexOfAny(' ', '\t');
        if (blank <= 0 || !SipText.TryNumber(text[..blank], int.MaxValue, out var number) || !SipText.IsToken(SipText.Trim(text[blank..])))
        {
            fault ??= new(400, "Bad Or Missing CSeq");
            return;
        }

        message.CSeq = new((uint)number, SipText.Trim(text[blank..]).ToString());
        if (message is SipRequest request && request.Method != message.CSeq.Method) fault ??= new(400, "CSeq Names Another Method");
    }

    private static bool IsContact(string value) => value == "*" || IsAddresses(value);

    private static bool IsAddresses(string value) => SipText.List(value) is { } all && all.TrueForAll(one => NameAddress.Parse(one) is not null);
}
