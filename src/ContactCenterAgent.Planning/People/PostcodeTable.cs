namespace ContactCenterAgent.Planning.People;

/// <summary>Distinct postcodes, found by the pairs of neighbouring characters that they share with what was heard, characters that sound alike counting as one.</summary>
internal sealed class PostcodeTable
{
    private const int NearMax = 60;

    private readonly List<string> _codes = [];
    private readonly List<int> _counts = [];
    private readonly List<List<int>> _records = [];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<int>> _byPair = [];
    private int _total;

    public static (PostcodeTable, int[]) Of(IEnumerable<string> codes)
    {
        var table = new PostcodeTable();
        var ids = codes.Select((code, record) => table.Add(code, record)).ToArray();
        return (table, ids);
    }

    private int Add(string code, int record)
    {
        _total++;
        if (!_byText.TryGetValue(code, out var id))
        {
            _byText[code] = id = _codes.Count;
            _codes.Add(code);
            _counts.Add(0);
            _records.Add([]);
            foreach (var pair in Pairs(code).Distinct())
            {
                if (!_byPair.TryGetValue(pair, out var list)) _byPair[pair] = list = [];
                list.Add(id);
            }
        }

        _counts[id]++;
        _records[id].Add(record);
        return id;
    }

    public string Text(int code) => _codes[code];

    public int[] Records(int code) => [.. _records[code]];

    public float LogFrequency(int code) => MathF.Log((float)_counts[code] / _total);

    private static IEnumerable<int> Pairs(string code)
    {
        for (var i = 0; i + 1 < code.Length; i++) yield return Class(code[i]) * 128 + Class(code[i + 1]);
    }

    private static int Class(char c) => c switch
    {
        'B' or 'C' or 'D' or 'E' or 'G' or 'P' or 'T' or 'V' or 'Z' or '3' => 1,
        'A' or 'J' or 'K' or 'H' or '8' => 2,
        'F' or 'S' or 'X' or '6' => 3,
        'M' or 'N' => 4,
        'I' or 'Y' or '5' or '9' => 5,
        'Q' or 'U' or 'W' or '2' => 6,
        'O' or '0' => 7,
        _ => c,
    };

    /// <summary>The codes that fit what was heard best.</summary>
    public IEnumerable<int> Near(string[] readings)
    {
        var shared = new Dictionary<int, int>();
        foreach (var reading in readings)
        {
            if (_byText.TryGetValue(reading, out var exact)) shared[exact] = shared.GetValueOrDefault(exact) + 10;
            foreach (var pair in Pairs(reading).Distinct())
                if (_byPair.TryGetValue(pair, out var list)) foreach (var id in list) shared[id] = shared.GetValueOrDefault(id) + 1;
        }

        return shared.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(NearMax * 5).Select(s => s.Key)
            .OrderBy(id => readings.Min(r => LetterSounds.Distance(r, _codes[id]))).Take(NearMax);
    }
}
