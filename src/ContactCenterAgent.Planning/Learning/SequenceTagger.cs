using System.Globalization;

namespace ContactCenterAgent.Planning.Learning;

/// <summary>
/// A first-order sequence tagger over begin-inside-outside labels: averaged structured perceptron with Viterbi decoding (Collins 2002). Training is
/// deterministic. Thread-safe after training.
/// </summary>
public sealed class SequenceTagger
{
    private const string Outside = "O";

    /// <summary>A feature seen less often teaches nothing.</summary>
    private const int SeenMin = 2;

    private readonly string[] _labels;
    private readonly Dictionary<string, int> _features = new(StringComparer.Ordinal);
    private float[] _weights = [];
    private readonly float[] _transitions;

    private SequenceTagger(string[] labels)
    {
        _labels = labels;
        _transitions = new float[labels.Length * labels.Length];
        for (var a = 0; a < labels.Length; a++)
            for (var b = 0; b < labels.Length; b++)
                if (!Follows(labels[a], labels[b])) _transitions[a * labels.Length + b] = float.NegativeInfinity;
    }

    private static bool Follows(string before, string label) => label[0] != 'I' || before[1..] == label[1..];

    /// <summary>Learns from sentences, several times in other orders; the weights are the mean.</summary>
    /// <param name="sentences">Features of each word, and its label: <c>O</c>, <c>B-x</c> or <c>I-x</c>.</param>
    /// <param name="rounds">Passes over the sentences.</param>
    /// <param name="orders">How many orders.</param>
    public static SequenceTagger Train(IReadOnlyList<(string[][] Features, string[] Labels)> sentences, int rounds = 12, int orders = 4)
    {
        var labels = sentences.SelectMany(s => s.Labels).Append(Outside).Distinct().Order(StringComparer.Ordinal).ToArray();
        var tagger = new SequenceTagger(labels);
        var index = labels.Select((l, i) => (l, i)).ToDictionary(p => p.l, p => p.i);
        foreach (var feature in sentences.SelectMany(s => s.Features.SelectMany(f => f)).GroupBy(f => f).Where(g => g.Count() >= SeenMin).Select(g => g.Key)) tagger._features[feature] = tagger._features.Count;
        var known = sentences.Select(s => (Ids: s.Features.Select(tagger.Ids).ToArray(), Gold: s.Labels.Select(l => index[l]).ToArray())).ToArray();
        var (weights, transitions) = (new float[tagger._features.Count * labels.Length], new float[tagger._transitions.Length]);
        var impossible = (float[])tagger._transitions.Clone();
        for (var order = 0; order < orders; order++)
        {
            tagger._weights = new float[weights.Length];
            impossible.CopyTo(tagger._transitions, 0);
            tagger.Learn(known, rounds, order);
            for (var i = 0; i < weights.Length; i++) weights[i] += tagger._weights[i] / orders;
            for (var i = 0; i < transitions.Length; i++) transitions[i] += tagger._transitions[i] / orders;
        }

        tagger._weights = weights;
        transitions.CopyTo(tagger._transitions, 0);
        return tagger;
    }

    private void Learn((int[][] Ids, int[] Gold)[] known, int rounds, int order)
    {
        var n = _labels.Length;
        var (sums, transitionSums, step) = (new float[_weights.Length], new float[n * n], 1);
        known = [.. known];
        for (var round = 0; round < rounds; round++)
        {
            Shuffle(known, order * rounds + round);
            foreach (var (ids, gold) in known)
            {
                var guess = Decode(ids);
                for (var i = 0; i < gold.Length; i++)
                {
                    if (gold[i] != guess[i]) foreach (var feature in ids[i]) Move(_weights, sums, feature * n + gold[i], feature * n + guess[i], step);
                    if (i > 0 && (gold[i] != guess[i] || gold[i - 1] != guess[i - 1])) Move(_transitions, transitionSums, gold[i - 1] * n + gold[i], guess[i - 1] * n + guess[i], step);
                }

                step++;
            }
        }

        for (var i = 0; i < sums.Length; i++) _weights[i] -= sums[i] / step;
        for (var i = 0; i < transitionSums.Length; i++) if (!float.IsNegativeInfinity(_transitions[i])) _transitions[i] -= transitionSums[i] / step;
    }

    private static void Move(float[] weights, float[] sums, int right, int wrong, int step)
    {
        weights[right] += 1;
        sums[right] += step;
        weights[wrong] -= 1;
        sums[wrong] -= step;
    }

    private static void Shuffle<T>(T[] items, int seed)
    {
        var state = (uint)seed * 2654435761 + 12345;
        for (var i = items.Length - 1; i > 0; i--)
        {
            state = state * 1664525 + 1013904223;
            var j = (int)(state >> 8) % (i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private int[] Ids(string[] features)
    {
        var ids = new List<int>(features.Length);
        foreach (var feature in features) if (_features.TryGetValue(feature, out var id)) ids.Add(id);
        return [.. ids];
    }

    /// <summary>The best labels for a sentence.</summary>
    public string[] Tag(string[][] features) => [.. Decode([.. features.Select(Ids)]).Select(i => _labels[i])];

    private int[] Decode(int[][] words)
    {
        if (words.Length == 0) return [];
        var n = _labels.Length;
        var (score, back) = (new float[n], new int[words.Length, n]);
        for (var i = 0; i < words.Length; i++)
        {
            var next = new float[n];
            foreach (var feature in words[i])
                for (var label = 0; label < n; label++) next[label] += _weights[feature * n + label];
            for (var label = 0; label < n; label++)
            {
                if (i == 0)
                {
                    if (_labels[label][0] == 'I') next[label] = float.NegativeInfinity;
                    continue;
                }

                var (best, from) = (float.NegativeInfinity, 0);
                for (var before = 0; before < n; before++)
                    if (score[before] + _transitions[before * n + label] is var path && path > best) (best, from) = (path, before);
                next[label] += best;
                back[i, label] = from;
            }

            score = next;
        }

        var tags = new int[words.Length];
        for (var label = 1; label < n; label++) if (score[label] > score[tags[^1]]) tags[^1] = label;
        for (var i = words.Length - 1; i > 0; i--) tags[i - 1] = back[i, tags[i]];
        return tags;
    }

    /// <summary>Writes the weights as text: labels, transitions, then one feature a line with its weight for each label. Small weights are left out.</summary>
    public void Save(TextWriter writer, float least = 0.05f)
    {
        writer.WriteLine(string.Join('\t', _labels));
        writer.WriteLine(string.Join('\t', _transitions.Select(w => float.IsNegativeInfinity(w) ? "x" : w.ToString("0.##", CultureInfo.InvariantCulture))));
        foreach (var (name, id) in _features.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var row = _weights.AsSpan(id * _labels.Length, _labels.Length).ToArray();
            if (row.All(w => Math.Abs(w) < least)) continue;
            writer.WriteLine(name + "\t" + string.Join('\t', row.Select(w => Math.Abs(w) < least ? "" : w.ToString("0.##", CultureInfo.InvariantCulture))));
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The text is of another form.</exception>
    public static SequenceTagger Load(TextReader reader)
    {
        var labels = reader.ReadLine()?.Split('\t');
        var transitions = reader.ReadLine()?.Split('\t');
        if (labels is null || transitions?.Length != labels.Length * labels.Length) throw new InvalidDataException("The tagger's weights start with its labels and their transitions.");
        var tagger = new SequenceTagger(labels);
        for (var i = 0; i < transitions.Length; i++) if (transitions[i] != "x") tagger._transitions[i] = float.Parse(transitions[i], CultureInfo.InvariantCulture);
        var weights = new List<float>();
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split('\t');
            if (parts.Length != labels.Length + 1) throw new InvalidDataException("A line of the tagger's weights has another number of labels than the first.");
            tagger._features[parts[0]] = tagger._features.Count;
            for (var i = 1; i < parts.Length; i++) weights.Add(parts[i].Length == 0 ? 0 : float.Parse(parts[i], CultureInfo.InvariantCulture));
        }

        tagger._weights = [.. weights];
        return tagger;
    }
}
