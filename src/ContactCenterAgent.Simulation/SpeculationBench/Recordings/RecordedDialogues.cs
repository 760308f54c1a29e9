using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.PlannerBench;

namespace ContactCenterAgent.Simulation.SpeculationBench.Recordings;

/// <summary>Reads a folder of the form of <c>sgd-calls</c>: <c>dialogues.jsonl</c> and <c>services.json</c>.</summary>
internal static class RecordedDialogues
{
    public const string DialoguesFile = "dialogues.jsonl", ServicesFile = "services.json";

    /// <exception cref="InvalidDataException">The folder lacks a file, or a line is broken; the message names it.</exception>
    public static ImmutableArray<RecordedDialogue> Read(string folder)
    {
        foreach (var name in (string[])[DialoguesFile, ServicesFile])
            if (!File.Exists(Path.Combine(folder, name))) throw new InvalidDataException($"{folder} has no {name}");
        return [.. JsonLines.Read(Path.Combine(folder, DialoguesFile)).Select(Dialogue)];
    }

    private static RecordedDialogue Dialogue(JsonObject json)
    {
        var id = json.Text("id");
        try
        {
            var turns = json.Objects("turns").Select(Turn).ToImmutableArray();
            for (var i = 0; i < turns.Length; i++) if (turns[i].Index != i) throw new InvalidDataException($"turn {i} says that it is {turns[i].Index}");
            return new(id, [.. json.Strings("services")], turns);
        }
        catch (Exception failure) when (failure is InvalidDataException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"dialogue {id}: {failure.Message}", failure);
        }
    }

    private static RecordedTurn Turn(JsonObject json)
    {
        var text = json.Text("text");
        return new()
        {
            Index = Number(json, "i"),
            IsCaller = json.Text("who") == "caller",
            Text = text,
            Words = [.. (json["words"] as JsonArray ?? []).OfType<JsonArray>().Select(w => Word(w, text))],
            Speech = TimeSpan.FromMilliseconds((int?)json["ms"] ?? 0),
            Frames = [.. json.Objects("frames").Select(Frame)],
            Acts = [.. json.Objects("acts").Select(a => Act(a, (string?)a["service"] ?? ""))],
            Calls = [.. json.Objects("calls").Select(Call)],
        };
    }

    private static RecordedWord Word(JsonArray word, string text)
    {
        if (word.Count != 4) throw new InvalidDataException("a word is [char_start, char_end, ms_start, ms_end]");
        var (start, end) = ((int)word[0]!, (int)word[1]!);
        if (start < 0 || end <= start || end > text.Length) throw new InvalidDataException($"a word's characters {start} to {end} lie outside its text");
        return new(text[start..end], start, end, TimeSpan.FromMilliseconds((double)word[2]!), TimeSpan.FromMilliseconds((double)word[3]!));
    }

    private static RecordedFrame Frame(JsonObject json)
    {
        var service = json.Text("service");
        var state = (json["state"] as JsonObject ?? []).ToImmutableSortedDictionary(
            s => s.Key, s => (s.Value as JsonArray ?? []).Select(v => (string?)v ?? "").ToImmutableArray(), StringComparer.Ordinal);
        return new(
            service, (string?)json["intent"] ?? "NONE", [.. json.Objects("acts").Select(a => Act(a, service))],
            [.. json.Objects("spans").Select(s => new RecordedSpan(s.Text("slot"), Number(s, "start"), Number(s, "end"), s.Text("value")))], state);
    }

    private static RecordedAct Act(JsonObject json, string service) =>
        new(service, json.Text("act"), (string?)json["slot"] ?? "", [.. json.Strings("values")], [.. json.Strings("canonical")]);

    private static RecordedCall Call(JsonObject json)
    {
        var ready = json["ready"] as JsonObject ?? throw new InvalidDataException("a call has no ready");
        return new()
        {
            Service = json.Text("service"),
            Method = json.Text("method"),
            IsWrite = (bool?)json["write"] ?? true,
            Arguments = Strings(json["args"] as JsonObject),
            Source = (json["source"] as JsonObject ?? []).ToImmutableSortedDictionary(s => s.Key, s => Source((JsonObject)s.Value!), StringComparer.Ordinal),
            AfterTurn = Number(json, "after_turn"),
            AffirmedTurn = (int?)json["affirmed_turn"],
            ReadyTurn = Number(ready, "turn"),
            ReadyAt = TimeSpan.FromMilliseconds((double?)ready["ms"] ?? 0),
            Results = (int?)json["results"] ?? 0,
            FirstResults = [.. json.Objects("first_results").Select(Strings)],
        };
    }

    private static ArgumentSource Source(JsonObject json) =>
        new(json.Text("from"), (int?)json["turn"], (double?)json["ms"] is { } ms ? TimeSpan.FromMilliseconds(ms) : null);

    private static ImmutableSortedDictionary<string, string> Strings(JsonObject? json) =>
        (json ?? []).ToImmutableSortedDictionary(p => p.Key, p => p.Value?.ToString() ?? "", StringComparer.Ordinal);

    private static int Number(JsonObject json, string name) => (int?)json[name] ?? throw new InvalidDataException($"{name} is missing");
}
