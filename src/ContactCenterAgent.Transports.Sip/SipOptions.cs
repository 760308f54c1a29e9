using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Transports.Sip.Sdp;

namespace ContactCenterAgent.Transports.Sip;

/// <summary>Ways that signalling may travel.</summary>
public enum SipSrtp
{
    /// <summary>Plain RTP and SRTP as the caller offers; keys are taken over TLS only.</summary>
    Offered,

    /// <summary>Calls without SRTP are refused with 488.</summary>
    Required,

    /// <summary>As offered, and keys are taken over plain signalling too: whoever reads the signalling can listen.</summary>
    WithoutTls,
}

/// <summary>How callers' passwords are hashed on the wire.</summary>
public enum SipDigest
{
    /// <summary>SHA-256 and MD5 are offered, in this order (RFC 8760).</summary>
    Both,

    /// <summary>SHA-256 alone.</summary>
    Sha256,

    /// <summary>MD5 alone: for phones that stumble over an offer of anything else.</summary>
    Md5,
}

/// <summary>How callers are put through.</summary>
public enum SipTransferWay
{
    /// <summary>The caller's phone is sent to call; we hear of what became of it (RFC 5589 section 6).</summary>
    Blind,

    /// <summary>We call first, and only once somebody has answered the caller's phone is sent to take our place (RFC 5589 section 7). The target must know Replaces (RFC 3891).</summary>
    Attended,
}

/// <summary>A line for SIP phones, PBXs and trunks.</summary>
public sealed class SipOptions
{
    /// <summary>Whether the line is opened at all.</summary>
    /// <value>Default true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Address to listen on; <c>0.0.0.0</c> or <c>::</c> = all.</summary>
    /// <value>An IP address. Default <c>127.0.0.1</c>: nobody outside reaches it.</value>
    [IpAddress]
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>Address that peers are told, in Contact, Via and SDP, where it is not the one listened on: behind a translator, or with <c>0.0.0.0</c>.</summary>
    /// <value>An IP address, or empty = the one listened on, or the machine's own towards the outside. Default empty.</value>
    [IpAddress]
    public string Advertise { get; set; } = "";

    /// <summary>Port for UDP and TCP (RFC 3261 section 18.1.1 wants both).</summary>
    /// <value>0 to 65,535; 0 = any free one. Default 5060.</value>
    [Range(0, 65_535)]
    public int Port { get; set; } = 5060;

    /// <summary>Port for TLS.</summary>
    /// <value>0 to 65,535; 0 = any free one. Default 5061. Opened only with <see cref="CertificateFile"/>.</value>
    [Range(0, 65_535)]
    public int TlsPort { get; set; } = 5061;

    /// <summary>Certificate and private key for TLS.</summary>
    /// <value>A PEM file with both, or empty = no TLS. Default empty.</value>
    [StringLength(1_024)]
    public string CertificateFile { get; set; } = "";

    /// <summary>Certificates of authorities that servers we call over TLS are checked by.</summary>
    /// <value>A PEM file, or empty = the machine's own. Default empty.</value>
    [StringLength(1_024)]
    public string AuthoritiesFile { get; set; } = "";

    /// <summary>Encryption of sound.</summary>
    /// <value>Default <see cref="SipSrtp.Offered"/>.</value>
    public SipSrtp Srtp { get; set; }

    /// <summary>What is spoken, in the order in which we offer it; what a caller offers is answered in the caller's order. A call that begins with <see cref="SipCodec.G722"/> is heard and spoken on with 16000 samples a second to its end.</summary>
    /// <value>Up to 3, among them PCMA or PCMU; empty = PCMA, PCMU. Default empty.</value>
    [MaxLength(3)]
    public SipCodec[] Codecs { get; set; } = [];

    /// <summary>Whether a call may take the place of a caller who is here (RFC 3891): how a receptionist who has asked the agent first sends the caller on. The agent takes whoever comes for the caller before, identity included.</summary>
    /// <value>Default false: a Replaces header is not known, and such a call is one of its own.</value>
    public bool AcceptReplaces { get; set; }

    /// <summary>First port for sound; even.</summary>
    /// <value>1,024 to 65,000. Default 20,000.</value>
    [Range(1_024, 65_000)]
    public int RtpPortFirst { get; set; } = 20_000;

    /// <summary>Last port for sound. Each call takes two.</summary>
    /// <value>1,026 to 65,535. Default 29,999: 5,000 calls.</value>
    [Range(1_026, 65_535)]
    public int RtpPortLast { get; set; } = 29_999;

    /// <summary>Threads that pace sound; calls are spread over them.</summary>
    /// <value>1 to 16. Default 1: some hundred calls.</value>
    [Range(1, 16)]
    public int MediaThreads { get; set; } = 1;

    /// <summary>Calls at once, ringing ones included; one more gets 503 with Retry-After.</summary>
    /// <value>1 to 5,000. Default 1,000.</value>
    [Range(1, 5_000)]
    public int Calls { get; set; } = 1_000;

    /// <summary>Messages a second from one address; those beyond it are dropped unread.</summary>
    /// <value>10 to 100,000. Default 500, with twice as many at once.</value>
    [Range(10, 100_000)]
    public int MessagesPerSecond { get; set; } = 500;

    /// <summary>Streams (TCP and TLS) that are open at once.</summary>
    /// <value>1 to 10,000. Default 1,000; a quarter of them from one address.</value>
    [Range(1, 10_000)]
    public int Streams { get; set; } = 1_000;

    /// <summary>How long a stream may say nothing.</summary>
    /// <value>10 s to 1 h. Default 10 min.</value>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan StreamIdleMax { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Networks that are heard at all, like <c>192.0.2.0/24</c>; what comes from elsewhere gets no answer.</summary>
    /// <value>Up to 256. Default none: everybody who reaches the port.</value>
    [MaxLength(256)]
    public string[] AllowedFrom { get; set; } = [];

    /// <summary>Networks whose callers need no password, where <see cref="Users"/> are named.</summary>
    /// <value>Up to 256. Default none.</value>
    [MaxLength(256)]
    public string[] TrustedFrom { get; set; } = [];

    /// <summary>Callers with passwords. Once there is one, everybody else must be in <see cref="TrustedFrom"/>.</summary>
    /// <value>Up to 1,000. Default none.</value>
    [MaxLength(1_000)]
    public SipUser[] Users { get; set; } = [];

    /// <summary>Hashes that callers with passwords may use.</summary>
    /// <value>Default <see cref="SipDigest.Both"/>.</value>
    public SipDigest Digest { get; set; }

    /// <summary>The realm that callers see when they are asked for a password.</summary>
    /// <value>1 to 100 characters. Default <c>contactcenter</c>.</value>
    [StringLength(100, MinimumLength = 1)]
    public string Realm { get; set; } = "contactcenter";

    /// <summary>Registrars and carriers that bring calls.</summary>
    /// <value>Up to 32. Default none.</value>
    [MaxLength(32)]
    public SipTrunkOptions[] Trunks { get; set; } = [];

    /// <summary>Where a caller who wants a person is put through to.</summary>
    /// <value>A SIP URI, or empty = nowhere: the agent is told that the transfer failed. Default empty.</value>
    [StringLength(256)]
    public string TransferTo { get; set; } = "";

    /// <summary>Whether <see cref="TransferTo"/> is called first.</summary>
    /// <value>Default <see cref="SipTransferWay.Blind"/>.</value>
    public SipTransferWay Transfer { get; set; }

    /// <summary>How long somebody may take to answer a transfer.</summary>
    /// <value>5 s to 5 min. Default 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan TransferMax { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Silence of the network, while the call is not on hold, after which the call counts as lost.</summary>
    /// <value>5 s to 10 min. Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan SoundLostAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Session timer that we ask for (RFC 4028), in seconds.</summary>
    /// <value>90 to 86,400. Default 1,800.</value>
    [Range(90, 86_400)]
    public int SessionSeconds { get; set; } = 1_800;
}

/// <summary>A caller's name and password.</summary>
public sealed class SipUser
{
    /// <summary>The name.</summary>
    /// <value>1 to 100 characters.</value>
    [StringLength(100, MinimumLength = 1)]
    public string Name { get; set; } = "";

    /// <summary>The password. A secret.</summary>
    /// <value>1 to 100 characters.</value>
    [StringLength(100, MinimumLength = 1)]
    public string Password { get; set; } = "";
}

/// <summary>A registrar or a carrier.</summary>
public sealed class SipTrunkOptions
{
    /// <summary>The name in logs and on the console.</summary>
    /// <value>1 to 50 characters.</value>
    [StringLength(50, MinimumLength = 1)]
    public string Name { get; set; } = "trunk";

    /// <summary>The registrar: <c>sip:example.com</c>, <c>sip:192.0.2.1:5060;transport=tcp</c>, <c>sips:example.com</c>.</summary>
    /// <value>A SIP URI.</value>
    [StringLength(256, MinimumLength = 5)]
    public string Registrar { get; set; } = "";

    /// <summary>Where requests go, where that is not the registrar's domain.</summary>
    /// <value>A SIP URI, or empty. Default empty.</value>
    [StringLength(256)]
    public string Proxy { get; set; } = "";

    /// <summary>Our name there.</summary>
    /// <value>1 to 100 characters.</value>
    [StringLength(100, MinimumLength = 1)]
    public string User { get; set; } = "";

    /// <summary>Our password there. A secret.</summary>
    /// <value>Up to 100 characters.</value>
    [StringLength(100)]
    public string Password { get; set; } = "";

    /// <summary>Whether to register; otherwise the carrier knows our address, and OPTIONS only keep watch.</summary>
    /// <value>Default true.</value>
    public bool Register { get; set; } = true;

    /// <summary>Seconds that a registration is asked to last; it is refreshed at half of what is granted.</summary>
    /// <value>60 to 86,400. Default 300.</value>
    [Range(60, 86_400)]
    public int Expires { get; set; } = 300;

    /// <summary>Between two OPTIONS that show whether the trunk is there and keep a translator's way open.</summary>
    /// <value>0 to 1 h; 0 = none. Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>An IP address, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IpAddressAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is string text && (text.Length == 0 || System.Net.IPAddress.TryParse(text, out _));

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => "an IP address";
}
