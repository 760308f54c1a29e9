using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>
/// An OpenAPI document in YAML as the same document in JSON. Plain values are read by YAML 1.2's core schema (section 10.3), so <c>no</c> and <c>2026-11-22</c> are words; keys are text (OpenAPI Specification
/// 3.1.0, section 4.3). What repeats itself by aliases is written out, as far as the whole stays within <see cref="OpenApiTools.DocumentMax"/>.
/// </summary>
public sealed partial class OpenApiYaml
{
    private const int DepthMax = 100, NumberMax = 40, NodeWeight = 8;
    private const string CoreTags = "tag:yaml.org,2002:";

    private readonly Parser _events;
    private readonly Dictionary<AnchorName, (JsonNode? Node, long Weight)> _anchors = [];
    private long _weight;

    private OpenApiYaml(string yaml) => _events = new(new Scanner(new StringReader(yaml), skipComments: true));

    /// <summary>Rewrites a document.</summary>
    /// <exception cref="FormatException">It is not YAML, or has what JSON cannot say; the message names the line.</exception>
    public static string ToJson(string yaml)
    {
        if (yaml.Length > OpenApiTools.DocumentMax) throw OpenApiTools.TooLarge();
        var reading = new OpenApiYaml(yaml);
        try
        {
            return reading.Document()?.ToJsonString() ?? "null";
        }
        catch (YamlException broken)
        {
            throw new FormatException($"The OpenAPI document is not YAML at line {broken.End.Line}: {broken.Message}", broken);
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException or IndexOutOfRangeException or OverflowException)
        {
            // Some of what is no YAML surprises its parser.
            throw new FormatException($"The OpenAPI document is not YAML at line {reading._events.Current?.Start.Line ?? 1}.", broken);
        }
    }

    private JsonNode? Document()
    {
        Next<StreamStart>();
        Next<DocumentStart>();
        var (node, _) = Node(Next(), 0);
        Next<DocumentEnd>();
        if (Next() is not StreamEnd) throw At(_events.Current!, "it has a second document");
        return node;
    }

    private (JsonNode? Node, long Weight) Node(ParsingEvent begins, int depth)
    {
        if (depth > DepthMax) throw At(begins, $"it is more than {DepthMax} levels deep");
        if (begins is AnchorAlias alias) return Repeated(alias);
        var before = _weight;
        Weigh(begins, begins is Scalar text ? text.Value.Length : 0);
        var node = begins switch
        {
            Scalar scalar => Value(scalar),
            SequenceStart => Sequence(depth),
            MappingStart => Mapping(depth),
            _ => throw At(begins, "a value is missing"),
        };
        var whole = (node, _weight - before);
        if (begins is NodeEvent { Anchor.IsEmpty: false } anchored) _anchors[anchored.Anchor] = whole;
        return whole;
    }

    // An anchor is known when its node is complete: what refers to itself finds nothing.
    private (JsonNode? Node, long Weight) Repeated(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var known)) throw At(alias, "an alias refers to nothing, or to itself");
        Weigh(alias, known.Weight);
        return (known.Node?.DeepClone(), known.Weight);
    }

    private JsonArray Sequence(int depth)
    {
        var items = new JsonArray();
        while (Next() is not SequenceEnd) items.Add(Node(_events.Current!, depth + 1).Node);
        return items;
    }

    private JsonObject Mapping(int depth)
    {
        var members = new JsonObject();
        while (Next() is not MappingEnd)
        {
            if (_events.Current is not Scalar key) throw At(_events.Current!, "a key is not a word");
            if (key is { Value: "<<", Style: ScalarStyle.Plain }) throw At(key, "it merges by <<, which OpenAPI does not have");
            if (members.ContainsKey(key.Value)) throw At(key, "a key stands there twice");
            Weigh(key, key.Value.Length);
            var (value, _) = Node(Next(), depth + 1);
            members.Add(key.Value, value);
        }

        return members;
    }

    private static JsonNode? Value(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.IsNonSpecific ? "str" : scalar.Tag.Value;
        if (tag.StartsWith(CoreTags, StringComparison.Ordinal)) tag = tag[CoreTags.Length..];
        if (tag is not ("" or "str" or "int" or "float" or "bool" or "null")) throw At(scalar, "it has a tag that JSON has no form for");
        if (tag == "str" || (tag.Length == 0 && scalar.Style != ScalarStyle.Plain)) return JsonValue.Create(scalar.Value);
        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            var text => Number(text) ?? JsonValue.Create(text),
        };
    }

    // A number keeps its digits where JSON writes it in the same way.
    private static JsonNode? Number(string text)
    {
        if (text.Length > NumberMax) return null;
        if (JsonNumber().IsMatch(text)) return JsonNode.Parse(text);
        if (text.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hexadecimal)) return JsonValue.Create(hexadecimal);
        return YamlNumber().IsMatch(text) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : null;
    }

    private void Weigh(ParsingEvent at, long weight)
    {
        _weight += NodeWeight + weight;
        if (_weight > OpenApiTools.DocumentMax) throw At(at, "with its aliases written out it is too large");
    }

    private ParsingEvent Next() => _events.MoveNext() ? _events.Current! : throw new FormatException("The OpenAPI document is not YAML: it ends too soon.");

    private void Next<T>()
        where T : ParsingEvent
    {
        if (Next() is not T) throw At(_events.Current!, "it is no single document");
    }

    private static FormatException At(ParsingEvent at, string what) => new($"The OpenAPI document cannot be used at line {at.Start.Line}: {what}.");

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex YamlNumber();
}
