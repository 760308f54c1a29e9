namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>A header line; a name in <see cref="SipHeaderNames"/>' spelling, a value without surrounding blanks and without folds.</summary>
internal readonly record struct SipHeader(string Name, string Value);

/// <summary>A CSeq (RFC 3261 section 20.16).</summary>
internal readonly record struct CSeq(uint Number, string Method)
{
    public override string ToString() => $"{Number} {Method}";
}

/// <summary>A message. Headers stand in the order in which they are sent.</summary>
internal abstract class SipMessage
{
    /// <summary>All header lines.</summary>
    internal List<SipHeader> Headers { get; } = new(16);

    /// <summary>The body; as long as Content-Length says.</summary>
    internal ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>Hops, the last one first. Never empty in a message that parsed without a fault.</summary>
    internal List<Via> Vias { get; } = new(2);

    internal Via TopVia => Vias[0];

    internal NameAddress From { get; set; } = Nobody;

    internal NameAddress To { get; set; } = Nobody;

    internal string CallId { get; set; } = "";

    internal CSeq CSeq { get; set; }

    /// <summary>A From or To that is missing or broken.</summary>
    internal static readonly NameAddress Nobody = new(null, "sip:invalid", SipParameters.None);

    /// <summary>The first value of a header; null = absent.</summary>
    internal string? this[string name]
    {
        get
        {
            foreach (var header in Headers)
                if (SipText.Same(header.Name, name)) return header.Value;
            return null;
        }
    }

    internal void Add(string name, string value) => Headers.Add(new(name, value));

    /// <summary>The elements of a header that is a comma list and may stand in several lines; broken lines are left out.</summary>
    internal IEnumerable<string> List(string name) =>
        Headers.Where(h => SipText.Same(h.Name, name) && h.Value.Length > 0).SelectMany(h => SipText.List(h.Value) ?? []);

    /// <summary>Whether a list of tokens (Supported, Require) holds one.</summary>
    internal bool Lists(string name, string token) => List(name).Any(t => SipText.Same(t, token));

    /// <summary>A header with a whole number; null = absent or no number.</summary>
    internal uint? Number(string name)
    {
        if (this[name] is not { } value) return null;
        var end = value.AsSpan().IndexOfAny(";( \t");
        return SipText.TryNumber(SipText.Trim(end < 0 ? value : value.AsSpan(0, end)), uint.MaxValue, out var number) ? (uint)number : null;
    }

    /// <summary>The content type without parameters, in lower case; null = none.</summary>
    internal string? ContentType => this["Content-Type"] is { } type ? SipText.Trim(type.AsSpan(0, type.IndexOf(';') is var end and >= 0 ? end : type.Length)).ToString().ToLowerInvariant() : null;

    /// <summary>The first contact in good form; null = none.</summary>
    internal NameAddress? Contact => List("Contact").Select(c => NameAddress.Parse(c)).FirstOrDefault(c => c is not null);
}

/// <summary>A request.</summary>
internal sealed class SipRequest(string method, string uriText) : SipMessage
{
    internal string Method => method;

    /// <summary>The Request-URI as written.</summary>
    internal string UriText => uriText;

    /// <summary>The Request-URI if it is a SIP URI in good form.</summary>
    internal SipUri? Uri { get; } = SipUri.Parse(uriText);

    /// <summary>The method as a name: one of ours, without an allocation where the comparison is.</summary>
    internal bool Is(string other) => method == other;
}

/// <summary>A response.</summary>
internal sealed class SipResponse(int status, string reason) : SipMessage
{
    internal int Status => status;

    internal string Reason => reason;

    internal bool IsFinal => status >= 200;

    internal bool IsSuccess => status is >= 200 and < 300;
}
