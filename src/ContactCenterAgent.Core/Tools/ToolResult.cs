using System.Collections.Immutable;
using System.Text.Json;

namespace ContactCenterAgent.Core.Tools;

/// <summary>What a tool gave back, as rows of named canonical values. An object is one row; <c>{"rows":[...],"truncated":bool}</c> or an array is many.</summary>
public sealed record ToolResult
{
    /// <summary>Rows in the tool's order.</summary>
    public required ImmutableArray<ResultRow> Rows { get; init; }

    /// <summary>The tool had more rows than it gave: absence must not be claimed from it.</summary>
    public bool Truncated { get; init; }

    /// <summary>Digest over the canonical JSON (RFC 8785) of the rows.</summary>
    public required Digest Digest { get; init; }

    /// <summary>Reads a tool's JSON.</summary>
    /// <param name="json">An object, an array of objects, or an object with <c>rows</c>. Values are strings, numbers, booleans or null; null drops out. Nested objects become <c>outer.inner</c>; nested arrays keep their JSON text.</param>
    /// <param name="result">The result, where the form is right.</param>
    /// <returns>False where the text is not of that form: the tool returned nonsense.</returns>
    public static bool TryParse(string json, out ToolResult result)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            return TryRead(document.RootElement, out result);
        }
        catch (JsonException)
        {
            result = null!;
            return false;
        }
    }

    /// <summary>Reads a tool's JSON element; see <see cref="TryParse"/>.</summary>
    public static bool TryRead(JsonElement root, out ToolResult result)
    {
        result = null!;
        var truncated = false;
        var rows = ImmutableArray.CreateBuilder<ResultRow>();
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("rows", out var inner))
        {
            if (inner.ValueKind != JsonValueKind.Array) return false;
            truncated = root.TryGetProperty("truncated", out var t) && t.ValueKind == JsonValueKind.True;
            root = inner;
        }

        if (root.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in root.EnumerateArray())
            {
                if (element.ValueKind != JsonValueKind.Object) return false;
                rows.Add(ResultRow.Read(element));
            }
        }
        else if (root.ValueKind == JsonValueKind.Object)
        {
            rows.Add(ResultRow.Read(root));
        }
        else
        {
            return false;
        }

        result = Of(rows.ToImmutable(), truncated);
        return true;
    }

    /// <summary>A result of given rows.</summary>
    public static ToolResult Of(ImmutableArray<ResultRow> rows, bool truncated = false) =>
        new() { Rows = rows, Truncated = truncated, Digest = Digest.OfRows(rows, truncated) };

    /// <summary>Row count only: rows may be personal.</summary>
    public override string ToString() => $"[{Rows.Length} rows]";
}

/// <summary>One row of a result: canonical values by field name.</summary>
/// <param name="Fields">Ordinal order of names.</param>
public sealed record ResultRow(ImmutableSortedDictionary<string, string> Fields)
{
    /// <summary>The value of a field; null where the row has none.</summary>
    public string? this[string field] => Fields.GetValueOrDefault(field);

    /// <summary>A row of given fields.</summary>
    public static ResultRow Of(params (string Field, string Value)[] fields) =>
        new(fields.ToImmutableSortedDictionary(f => f.Field, f => f.Value, StringComparer.Ordinal));

    internal static ResultRow Read(JsonElement element)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Add(fields, "", element);
        return new(fields.ToImmutable());
    }

    private static void Add(ImmutableSortedDictionary<string, string>.Builder fields, string prefix, JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = prefix + property.Name;
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Null or JsonValueKind.Undefined: break;
                case JsonValueKind.Object: Add(fields, name + ".", property.Value); break;
                case JsonValueKind.String: fields[name] = property.Value.GetString()!; break;
                default: fields[name] = property.Value.GetRawText(); break;
            }
        }
    }

    /// <summary>Field count only: values may be personal.</summary>
    public override string ToString() => $"[{Fields.Count} fields]";
}
