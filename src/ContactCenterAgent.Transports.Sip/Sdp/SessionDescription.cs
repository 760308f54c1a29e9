using System.Net;
using System.Text;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sdp;

/// <summary>An SDP attribute: <c>a=name</c> or <c>a=name:value</c>.</summary>
internal readonly record struct SdpAttribute(string Name, string? Value);

/// <summary>A media section (RFC 8866 section 5.14).</summary>
/// <param name="Kind">audio, video, image.</param>
/// <param name="Port">0 = refused or put aside.</param>
/// <param name="Protocol">RTP/AVP and its like.</param>
/// <param name="Formats">Payload numbers, or names.</param>
/// <param name="Connection">Its own <c>c=</c> address; null = the session's.</param>
/// <param name="Attributes">In order.</param>
internal sealed record MediaSection(string Kind, int Port, string Protocol, IReadOnlyList<string> Formats, string? Connection, IReadOnlyList<SdpAttribute> Attributes)
{
    internal IEnumerable<string> All(string name) => Attributes.Where(a => a.Name == name && a.Value is not null).Select(a => a.Value!);

    internal string? First(string name) => All(name).FirstOrDefault();

    internal bool Has(string name) => Attributes.Any(a => a.Name == name);
}

/// <summary>A session description (RFC 8866), as far as calls need it.</summary>
/// <param name="Connection">The session's <c>c=</c> address; null = only sections have one.</param>
/// <param name="Attributes">The session's own.</param>
/// <param name="Media">Sections, in order.</param>
internal sealed record SessionDescription(string? Connection, IReadOnlyList<SdpAttribute> Attributes, IReadOnlyList<MediaSection> Media)
{
    private const int LinesMax = 500;
    private const int SectionsMax = 16;
    private const int FormatsMax = 64;

    /// <summary>Reads one; CRLF or LF, unknown lines and attributes are passed over; null = no session description.</summary>
    internal static SessionDescription? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SipParser.BytesMax) return null;
        var text = Encoding.UTF8.GetString(bytes);
        string? connection = null;
        var session = new List<SdpAttribute>();
        var sections = new List<MediaSection>();
        var (attributes, lines, version) = (session, 0, false);
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.TrimEnd();
            if (line.Length == 0) continue;
            if (++lines > LinesMax || line.Length < 2 || line[1] != '=') return null;
            var value = line[2..];
            switch (line[0])
            {
                case 'v':
                    if (!value.SequenceEqual("0")) return null;
                    version = true;
                    break;
                case 'c':
                    if (Address(value) is not { } address) return null;
                    if (sections.Count == 0) connection = address;
                    else sections[^1] = sections[^1] with { Connection = sections[^1].Connection ?? address };
                    break;
                case 'm':
                    attributes = [];
                    if (sections.Count == SectionsMax || Section(value, attributes) is not { } section) return null;
                    sections.Add(section);
                    break;
                case 'a':
                    var colon = value.IndexOf(':');
                    attributes.Add(colon < 0 ? new(value.ToString(), null) : new(value[..colon].ToString(), value[(colon + 1)..].Trim().ToString()));
                    break;
            }
        }

        return version ? new(connection, session, sections) : null;
    }

    /// <summary><c>IN IP4 192.0.2.1</c>; the address may be a name, and may carry a time to live.</summary>
    private static string? Address(ReadOnlySpan<char> value)
    {
        Span<Range> parts = stackalloc Range[4];
        if (value.Split(parts, ' ', StringSplitOptions.RemoveEmptyEntries) != 3 || !value[parts[0]].SequenceEqual("IN")) return null;
        var address = value[parts[2]];
        var slash = address.IndexOf('/');
        return (slash < 0 ? address : address[..slash]).ToString();
    }

    private static MediaSection? Section(ReadOnlySpan<char> value, List<SdpAttribute> attributes)
    {
        var parts = new List<string>(8);
        foreach (var part in value.Split(' '))
            if (!value[part].IsEmpty) parts.Add(value[part].ToString());
        if (parts.Count < 4 || parts.Count > FormatsMax + 3) return null;
        var slash = parts[1].IndexOf('/', StringComparison.Ordinal);
        if (!SipText.TryNumber(slash < 0 ? parts[1] : parts[1].AsSpan(0, slash), 65_535, out var port)) return null;
        return new(parts[0], (int)port, parts[2], parts[3..], null, attributes);
    }

    /// <summary>The address that a section's media goes to; null = a name, or none.</summary>
    internal IPAddress? AddressOf(MediaSection section) => IPAddress.TryParse(section.Connection ?? Connection, out var address) ? address : null;
}
