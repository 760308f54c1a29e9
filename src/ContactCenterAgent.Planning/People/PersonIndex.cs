using System.Collections.Immutable;

namespace ContactCenterAgent.Planning.People;

/// <summary>
/// Finds the person that a caller says to be, from all readings of name, postcode and day of birth together: Fellegi-Sunter record linkage with
/// sound-alike comparisons over inverted indexes; no scan of the records. Immutable and thread-safe after it is built.
/// </summary>
/// <remarks>
/// A person is accepted only on two items or more, never on the network's number, and only above the probability that was calibrated for it.
/// Below, <see cref="PersonMatch.Next"/> says what to ask. An answer must never tell whether a record exists.
/// </remarks>
public sealed class PersonIndex
{
    /// <summary>Candidates that one kind of index may bring into a comparison.</summary>
    private const int CandidatesMax = 1500;

    /// <summary>Readings of one answer that are compared; recognisers' later ones add noise.</summary>
    private const int ReadingsMax = 8;

    private const int ManyPeople = 50_000;

    /// <summary>Rows that <see cref="PersonMatch.Ranked"/> holds.</summary>
    private const int RankedMax = 10;

    private readonly string[] _ids;
    private readonly int[] _given, _surname, _postcode;
    private readonly DateOnly?[] _born;
    private readonly NameTable _givenNames, _surnames;
    private readonly PostcodeTable _postcodes;
    private readonly Dictionary<(int, int), int[]> _byName;
    private readonly Dictionary<DateOnly, int[]> _byDay;

    /// <summary>Builds the index: a few seconds a million records.</summary>
    public PersonIndex(IEnumerable<PersonRecord> records)
    {
        var all = records.ToArray();
        _ids = [.. all.Select(r => r.Id)];
        _born = [.. all.Select(r => r.Born)];
        var names = all.Select(r => r.Name.ToLowerInvariant().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        (_givenNames, _given) = NameTable.Of(names.Select(n => n.Length > 0 ? n[0] : ""));
        (_surnames, _surname) = NameTable.Of(names.Select(n => n.Length > 1 ? n[1] : ""));
        (_postcodes, _postcode) = PostcodeTable.Of(all.Select(r => string.Concat((r.Postcode ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit))));
        _byName = Group(i => (_given[i], _surname[i]));
        _byDay = Group(i => _born[i] ?? DateOnly.MinValue);
        _byDay.Remove(DateOnly.MinValue);
    }

    /// <summary>Number of people.</summary>
    public int Count => _ids.Length;

    private Dictionary<TKey, int[]> Group<TKey>(Func<int, TKey> key)
        where TKey : notnull => Enumerable.Range(0, _ids.Length).GroupBy(key).ToDictionary(g => g.Key, g => g.ToArray());

    /// <summary>Ranks the people that the evidence could mean.</summary>
    public PersonMatch Match(PersonEvidence evidence)
    {
        var query = new Query(this, evidence);
        var scored = new List<(int Record, float Score)>();
        foreach (var record in query.Candidates()) scored.Add((record, query.Score(record)));
        scored.Sort((a, b) => b.Score.CompareTo(a.Score));
        var total = _ids.Length * PersonWeights.Nobody;
        foreach (var (_, score) in scored) total += Math.Exp(score);
        var ranked = scored.Take(RankedMax).Select(s => (_ids[s.Record], Math.Exp(s.Score) / total)).ToImmutableArray();
        var sure = ranked.Length > 0 && ranked[0].Item2 >= PersonWeights.AcceptMin && query.Supporting(scored[0].Record) >= 2;
        return new(ranked, sure ? ranked[0].Item1 : null, sure ? null : query.Next(scored.Count > 0 ? scored[0].Record : null));
    }

    /// <summary>One comparison: each distinct value is compared once.</summary>
    private sealed class Query
    {
        private readonly PersonIndex _index;
        private readonly List<NameEvidence> _names = [];
        private readonly List<string[]> _codes = [];
        private readonly List<BirthEvidence> _births = [];
        private readonly Dictionary<int, float> _nameScores = [], _postcodeScores = [];
        private readonly Dictionary<DateOnly, float> _birthScores = [];
        private readonly HashSet<int>[] _near;
        private readonly PersonEvidence _evidence;

        public Query(PersonIndex index, PersonEvidence evidence)
        {
            (_index, _evidence) = (index, evidence);
            foreach (var (item, readings) in evidence.Heard)
            {
                if (item == PersonItem.Name) _names.Add(new([.. readings.Take(ReadingsMax)]));
                if (item == PersonItem.Postcode) _codes.Add([.. readings.Take(ReadingsMax).Select(LetterSounds.Characters).Where(c => c.Length >= 2).Distinct()]);
                if (item == PersonItem.Born && new BirthEvidence([.. readings.Take(ReadingsMax)]) is { IsEmpty: false } birth) _births.Add(birth);
            }

            _near = [[.. _names.SelectMany(n => _index._givenNames.Near(n))], [.. _names.SelectMany(n => _index._surnames.Near(n))]];
        }

        /// <summary>Names that are not near what was heard are not compared where there are many.</summary>
        private bool IsFar(int name, int part) => _index.Count > ManyPeople && !_near[part].Contains(name);

        public HashSet<int> Candidates()
        {
            var found = new HashSet<int>();
            foreach (var code in _codes.SelectMany(c => _index._postcodes.Near(c)).Distinct()) Take(found, _index._postcodes.Records(code), CandidatesMax);
            var limit = found.Count + CandidatesMax;
            foreach (var birth in _births)
                foreach (var day in birth.Days().Distinct())
                    if (found.Count < limit && _index._byDay.TryGetValue(day, out var records)) Take(found, records, limit);
            limit = found.Count + CandidatesMax;
            foreach (var g in _near[0])
                foreach (var s in _near[1])
                    if (_index._byName.TryGetValue((g, s), out var records)) Take(found, records, limit);
            return found;
        }

        private static void Take(HashSet<int> found, IReadOnlyList<int> records, int limit)
        {
            foreach (var record in records) if (found.Count < limit) found.Add(record);
        }

        public float Score(int record) => Name(record) + Postcode(record) + Birth(record);

        private float Name(int record)
        {
            if (_names.Count == 0) return 0;
            return Part(_index._givenNames, _index._given[record], 0) + Part(_index._surnames, _index._surname[record], 1);
        }

        /// <summary>The best of the attempts, less what a second and third chance are worth by accident.</summary>
        private float Part(NameTable table, int name, int part)
        {
            if (_nameScores.TryGetValue(name * 2 + part, out var known)) return known;
            var best = PersonWeights.NameFloor;
            if (!IsFar(name, part)) foreach (var heard in _names) best = Math.Max(best, heard.LogChance(table.Text(name)) is var chance and > PersonWeights.NameFloor - 1 ? chance - table.LogFrequency(name) : PersonWeights.NameFloor);
            return _nameScores[name * 2 + part] = best;
        }

        private float Postcode(int record)
        {
            if (_codes.Count == 0) return 0;
            var code = _index._postcode[record];
            if (_postcodeScores.TryGetValue(code, out var known)) return known;
            var best = PersonWeights.PostcodeFloor;
            foreach (var attempt in _codes)
                foreach (var heard in attempt)
                    best = Math.Max(best, PersonWeights.PostcodeExact - _index._postcodes.LogFrequency(code) - PersonWeights.PostcodeEdit * LetterSounds.Distance(heard, _index._postcodes.Text(code)));
            return _postcodeScores[code] = best;
        }

        private float Birth(int record)
        {
            if (_births.Count == 0 || _index._born[record] is not { } born) return 0;
            if (_birthScores.TryGetValue(born, out var known)) return known;
            var best = PersonWeights.BirthFloor;
            foreach (var birth in _births) best = Math.Max(best, birth.LogOdds(born));
            return _birthScores[born] = best;
        }

        /// <summary>How many items speak for a person.</summary>
        public int Supporting(int record) => (Name(record) > 2 ? 1 : 0) + (Postcode(record) > 2 ? 1 : 0) + (Birth(record) > 2 ? 1 : 0);

        /// <summary>What was not heard yet, else what speaks least for the best person.</summary>
        public PersonItem? Next(int? best)
        {
            foreach (var item in Enum.GetValues<PersonItem>()) if (!_evidence.Heard.Any(h => h.Item == item)) return item;
            if (best is not { } record) return PersonItem.Name;
            var (name, postcode, birth) = (Name(record), Postcode(record), Birth(record));
            return name <= postcode && name <= birth ? PersonItem.Name : birth <= postcode ? PersonItem.Born : PersonItem.Postcode;
        }
    }
}
