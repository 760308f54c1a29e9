using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace ContactCenterAgent.Planning.People;

/// <summary>Distinct postcodes, found by the groups of neighbouring characters that they share with what was heard, characters that sound alike counting as one.</summary>
internal sealed class PostcodeTable
{
    /// <summary>Longest code that is told apart; ZIP+4 has nine characters.</summary>
    public const int LengthMax = 10;

    private const int NearMax = 60, ComparedMax = 240, ManyCodes = 20_000;

    /// <summary>Entries of index lists that one search reads, rarest groups first: the commonest groups tell the least.</summary>
    private const int PostingsMax = 40_000;

    private readonly List<ulong> _codes = [];
    private readonly List<int> _counts = [];
    private readonly Dictionary<ulong, int> _byText = [];
    private readonly ConcurrentBag<byte[]> _scratch = [];
    private readonly Dictionary<int, List<int>> _byPair = [], _byTriple = [];
    private int _total;

    /// <summary>Counts a code, which may be new.</summary>
    /// <param name="code">Upper-case letters and digits.</param>
    public int Add(ReadOnlySpan<char> code)
    {
        code = code[..Math.Min(code.Length, LengthMax)];
        _total++;
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_byText, Packed(code), out var known);
        if (!known)
        {
            id = _codes.Count;
            _codes.Add(Packed(code));
            _counts.Add(0);
            Put(_byPair, code, 2, id);
            Put(_byTriple, code, 3, id);
        }

        _counts[id]++;
        return id;
    }

    public void Remove(int code)
    {
        _total--;
        _counts[code]--;
    }

    private static void Put(Dictionary<int, List<int>> index, ReadOnlySpan<char> code, int length, int id)
    {
        for (var i = 0; i + length <= code.Length; i++)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(index, Group(code, i, length), out _);
            list ??= [];
            if (list.Count == 0 || list[^1] != id) list.Add(id);
        }
    }

    /// <summary>Six bits a character.</summary>
    private static ulong Packed(ReadOnlySpan<char> code)
    {
        var packed = 0UL;
        foreach (var c in code) packed = packed << 6 | (uint)(char.IsAsciiDigit(c) ? c - '0' + 1 : char.IsAsciiLetterUpper(c) ? c - 'A' + 11 : 63);
        return packed;
    }

    /// <summary>The characters of a code.</summary>
    /// <param name="code">Its id.</param>
    /// <param name="into">Receives them; <see cref="LengthMax"/> long.</param>
    public ReadOnlySpan<char> Text(int code, Span<char> into)
    {
        var at = LengthMax;
        for (var rest = _codes[code]; rest != 0; rest >>= 6) into[--at] = (rest & 63) switch { 63 => '?', > 10 and var letter => (char)('A' + (int)letter - 11), var digit => (char)('0' + (int)digit - 1) };
        return into[at..LengthMax];
    }

    public float LogFrequency(int code) => MathF.Log((float)Math.Max(_counts[code], 1) / Math.Max(_total, 1));

    private static int Group(ReadOnlySpan<char> code, int from, int length)
    {
        var group = length;
        for (var j = from; j < from + length; j++) group = group * 128 + Class(code[j]);
        return group;
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
        _ => c < 128 ? c : 127,
    };

    /// <summary>The codes that fit what was heard best. Many codes are told apart by groups of three, few by pairs, which forgive more.</summary>
    public IEnumerable<int> Near(PostcodeEvidence heard)
    {
        var many = _codes.Count > ManyCodes;

        // Where there are many codes, one that was heard exactly leaves no room for the noise around it.
        var exact = heard.Readings.Select(r => r.Text.Length <= LengthMax && _byText.TryGetValue(Packed(r.Text), out var id) ? id : -1).Where(id => id >= 0).ToList();
        if (many && exact.Count > 0) return exact;
        var (index, length) = many ? (_byTriple, 3) : (_byPair, 2);
        var lists = new List<List<int>>();
        foreach (var group in heard.Readings.SelectMany(r => Enumerable.Range(0, Math.Max(0, r.Text.Length - length + 1)).Select(i => Group(r.Text, i, length))).Distinct())
            if (index.TryGetValue(group, out var list)) lists.Add(list);
        lists.Sort((a, b) => a.Count - b.Count);
        return exact.Concat(Shared(lists).OrderBy(c => heard.Distance(c, this)).Take(NearMax)).Distinct();
    }

    /// <summary>The codes that stand in most of the lists, at most <see cref="ComparedMax"/>.</summary>
    private List<int> Shared(List<List<int>> lists)
    {
        // One counter a code, all zero again when the search is over; searches of several callers run at once.
        var shared = _scratch.TryTake(out var used) && used.Length >= _codes.Count ? used : new byte[_codes.Count + _codes.Count / 8];
        var touched = new List<int>();
        var (most, read) = (0, 0);
        foreach (var list in lists.Take(byte.MaxValue))
        {
            if (read > 0 && read + list.Count > PostingsMax) break;
            read += list.Count;
            foreach (var id in CollectionsMarshal.AsSpan(list))
            {
                ref var count = ref shared[id];
                if (count++ == 0) touched.Add(id);
                most = Math.Max(most, count);
            }
        }

        Span<int> histogram = stackalloc int[byte.MaxValue + 1];
        foreach (var id in touched) histogram[shared[id]]++;
        var (least, found) = (most + 1, 0);
        while (least > Math.Min(most, 6) / 2 + 1 && found < ComparedMax) found += histogram[--least];
        var best = touched.Where(id => shared[id] >= least).OrderByDescending(id => shared[id]).ThenBy(id => id).Take(ComparedMax).ToList();
        foreach (var id in touched) shared[id] = 0;
        _scratch.Add(shared);
        return best;
    }
}
