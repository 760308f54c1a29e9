using System.Collections.Frozen;
using System.Globalization;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Learning;

/// <summary>
/// From the score of a value that recognisers found to how often such a value is right: isotonic regression (Ayer et al. 1955, pool adjacent violators) for each type, straight
/// lines between the middles of its steps. Immutable.
/// </summary>
public sealed class SlotCalibration
{
    /// <summary>Any type that was seen too rarely to have steps of its own.</summary>
    private const string AnyType = "*";

    /// <summary>Values that a step must rest on, and a type that has its own.</summary>
    private const int StepMin = 40, TypeMin = 120;

    private readonly FrozenDictionary<string, (double Score, double Right)[]> _steps;

    private SlotCalibration(IEnumerable<KeyValuePair<string, (double, double)[]>> steps) => _steps = steps.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What was counted on labelled bookings; made by the training command.</summary>
    public static SlotCalibration Counted { get; } = LoadCounted();

    private static SlotCalibration LoadCounted()
    {
        using var file = new StreamReader(typeof(SlotCalibration).Assembly.GetManifestResourceStream("calibration.tsv")!);
        return Load(file);
    }

    /// <summary>Counts.</summary>
    /// <param name="found">Type and score of values that were found, and whether they were right.</param>
    public static SlotCalibration Fit(IReadOnlyCollection<(ParameterType Type, double Score, bool Right)> found)
    {
        var steps = new Dictionary<string, (double, double)[]> { [AnyType] = Steps(found) };
        foreach (var type in found.GroupBy(f => f.Type)) if (type.Count() >= TypeMin) steps[type.Key.ToString()] = Steps([.. type]);
        return new(steps);
    }

    private static (double, double)[] Steps(IReadOnlyCollection<(ParameterType Type, double Score, bool Right)> found)
    {
        var steps = new List<(double Sum, double Right, int Count)>();
        foreach (var level in found.GroupBy(f => Math.Round(f.Score, 3)).OrderBy(g => g.Key))
        {
            steps.Add((level.Sum(f => f.Score), level.Count(f => f.Right), level.Count()));
            while (steps.Count > 1 && (steps[^2].Count < StepMin || steps[^2].Right / steps[^2].Count >= steps[^1].Right / steps[^1].Count)) Pool(steps);
        }

        while (steps.Count > 1 && (steps[^1].Count < StepMin || steps[^2].Right / steps[^2].Count >= steps[^1].Right / steps[^1].Count)) Pool(steps);

        // One right and one wrong more than were seen: no step is certain, and none falls behind the one before for being small.
        var least = 0.0;
        return [.. steps.Select(s => (s.Sum / s.Count, least = Math.Max(least, (s.Right + 1) / (s.Count + 2))))];
    }

    private static void Pool(List<(double Sum, double Right, int Count)> steps)
    {
        var (a, b) = (steps[^2], steps[^1]);
        steps.RemoveAt(steps.Count - 1);
        steps[^1] = (a.Sum + b.Sum, a.Right + b.Right, a.Count + b.Count);
    }

    /// <summary>How likely a value of a type and score is right, 0 to 1; never falls with the score.</summary>
    public double Of(ParameterType type, double score)
    {
        if (!_steps.TryGetValue(type.ToString(), out var steps) && !_steps.TryGetValue(AnyType, out steps)) return Math.Clamp(score, 0, 1);
        if (steps.Length == 0) return Math.Clamp(score, 0, 1);
        if (score <= steps[0].Score) return steps[0].Right;
        for (var i = 1; i < steps.Length; i++)
            if (score <= steps[i].Score) return Math.Min(steps[i].Right, steps[i - 1].Right + (steps[i].Right - steps[i - 1].Right) * (score - steps[i - 1].Score) / (steps[i].Score - steps[i - 1].Score));
        return steps[^1].Right;
    }

    /// <summary>Writes a line a step: type, score, share that was right.</summary>
    public void Save(TextWriter writer)
    {
        foreach (var (type, steps) in _steps.OrderBy(s => s.Key, StringComparer.Ordinal))
            foreach (var (score, right) in steps) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{type}\t{score:0.####}\t{right:0.####}"));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A line is of another form.</exception>
    public static SlotCalibration Load(TextReader reader)
    {
        var steps = new Dictionary<string, List<(double, double)>>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is not [var type, var at, var share] || !double.TryParse(at, CultureInfo.InvariantCulture, out var score) || !double.TryParse(share, CultureInfo.InvariantCulture, out var right))
                throw new InvalidDataException("A line of a calibration is a type, a score and a share, with tabs between.");
            if (!steps.TryGetValue(type, out var own)) steps[type] = own = [];
            own.Add((score, right));
        }

        return new(steps.Select(s => KeyValuePair.Create(s.Key, s.Value.ToArray())));
    }
}
