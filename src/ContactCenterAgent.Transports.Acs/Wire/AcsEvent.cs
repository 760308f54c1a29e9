using System.Text.Json;

namespace ContactCenterAgent.Transports.Acs.Wire;

/// <summary>An event as Azure delivers it, in either of the two schemas: Event Grid's own (<c>eventType</c>) or CloudEvents 1.0 (<c>type</c>).</summary>
/// <param name="Id">Unique; the same event may be delivered again under the same id.</param>
/// <param name="Type">Like <c>Microsoft.Communication.CallConnected</c>.</param>
/// <param name="Fields">The event's own fields.</param>
internal sealed record AcsEvent(string Id, string Type, JsonElement Fields)
{
    /// <summary>Events of one delivery at most.</summary>
    private const int EventsMax = 100;

    /// <summary>Reads a delivery: an array, or with CloudEvents a single event.</summary>
    /// <returns>Null: it is none.</returns>
    public static IReadOnlyList<AcsEvent>? ReadAll(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object) return Read(root) is { } one ? [one] : null;
            if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() > EventsMax) return null;
            var all = root.EnumerateArray().Select(Read).OfType<AcsEvent>().ToList();
            return all.Count == root.GetArrayLength() ? all : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The second is thrown for text that is not UTF-8.
            return null;
        }
    }

    /// <summary>A text field of the event's.</summary>
    /// <param name="path">Names, from the outside in.</param>
    public string? Text(params ReadOnlySpan<string> path) => Find(path) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A number of the event's; 0 = there is none.</summary>
    /// <param name="path">Names, from the outside in.</param>
    public int Number(params ReadOnlySpan<string> path) => Find(path) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : 0;

    private JsonElement? Find(ReadOnlySpan<string> path)
    {
        var at = Fields;
        foreach (var name in path)
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        return at;
    }

    private static AcsEvent? Read(JsonElement one)
    {
        if (one.ValueKind != JsonValueKind.Object || Text(one, "id") is not { } id || (Text(one, "eventType") ?? Text(one, "type")) is not { } type) return null;
        return new(id, type, one.TryGetProperty("data", out var data) ? data.Clone() : default);
    }

    private static string? Text(JsonElement at, string name) => at.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
