using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ContactCenterAgent.Core.Tools;

/// <summary>
/// SHA-256 over canonical JSON (RFC 8785, JSON Canonicalization Scheme, over values already in their types' canonical form). One function
/// serves reconcile, keys, the journal and the database.
/// </summary>
/// <param name="Value">The first 16 bytes, 32 lower-case hexadecimal digits.</param>
public readonly record struct Digest(string Value)
{
    /// <summary>Digest of a tool and its resolved arguments. Parameters declared <see cref="ParameterType.Wording"/> do not count; an absent argument counts as its default.</summary>
    public static Digest OfCall(ToolDescriptor tool, ImmutableSortedDictionary<string, string> arguments)
    {
        var json = new StringBuilder(128);
        json.Append("{\"arguments\":{");
        var first = true;
        foreach (var (name, value) in Counted(tool, arguments))
        {
            if (!first) json.Append(',');
            first = false;
            CanonicalJson.AppendString(json, name);
            json.Append(':');
            CanonicalJson.AppendString(json, value);
        }

        json.Append("},\"tool\":");
        CanonicalJson.AppendString(json, tool.Name);
        json.Append('}');
        return Of(json);
    }

    /// <summary>Digest of a result.</summary>
    public static Digest OfRows(ImmutableArray<ResultRow> rows, bool truncated)
    {
        var json = new StringBuilder(256);
        json.Append("{\"rows\":[");
        for (var i = 0; i < rows.Length; i++)
        {
            if (i > 0) json.Append(',');
            CanonicalJson.AppendObject(json, rows[i].Fields);
        }

        json.Append("],\"truncated\":").Append(truncated ? "true" : "false").Append('}');
        return Of(json);
    }

    private static SortedDictionary<string, string> Counted(ToolDescriptor tool, ImmutableSortedDictionary<string, string> arguments)
    {
        var counted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in tool.Parameters)
        {
            if (parameter.Type == ParameterType.Wording) continue;
            if (arguments.TryGetValue(parameter.Name, out var value)) counted[parameter.Name] = value;
            else if (parameter.Default is { } fallback) counted[parameter.Name] = fallback;
        }

        return counted;
    }

    private static Digest Of(StringBuilder json)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(json.ToString()), hash);
        return new(Convert.ToHexStringLower(hash[..16]));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The parts of RFC 8785 that flat objects of strings need: names in UTF-16 order, minimal escapes, no white space.</summary>
internal static class CanonicalJson
{
    internal static void AppendObject(StringBuilder json, ImmutableSortedDictionary<string, string> fields)
    {
        json.Append('{');
        var first = true;
        foreach (var (name, value) in fields)
        {
            if (!first) json.Append(',');
            first = false;
            AppendString(json, name);
            json.Append(':');
            AppendString(json, value);
        }

        json.Append('}');
    }

    /// <summary>RFC 8785 section 3.2.2.2: two-character escapes where JSON has one, <c>\u00xx</c> for other controls, all else as it is.</summary>
    internal static void AppendString(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"': json.Append("\\\""); break;
                case '\\': json.Append("\\\\"); break;
                case '\b': json.Append("\\b"); break;
                case '\t': json.Append("\\t"); break;
                case '\n': json.Append("\\n"); break;
                case '\f': json.Append("\\f"); break;
                case '\r': json.Append("\\r"); break;
                case < ' ': json.Append("\\u").Append(((int)c).ToString("x4")); break;
                default: json.Append(c); break;
            }
        }

        json.Append('"');
    }
}
