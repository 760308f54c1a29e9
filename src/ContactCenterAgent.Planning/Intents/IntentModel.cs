namespace ContactCenterAgent.Planning.Intents;

/// <summary>
/// Multinomial logistic regression with an L2 penalty over sparse features, trained in milliseconds from example phrases. The last class is
/// "none of them". Training is deterministic: full-batch gradient steps from zero.
/// </summary>
internal sealed class IntentModel
{
    private const int Steps = 240;
    private const float Rate = 0.2f;
    private const float Penalty = 0.0006f;

    /// <summary>The background is wide and seen in full, the wishes only by a few examples each: unseen words must not count as background.</summary>
    private const float BackgroundPrior = -0.8f;

    private readonly Dictionary<string, int> _features = new(StringComparer.Ordinal);
    private readonly float[] _weights;
    private readonly int _classes;

    /// <param name="examples">Class and features (name, weight) of each example; the last class is out of domain.</param>
    /// <param name="classes">Number of classes.</param>
    public IntentModel(IReadOnlyList<(int Class, List<(string Name, float Weight)> Features)> examples, int classes)
    {
        _classes = classes;
        var rows = new List<(int Class, (int Feature, float Weight)[] Row)>();
        foreach (var (label, features) in examples)
        {
            var row = features.Select(f => (Feature(f.Name), f.Weight)).Append((Feature("*"), 1f)).ToArray();
            rows.Add((label, row));
        }

        _weights = new float[_features.Count * classes];
        Train(rows);
    }

    public int OutOfDomain => _classes - 1;

    private int Feature(string name)
    {
        if (!_features.TryGetValue(name, out var id)) _features[name] = id = _features.Count;
        return id;
    }

    private void Train(List<(int Class, (int Feature, float Weight)[] Row)> rows)
    {
        var perClass = new float[_classes];
        foreach (var (label, _) in rows) perClass[label]++;
        var gradient = new float[_weights.Length];
        var scores = new float[_classes];
        for (var step = 0; step < Steps; step++)
        {
            Array.Clear(gradient);
            foreach (var (label, row) in rows)
            {
                Score(row, scores);
                Softmax(scores);
                var balance = Math.Min(2f, 8f / perClass[label]);
                foreach (var (feature, weight) in row)
                {
                    var at = feature * _classes;
                    for (var c = 0; c < _classes; c++) gradient[at + c] += balance * weight * (scores[c] - (c == label ? 1 : 0));
                }
            }

            var rate = Rate / (1 + step * 0.01f);
            for (var i = 0; i < _weights.Length; i++) _weights[i] -= rate * (gradient[i] + Penalty * rows.Count * _weights[i]);
        }
    }

    private void Score(ReadOnlySpan<(int Feature, float Weight)> row, Span<float> scores)
    {
        scores.Clear();
        foreach (var (feature, weight) in row)
        {
            var at = feature * _classes;
            for (var c = 0; c < _classes; c++) scores[c] += weight * _weights[at + c];
        }
    }

    private static void Softmax(Span<float> scores)
    {
        var max = float.MinValue;
        foreach (var s in scores) max = Math.Max(max, s);
        var sum = 0f;
        for (var i = 0; i < scores.Length; i++) sum += scores[i] = MathF.Exp(scores[i] - max);
        for (var i = 0; i < scores.Length; i++) scores[i] /= sum;
    }

    /// <summary>Probabilities of the classes.</summary>
    /// <param name="features">Name and weight; unknown ones do not count.</param>
    /// <param name="prior">Log odds added to each class.</param>
    public float[] Classify(ReadOnlySpan<(string Name, float Weight)> features, ReadOnlySpan<float> prior)
    {
        var row = new (int, float)[features.Length + 1];
        var count = 0;
        foreach (var (name, weight) in features) if (_features.TryGetValue(name, out var id)) row[count++] = (id, weight);
        row[count++] = (_features["*"], 1f);
        var scores = new float[_classes];
        Score(row.AsSpan(0, count), scores);
        for (var c = 0; c < _classes; c++) scores[c] += prior[c];
        scores[OutOfDomain] += BackgroundPrior;
        Softmax(scores);
        return scores;
    }

    /// <summary>How much a feature speaks for a class rather than for none of them; 0 for a feature that no example has.</summary>
    public float Weight(string feature, int label) =>
        _features.TryGetValue(feature, out var id) ? _weights[id * _classes + label] - _weights[id * _classes + _classes - 1] : 0;
}
