using System.Globalization;

namespace ContactCenterAgent.Planning.Learning;

/// <summary>Chooses one of several options by a weighted sum of their features: averaged perceptron. Deterministic; thread-safe after training.</summary>
public sealed class Ranker
{
    private readonly Dictionary<string, float> _weights = new(StringComparer.Ordinal);

    /// <summary>The sum for one option.</summary>
    public float Score(IEnumerable<string> features)
    {
        var sum = 0f;
        foreach (var feature in features) if (_weights.TryGetValue(feature, out var weight)) sum += weight;
        return sum;
    }

    /// <summary>Learns from choices: the mean over several orders of them, since what comes last weighs most.</summary>
    /// <param name="choices">The options' features, and which of them is right.</param>
    /// <param name="rounds">Passes over the choices.</param>
    public static Ranker Train(IReadOnlyList<(string[][] Options, int Right)> choices, int rounds = 10)
    {
        var mean = new Ranker();
        for (var order = 0; order < Orders; order++)
        {
            var mixed = choices.ToArray();
            new Random(order).Shuffle(mixed);
            foreach (var (feature, weight) in InOrder(mixed, rounds)._weights) mean._weights[feature] = mean._weights.GetValueOrDefault(feature) + weight / Orders;
        }

        return mean;
    }

    private const int Orders = 4;

    private static Ranker InOrder((string[][] Options, int Right)[] choices, int rounds)
    {
        var ranker = new Ranker();
        var sums = new Dictionary<string, float>(StringComparer.Ordinal);
        var step = 1;
        void Move(string feature, float by)
        {
            ranker._weights[feature] = ranker._weights.GetValueOrDefault(feature) + by;
            sums[feature] = sums.GetValueOrDefault(feature) + by * step;
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var (options, right) in choices)
            {
                var best = 0;
                var scores = options.Select(o => ranker.Score(o)).ToArray();
                for (var i = 1; i < options.Length; i++) if (scores[i] + (i == right ? 0 : Margin) > scores[best] + (best == right ? 0 : Margin)) best = i;
                if (best != right)
                {
                    foreach (var feature in options[right]) Move(feature, 1);
                    foreach (var feature in options[best]) Move(feature, -1);
                }

                step++;
            }
        }

        foreach (var (feature, sum) in sums) ranker._weights[feature] -= sum / step;
        return ranker;
    }

    /// <summary>A right option must win by this much.</summary>
    private const float Margin = 1;

    /// <summary>Writes one feature and its weight a line.</summary>
    public void Save(TextWriter writer)
    {
        foreach (var (name, weight) in _weights.OrderBy(w => w.Key, StringComparer.Ordinal))
            if (Math.Abs(weight) >= 0.02f) writer.WriteLine(name + "\t" + weight.ToString("0.###", CultureInfo.InvariantCulture));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A line is of another form.</exception>
    public static Ranker Load(TextReader reader)
    {
        var ranker = new Ranker();
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split('\t');
            if (parts.Length != 2 || !float.TryParse(parts[1], CultureInfo.InvariantCulture, out var weight)) throw new InvalidDataException("A line of the ranker's weights is a feature, a tab and a number.");
            ranker._weights[parts[0]] = weight;
        }

        return ranker;
    }
}
