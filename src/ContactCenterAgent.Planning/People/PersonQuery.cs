namespace ContactCenterAgent.Planning.People;

/// <summary>One comparison of what was heard with the records. Each distinct value is compared once, and records that cannot come near the best are not compared in full.</summary>
internal sealed class PersonQuery
{
    /// <summary>Candidates that one kind of index may bring into a comparison.</summary>
    private const int CandidatesMax = 700;

    /// <summary>Readings of one answer that are compared; recognisers' later ones add noise.</summary>
    private const int ReadingsMax = 8;

    /// <summary>A record whose odds are this far below the best's cannot matter: e^-12 of it, of a few thousand.</summary>
    private const float FarBelow = 12;

    /// <summary>Log odds from which an item speaks for a person.</summary>
    private const float SupportMin = 2;

    private readonly PersonTable _table;
    private readonly NameEvidence _name = new();
    private readonly PostcodeEvidence _postcode = new();
    private readonly BirthEvidence _birth = new();
    private readonly HashSet<long> _phones = [];
    private readonly HashSet<PersonItem> _heard = [];
    private readonly Dictionary<int, float> _given, _surnames;
    private readonly Dictionary<int, float> _birthScores = [];

    public PersonQuery(PersonTable table, PersonEvidence evidence)
    {
        _table = table;
        foreach (var (item, all) in evidence.Heard)
        {
            _heard.Add(item);
            var readings = all.Length > ReadingsMax ? all[..ReadingsMax] : all;
            if (item == PersonItem.Name) _name.Add(readings);
            else if (item == PersonItem.Postcode) _postcode.Add(readings);
            else if (item == PersonItem.Born) _birth.Add(readings);
            else _phones.UnionWith(readings.Select(r => PersonText.Phone(r)).Where(p => p != 0));
        }

        (_given, _surnames) = (table.GivenNames.Near(_name), table.Surnames.Near(_name));
    }

    /// <summary>The records that could be meant, with their log odds; in no order.</summary>
    public List<(int Record, float Score)> Scored()
    {
        var candidates = Candidates().Select(r => (Record: r, Score: Name(r) + Birth(r) + Phone(r))).ToList();
        if (_postcode.IsEmpty) return candidates;
        candidates.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Record - b.Record);
        var (best, scored) = (float.MinValue, new List<(int, float)>(candidates.Count));
        foreach (var (record, score) in candidates)
        {
            var code = _table.Postcode(record);
            if (score + PostcodeOdds(code, _postcode.DistanceAtLeast(code, _table.Postcodes)) < best - FarBelow) continue;
            var whole = score + PostcodeOdds(code, _postcode.Distance(code, _table.Postcodes));
            best = Math.Max(best, whole);
            scored.Add((record, whole));
        }

        return scored;
    }

    private HashSet<int> Candidates()
    {
        var found = new HashSet<int>();
        foreach (var phone in _phones) Take(found, _table.WithPhone(phone), CandidatesMax);
        var limit = found.Count + CandidatesMax;
        if (!_postcode.IsEmpty) foreach (var code in _table.Postcodes.Near(_postcode)) Take(found, _table.WithPostcode(code), limit);
        limit = found.Count + CandidatesMax;
        foreach (var day in _birth.Days())
        {
            if (found.Count >= limit) break;
            Take(found, _table.WithBirth(day), limit);
        }

        limit = found.Count + CandidatesMax;
        foreach (var (given, surname) in NamePairs())
        {
            if (found.Count >= limit) break;
            Take(found, _table.WithName(given, surname), limit);
        }

        return found;
    }

    /// <summary>Given names and surnames that were heard, the likeliest pairs first.</summary>
    private IEnumerable<(int Given, int Surname)> NamePairs() =>
        _given.SelectMany(g => _surnames.Select(s => (Given: g.Key, Surname: s.Key, Score: g.Value + s.Value))).OrderByDescending(p => p.Score).Select(p => (p.Given, p.Surname));

    private static void Take(HashSet<int> found, IEnumerable<int> records, int limit)
    {
        foreach (var record in records)
        {
            if (found.Count >= limit) return;
            found.Add(record);
        }
    }

    private float Name(int record) => _name.IsEmpty
        ? 0
        : _given.GetValueOrDefault(_table.Given(record), PersonWeights.NameFloor) + _surnames.GetValueOrDefault(_table.Surname(record), PersonWeights.NameFloor);

    private float PostcodeOdds(int code, float distance) =>
        Math.Max(PersonWeights.PostcodeFloor, PersonWeights.PostcodeExact - _table.Postcodes.LogFrequency(code) - PersonWeights.PostcodeEdit * distance);

    private float Postcode(int record) =>
        _postcode.IsEmpty ? 0 : PostcodeOdds(_table.Postcode(record), _postcode.Distance(_table.Postcode(record), _table.Postcodes));

    private float Birth(int record)
    {
        if (_birth.IsEmpty || _table.Born(record) is not { } born) return 0;
        if (_birthScores.TryGetValue(born, out var known)) return known;
        return _birthScores[born] = _birth.LogOdds(DateOnly.FromDayNumber(born));
    }

    private float Phone(int record) => _phones.Count == 0 ? 0 : _phones.Contains(_table.Phone(record)) ? PersonWeights.PhoneSame : PersonWeights.PhoneOther;

    /// <summary>Whether enough items speak for a person. A name by itself must fit word for word: what else was said would be somebody else's.</summary>
    public bool Supports(int record, int itemsMin)
    {
        var items = new[] { Name(record), Postcode(record), Birth(record), Phone(record) }.Count(odds => odds > SupportMin);
        return items >= itemsMin && (items > 1 || _name.SaysOnly(w => _table.GivenNames.IsLike(_table.Given(record), w) || _table.Surnames.IsLike(_table.Surname(record), w)));
    }

    /// <summary>What was not heard yet, else what speaks least for the best person.</summary>
    public PersonItem? Next(int? best)
    {
        foreach (var item in (PersonItem[])[PersonItem.Name, PersonItem.Postcode, PersonItem.Born]) if (!_heard.Contains(item)) return item;
        if (best is not { } record) return PersonItem.Name;
        var (name, postcode, birth) = (Name(record), Postcode(record), Birth(record));
        return name <= postcode && name <= birth ? PersonItem.Name : birth <= postcode ? PersonItem.Born : PersonItem.Postcode;
    }
}
