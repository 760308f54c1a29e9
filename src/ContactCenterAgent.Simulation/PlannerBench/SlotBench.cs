using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Learning;
using NodaTime;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>Scores slot spans in single utterances. A span counts as right when it covers the same characters, punctuation at its ends apart.</summary>
internal static class SlotBench
{
    public const string File = "utterances.jsonl";

    /// <summary>"Today" of the utterances: gold is spans, so it only has to be some day.</summary>
    private static readonly LocalDate Today = new(2018, 7, 2);

    public static readonly ImmutableArray<SlotDeclaration> Table =
    [
        new("people", ParameterType.Count, [], "how many people"), new("date", ParameterType.Date, [], "day of the booking"), new("time", ParameterType.Time, [], "time of the booking"),
        new("first_name", ParameterType.PersonName, [], "given name of the guest"), new("last_name", ParameterType.PersonName, [], "surname of the guest"),
    ];

    public static bool Fits(string folder) => System.IO.File.Exists(Path.Combine(folder, File));

    private sealed record Utterance(string Id, string Text, string[] Asked, ImmutableArray<FoundSlot> Slots);

    private static IEnumerable<Utterance> Read(string folder) => JsonLines.Read(Path.Combine(folder, File)).Select(u => new Utterance(
        u.Text("id"), u.Text("text"), u.Strings("asked"), [.. u.Objects("slots").Select(s => new FoundSlot(s.Text("slot"), (int)s["start"]!, (int)s["end"]!, (string?)s["value"] ?? ""))]));

    /// <summary>A tagger from the labelled lines of a folder.</summary>
    /// <param name="folder">Holds <see cref="File"/>.</param>
    /// <param name="part">Which of its lines.</param>
    /// <param name="share">The share of them that is used, 0 to 1, for a learning curve.</param>
    public static SequenceTagger Train(string folder, DataPart part, double share = 1)
    {
        var lines = Read(folder).Where(u => part.IsIn(u.Id)).ToList();
        return SlotFinder.Train(lines.Take((int)(lines.Count * share)).Select(u => (u.Text, (IReadOnlyList<string>)u.Asked, (IReadOnlyList<FoundSlot>)u.Slots)), Today);
    }

    /// <summary>How often what the recognisers alone find is right, by type and score.</summary>
    public static SlotCalibration Calibrate(string folder, DataPart part)
    {
        var finder = new SlotFinder(Table);
        var found = new List<(ParameterType, double, bool)>();
        foreach (var utterance in Read(folder).Where(u => part.IsIn(u.Id)))
        {
            var wanted = utterance.Slots.Select(g => SpanCounts.Trimmed(utterance.Text, g)).ToHashSet();
            foreach (var slot in finder.Find(utterance.Text, utterance.Asked, Today))
                found.Add((Table.First(t => t.Name == slot.Slot).Type, slot.Score, wanted.Contains(SpanCounts.Trimmed(utterance.Text, slot))));
        }

        return SlotCalibration.Fit(found);
    }

    public static JsonObject Run(string folder, DataPart part, SequenceTagger? tagger, TimeProvider time)
    {
        var finder = new SlotFinder(Table, tagger);
        var (counts, confusions, clock, utterances) = (new SpanCounts(), new Confusions(), new Durations(time), 0);
        var (partials, calibration) = (new PartialCounts(), new Calibration());
        foreach (var utterance in Read(folder).Where(u => part.IsIn(u.Id)))
        {
            utterances++;
            var found = clock.Measure(() => finder.Find(utterance.Text, utterance.Asked, Today));
            counts.Add(utterance.Text, utterance.Slots, found);
            confusions.Add(utterance.Text, utterance.Slots, found);
            var wanted = utterance.Slots.Select(g => SpanCounts.Trimmed(utterance.Text, g)).ToHashSet();
            if (tagger is null) foreach (var slot in found) calibration.Add(slot.Confidence, wanted.Contains(SpanCounts.Trimmed(utterance.Text, slot)));
            partials.Add(Partials(finder, utterance));
        }

        return new()
        {
            ["utterances"] = utterances,
            ["trained"] = tagger is not null,
            ["slot_f1"] = counts.F1(),
            ["slot_precision"] = counts.Precision(),
            ["slot_recall"] = counts.Recall(),
            ["slots"] = counts.BySlot(),
            ["confusions"] = confusions.Worst(10),
            ["partials"] = partials.Json(),
            ["calibration"] = calibration.Json(),
            ["median_ms"] = clock.Median,
            ["p99_ms"] = clock.Percentile(0.99),
        };
    }

    private static List<HashSet<string>> Partials(SlotFinder finder, Utterance utterance)
    {
        var words = utterance.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. Enumerable.Range(1, words.Length).Select(n => finder.Find(string.Join(' ', words[..n]), utterance.Asked, Today).Select(f => f.Slot + "=" + f.Value).ToHashSet())];
    }
}
