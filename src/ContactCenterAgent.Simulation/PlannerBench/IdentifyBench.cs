using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Planning.People;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>Scores the identification of callers: turns are fed in order until one person is accepted; else the dialogue is declined.</summary>
internal static class IdentifyBench
{
    private const string DialoguesFile = "dialogues.jsonl", RecordsFile = "records.jsonl";

    public static bool Fits(string folder) => File.Exists(Path.Combine(folder, RecordsFile)) && File.Exists(Path.Combine(folder, DialoguesFile));

    public static JsonObject Run(string folder, DataPart part, int people, TimeProvider time)
    {
        var records = InventedPeople.Fill([.. JsonLines.Read(Path.Combine(folder, RecordsFile)).Select(r => new PersonRecord(r.Text("id"), r.Text("name"), (string?)r["postcode"], DateOnly.TryParse((string?)r["dob"], out var born) ? born : null))], people);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var index = new PersonIndex(records);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        var dialogues = JsonLines.Read(Path.Combine(folder, DialoguesFile)).Where(d => part.IsIn((string?)d["speaker"] ?? d.Text("id"))).ToList();
        var (tally, alone, values) = (new Tally(), new Tally(), new HeardValues());
        var clock = new Durations(time);
        foreach (var dialogue in dialogues) Play(index, dialogue, readings: 1, alone, new(time));
        foreach (var dialogue in dialogues)
        {
            Play(index, dialogue, int.MaxValue, tally, clock);
            values.Add(dialogue);
        }

        GC.KeepAlive(records);
        return new()
        {
            ["dialogues"] = tally.Dialogues,
            ["people"] = index.Count,
            ["index_mb"] = Math.Round(bytes / 1e6),
            ["identify_top1"] = tally.Share(tally.Top),
            ["identify_right_accepted"] = tally.Share(tally.Right),
            ["identify_wrong_accepted"] = tally.Share(tally.Wrong),
            ["identify_declined"] = tally.Share(tally.Dialogues - tally.Right - tally.Wrong),
            ["turns_until_accepted"] = tally.TurnsUntilAccepted,
            ["best_reading_alone"] = new JsonObject
            {
                ["identify_right_accepted"] = alone.Share(alone.Right),
                ["identify_wrong_accepted"] = alone.Share(alone.Wrong),
                ["turns_until_accepted"] = alone.TurnsUntilAccepted,
            },
            ["values"] = values.Json(),
            ["calibration"] = tally.Calibration.Json(),
            ["median_ms"] = clock.Median,
            ["p90_ms"] = clock.Percentile(0.9),
            ["p99_ms"] = clock.Percentile(0.99),
        };
    }

    private static void Play(PersonIndex index, JsonObject dialogue, int readings, Tally tally, Durations clock)
    {
        tally.Dialogues++;
        var right = dialogue.Text("profile");
        var evidence = PersonEvidence.None;
        PersonMatch? last = null;
        var turns = 0;
        foreach (var turn in dialogue.Objects("turns"))
        {
            turns++;
            var item = turn.Text("item") switch { "name" => PersonItem.Name, "postcode" => PersonItem.Postcode, _ => PersonItem.Born };
            var heard = turn.Strings("nbest");
            evidence = evidence.With(item, [.. (heard.Length > 0 ? heard : [turn.Text("asr")]).Take(readings)]);
            last = clock.MeasureBest(() => index.Match(evidence));
            if (last.Ranked.Length > 0) tally.Calibration.Add(last.Ranked[0].Probability, last.Ranked[0].Id == right);
            if (last.Accepted is null) continue;
            if (last.Accepted == right) (tally.Right, tally.Turns) = (tally.Right + 1, tally.Turns + turns);
            else tally.Wrong++;
            break;
        }

        if (last is { Ranked.Length: > 0 } && last.Ranked[0].Id == right) tally.Top++;
    }

    private sealed class Tally
    {
        public Calibration Calibration { get; } = new();

        public int Dialogues, Top, Right, Wrong, Turns;

        public double TurnsUntilAccepted => Right == 0 ? 0 : Math.Round((double)Turns / Right, 2);

        public double Share(int count) => Dialogues == 0 ? 0 : Math.Round((double)count / Dialogues, 4);
    }
}
