using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>Whatever another system gave back, as rows. Too much is cut by rows, or text by characters, and marked as truncated, so that nothing is taken for absent.</summary>
internal static class ImportedResult
{
    /// <summary>JSON of the form that a tool gives.</summary>
    internal static string Rows(string result, int charactersMax)
    {
        var (rows, truncated) = Read(result);
        var kept = new JsonArray();
        var characters = 0;
        foreach (var row in rows)
        {
            var size = row.ToJsonString().Length;
            if (characters + size > charactersMax)
            {
                if (kept.Count == 0) kept.Add(Cut(row, charactersMax));
                truncated = true;
                break;
            }

            characters += size;
            kept.Add(row);
        }

        return new JsonObject { ["rows"] = kept, ["truncated"] = truncated }.ToJsonString();
    }

    /// <summary>What an effect gave back: its only row as an object, so that a look-up's answer has the same form.</summary>
    internal static string Outcome(string rows) => JsonNode.Parse(rows)!["rows"]!.AsArray() switch
    {
        { Count: 0 } => "{}",
        { Count: 1 } only => only[0]!.ToJsonString(),
        _ => rows,
    };

    private static (List<JsonObject> Rows, bool Truncated) Read(string result)
    {
        if (string.IsNullOrWhiteSpace(result)) return ([], false);
        try
        {
            var json = JsonNode.Parse(result);
            return json switch
            {
                null => ([], false),
                JsonArray array => ([.. array.Select(Row)], false),
                JsonObject { Count: <= 3 } paged when List(paged) is { } list => ([.. list.Select(Row)], IsCut(paged)),
                _ => ([Row(json)], false),
            };
        }
        catch (JsonException)
        {
            return ([new() { ["text"] = result }], false);
        }
    }

    /// <summary>The list of an answer that is a page: <c>{"items":[...],"next":"..."}</c>.</summary>
    private static JsonArray? List(JsonObject paged)
    {
        foreach (var name in (string[])["rows", "items", "results", "data", "value"])
            if (paged[name] is JsonArray list) return list;
        return null;
    }

    private static bool IsCut(JsonObject paged) =>
        paged["truncated"]?.GetValueKind() == JsonValueKind.True || ((string[])["next", "nextLink", "next_cursor", "nextCursor"]).Any(name => paged[name] is { } more && more.GetValueKind() == JsonValueKind.String);

    private static JsonObject Row(JsonNode? json) => json is JsonObject row ? row.DeepClone().AsObject() : new() { ["value"] = json?.DeepClone() };

    // One row that is too large alone: its longest texts go.
    private static JsonObject Cut(JsonObject row, int charactersMax)
    {
        foreach (var (name, value) in row.ToList())
        {
            var text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value?.ToJsonString() ?? "";
            if (text.Length > charactersMax / (row.Count + 1)) row[name] = text[..(charactersMax / (row.Count + 1))];
        }

        return row;
    }
}
