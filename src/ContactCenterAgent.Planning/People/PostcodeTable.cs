using System.Runtime.InteropServices;

namespace ContactCenterAgent.Planning.People;

/// <summary>Distinct postcodes, found by the groups of neighbouring characters that they share with what was heard, characters that sound alike counting as one.</summary>
internal sealed class PostcodeTable
{
    private const int NearMax = 60, ManyCodes = 20_000, ExactShared = 100;

    private readonly List<string> _codes = [];
    private readonly List<int> _counts = [];
    private readonly List<List<int>> _records = [];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<int>> _byGroup = [];
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
            foreach (var group in Groups(code, 2).Concat(Groups(code, 3)).Distinct())
            {
                if (!_byGroup.TryGetValue(group, out var list)) _byGroup[group] = list = [];
                list.Add(id);
            }
        }

        _counts[id]++;
        _records[id].Add(record);
        return id;
    }

    public string Text(int code) => _codes[code];

    public IReadOnlyList<int> Records(int code) => _records[code];

    public float LogFrequency(int code) => MathF.Log((float)_counts[code] / _total);

    private static IEnumerable<int> Groups(string code, int length)
    {
        for (var i = 0; i + length <= code.Length; i++)
        {
            var group = length;
            for (var j = i; j < i + length; j++) group = group * 128 + Class(code[j]);
            yield return group;
        }
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

    /// <summary>The codes that fit what was heard best. Many codes are told apart by groups of three, few by pairs, which forgive more.</summary>
    public IEnumerable<int> Near(string[] readings)
    {
        var length = _codes.Count > ManyCodes ? 3 : 2;
        var shared = new Dictionary<int, int>();

        // Where there are many codes, one that was heard exactly leaves no room for the noise around it.
        if (_codes.Count > ManyCodes && readings.Where(_byText.ContainsKey).Select(r => _byText[r]).ToList() is { Count: > 0 } heard) return heard;
        foreach (var group in readings.SelectMany(r => Groups(r, length)).Distinct())
            if (_byGroup.TryGetValue(group, out var list)) foreach (var id in list) CollectionsMarshal.GetValueRefOrAddDefault(shared, id, out _)++;
        foreach (var reading in readings) if (_byText.TryGetValue(reading, out var exact)) shared[exact] = ExactShared;
        if (shared.Count == 0) return [];
        var ranked = new List<(int Shared, int Code)>(shared.Count);
        var most = shared.Values.Max();
        foreach (var (code, count) in shared) if (count * 2 > Math.Min(most, 6)) ranked.Add((count, code));
        ranked.Sort((a, b) => a.Shared != b.Shared ? b.Shared - a.Shared : a.Code - b.Code);
        return ranked.Take(NearMax * 4).OrderBy(r => readings.Min(heard => LetterSounds.Distance(heard, _codes[r.Code]))).Take(NearMax).Select(r => r.Code);
    }
}
