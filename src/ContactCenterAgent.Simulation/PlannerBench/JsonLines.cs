using System.Text.Json.Nodes;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>Reads files with one JSON object a line.</summary>
internal static class JsonLines
{
    /// <exception cref="InvalidDataException">A line is not a JSON object; the message names file and line.</exception>
    public static IEnumerable<JsonObject> Read(string file)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            yield return Parse(line, $"{file} line {number}");
        }
    }

    /// <exception cref="InvalidDataException">The text is not a JSON object.</exception>
    public static JsonObject Parse(string line, string where)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject ?? throw new InvalidDataException($"{where} is not a JSON object");
        }
        catch (System.Text.Json.JsonException failure)
        {
            throw new InvalidDataException($"{where} is not JSON: {failure.Message}", failure);
        }
    }

    public static string Text(this JsonObject json, string name) => (string?)json[name] ?? throw new InvalidDataException($"{name} is missing");

    public static IEnumerable<JsonObject> Objects(this JsonObject json, string name) => (json[name] as JsonArray ?? []).OfType<JsonObject>();

    public static string[] Strings(this JsonObject json, string name) => [.. (json[name] as JsonArray ?? []).Select(n => (string?)n ?? "")];
}
