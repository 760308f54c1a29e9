using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Planning.People;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>Scores the identification of callers: turns are fed in order until one person is accepted; else the dialogue is declined.</summary>
internal static class IdentifyBench
{
    private const string DialoguesFile = "dialogues.jsonl", RecordsFile = "records.jsonl";

    public static bool Fits(string folder) => File.Exists(Path.Combine(folder, RecordsFile)) && File.Exists(Path.Combine(folder, DialoguesFile));

    public static JsonObject Run(string folder, DataPart part, TimeProvider time)
    {
        var index = new PersonIndex(JsonLines.Read(Path.Combine(folder, RecordsFile)).Select(r => new PersonRecord(r.Text("id"), r.Text("name"), (string?)r["postcode"], DateOnly.TryParse((string?)r["dob"], out var born) ? born : null)));
        var tally = new Tally();
        var clock = new Durations(time);
        foreach (var dialogue in JsonLines.Read(Path.Combine(folder, DialoguesFile)))
            if (part.IsIn((string?)dialogue["speaker"] ?? dialogue.Text("id"))) Play(index, dialogue, tally, clock);
        return new()
        {
            ["dialogues"] = tally.Dialogues,
            ["identify_top1"] = tally.Share(tally.Top),
            ["identify_right_accepted"] = tally.Share(tally.Right),
            ["identify_wrong_accepted"] = tally.Share(tally.Wrong),
            ["identify_declined"] = tally.Share(tally.Dialogues - tally.Right - tally.Wrong),
            ["turns_until_accepted"] = tally.Right == 0 ? 0 : Math.Round((double)tally.Turns / tally.Right, 2),
            ["calibration"] = tally.Calibration.Json(),
            ["median_ms"] = clock.Median,
            ["p99_ms"] = clock.Percentile(0.99),
        };
    }

    private static void Play(PersonIndex index, JsonObject dialogue, Tally tally, Durations clock)
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
            var readings = turn.Strings("nbest");
            evidence = evidence.With(item, [.. readings.Length > 0 ? readings : [turn.Text("asr")]]);
            last = clock.Measure(() => index.Match(evidence));
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

        public double Share(int count) => Dialogues == 0 ? 0 : Math.Round((double)count / Dialogues, 4);
    }
}
