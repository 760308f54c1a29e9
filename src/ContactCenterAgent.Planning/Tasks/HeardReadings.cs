using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;
using NodaTime;

namespace ContactCenterAgent.Planning.Tasks;

/// <summary>
/// Keeps what was heard of who the caller is where it was not one clear value: the recogniser's rival readings, earlier answers to the same question, and answers that no
/// recogniser of values could read. A read that identifies takes it all as evidence (<see cref="ParameterType.Readings"/>).
/// </summary>
internal sealed class HeardReadings(ToolSet tools, PlanRequest request, LocalDate today)
{
    /// <summary>Readings of an attempt, and attempts of an item, that are kept: later ones add noise, older ones little.</summary>
    private const int ReadingsMax = 8, AttemptsMax = 3;

    private readonly string[] _rivals = [.. request.Turn.Alternatives.IsDefaultOrEmpty ? [] : request.Turn.Alternatives.Take(ReadingsMax - 1)];

    /// <summary>Takes over what this turn said to a task.</summary>
    /// <param name="task">After its arguments were filled.</param>
    /// <param name="isAnswer">The whole turn is an answer to what was asked, whatever could be read of it.</param>
    /// <returns>Whether an answer was kept that could not be read, of an item that the read can do without.</returns>
    public bool Take(WorkTask task, bool isAnswer)
    {
        var unread = false;
        foreach (var owner in tools.Chain.Of(task.Tool))
        {
            if (owner.Grants is null || Kept(owner) is not { } kept) continue;
            foreach (var parameter in owner.Parameters.Where(IsSpoken))
            {
                var asked = request.Asked.Any(a => a.Task == task.Id && a.Tool == owner.Name && a.Parameter == parameter.Name);
                if (task.Evidence.ContainsKey(task.Key(owner.Name, parameter.Name))) Said(task, owner, parameter, kept, asked);
                else if (asked && isAnswer) unread |= Unread(task, owner, parameter, kept);
            }
        }

        return unread;
    }

    private static ToolParameter? Kept(ToolDescriptor tool)
    {
        foreach (var parameter in tool.Parameters) if (parameter.Type == ParameterType.Readings) return parameter;
        return null;
    }

    private static bool IsSpoken(ToolParameter parameter) =>
        parameter.Type is ParameterType.PersonName or ParameterType.Postcode or ParameterType.DateOfBirth or ParameterType.Phone;

    /// <summary>An answer to a question that was asked again stands beside the first; what was said unasked takes its place.</summary>
    private void Said(WorkTask task, ToolDescriptor owner, ToolParameter parameter, ToolParameter kept, bool asked)
    {
        var key = task.Key(owner.Name, parameter.Name);
        var value = task.Arguments[key];
        var all = Read(task, owner, kept);
        var before = asked ? Attempts(all, parameter.Name) : [];
        if (asked && before.Count == 0 && Before(task, key) is { } first && first != value) before.Add([first]);
        List<string> readings = [value, .. _rivals.Select(r => Value(r, parameter) ?? (asked ? r : null)).OfType<string>().Where(r => r != value).Distinct()];
        if (before.Count == 0 && readings.Count == 1) all.Remove(parameter.Name);
        else all[parameter.Name] = Json([.. before, [.. readings]]);
        Write(task, owner, kept, all);
    }

    private bool Unread(WorkTask task, ToolDescriptor owner, ToolParameter parameter, ToolParameter kept)
    {
        var all = Read(task, owner, kept);
        all[parameter.Name] = Json([.. Attempts(all, parameter.Name), [request.Turn.Text, .. _rivals]]);
        Write(task, owner, kept, all);
        return !parameter.Required;
    }

    private string? Before(WorkTask task, string key)
    {
        foreach (var known in request.Tasks) if (known.Id == task.Id) return known.Arguments.GetValueOrDefault(key);
        return null;
    }

    /// <summary>What a rival reading says for a parameter.</summary>
    private string? Value(string reading, ToolParameter parameter)
    {
        var found = tools.Kinds.Read(Tokens.Of(reading), today).Where(v => v.Type == parameter.Type && v.Complete).ToList();
        return found.Count == 0 ? null : found.MaxBy(v => v.Confidence + 0.04 * v.Length).Canonical;
    }

    /// <summary>How often an item was said so far.</summary>
    public static int Count(WorkTask task, ToolDescriptor owner, ToolParameter parameter)
    {
        if (Kept(owner) is { } kept && Attempts(Read(task, owner, kept), parameter.Name) is { Count: > 0 and var count }) return count;
        return task.Arguments.ContainsKey(task.Key(owner.Name, parameter.Name)) ? 1 : 0;
    }

    private static SortedDictionary<string, JsonNode?> Read(WorkTask task, ToolDescriptor owner, ToolParameter kept) =>
        task.Arguments.TryGetValue(task.Key(owner.Name, kept.Name), out var json) && JsonNode.Parse(json) is JsonObject held
            ? new(held.ToDictionary(p => p.Key, p => p.Value?.DeepClone()), StringComparer.Ordinal)
            : new(StringComparer.Ordinal);

    private static List<string[]> Attempts(SortedDictionary<string, JsonNode?> all, string parameter) =>
        all.GetValueOrDefault(parameter) is JsonArray attempts ? [.. attempts.OfType<JsonArray>().Select(a => a.Select(r => (string?)r ?? "").ToArray())] : [];

    private static JsonArray Json(List<string[]> attempts) =>
        [.. attempts.TakeLast(AttemptsMax).Select(a => (JsonNode)new JsonArray([.. a.Take(ReadingsMax).Select(r => (JsonNode)r)]))];

    private static void Write(WorkTask task, ToolDescriptor owner, ToolParameter kept, SortedDictionary<string, JsonNode?> all)
    {
        var key = task.Key(owner.Name, kept.Name);
        if (all.Count == 0) task.Arguments.Remove(key);
        else task.Arguments[key] = new JsonObject(all.Select(a => KeyValuePair.Create(a.Key, a.Value))).ToJsonString(Plain);
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
