using System.Net;

namespace ContactCenterAgent.Transports.Sip.Transactions;

/// <summary>How signalling travels.</summary>
internal enum SipTransport
{
    /// <summary>Datagrams; lost ones are sent again by timers.</summary>
    Udp,

    /// <summary>A stream.</summary>
    Tcp,

    /// <summary>A stream in TLS.</summary>
    Tls,
}

/// <summary>Where a message came from, or goes to.</summary>
/// <param name="Transport">How.</param>
/// <param name="Address">Address and port; the port alone counts where there is a <paramref name="Name"/>.</param>
/// <param name="Connection">The stream's number; 0 = datagrams, or a stream that is to be opened.</param>
/// <param name="Name">A host that must be looked up; null = the address is known.</param>
internal sealed record SipPeer(SipTransport Transport, IPEndPoint Address, int Connection = 0, string? Name = null)
{
    /// <summary>Datagrams get lost; streams do not (RFC 3261 section 17: "unreliable transport").</summary>
    internal bool IsReliable => Transport != SipTransport.Udp;

    internal static string NameOf(SipTransport transport) => transport switch { SipTransport.Udp => "UDP", SipTransport.Tcp => "TCP", _ => "TLS" };

    /// <summary>Where a URI points to (RFC 3263 without look-ups of services: transport and port are as given, or the defaults).</summary>
    internal static SipPeer To(Wire.SipUri uri)
    {
        var transport = uri.Secure ? SipTransport.Tls : uri.Parameters["transport"]?.ToLowerInvariant() switch { "tcp" => SipTransport.Tcp, "tls" => SipTransport.Tls, _ => SipTransport.Udp };
        var host = uri.Parameters["maddr"] ?? uri.Host;
        var port = uri.Port != 0 ? uri.Port : transport == SipTransport.Tls ? 5061 : 5060;
        return IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) ? new(transport, new(address, port)) : new(transport, new(IPAddress.None, port), 0, host);
    }
}
