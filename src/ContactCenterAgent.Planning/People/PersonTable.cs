namespace ContactCenterAgent.Planning.People;

/// <summary>The records by column, and where each value of a column occurs.</summary>
internal sealed class PersonTable
{
    private const int NoDay = -1;

    private readonly List<string> _ids;
    private readonly List<int> _given, _surname, _postcode, _born;
    private readonly List<long> _phone;
    private readonly RecordLists _byName = new(), _byPostcode = new(), _byDay = new(), _byPhone = new();

    /// <param name="capacity">Records to make room for.</param>
    public PersonTable(int capacity)
    {
        _ids = new(capacity);
        (_given, _surname, _postcode, _born, _phone) = (new(capacity), new(capacity), new(capacity), new(capacity), new(capacity));
    }

    /// <summary>Numbers of records in use or free.</summary>
    public int Count => _ids.Count;

    public NameTable GivenNames { get; } = new();

    public NameTable Surnames { get; } = new();

    public PostcodeTable Postcodes { get; } = new();

    public string Id(int record) => _ids[record];

    public int Given(int record) => _given[record];

    public int Surname(int record) => _surname[record];

    public int Postcode(int record) => _postcode[record];

    public long Phone(int record) => _phone[record];

    /// <summary>Day number of the day of birth; null = unknown.</summary>
    public int? Born(int record) => _born[record] is var day and not NoDay ? day : null;

    public IEnumerable<int> WithName(int given, int surname) => Chain(_byName, Pair(given, surname));

    public IEnumerable<int> WithPostcode(int postcode) => Chain(_byPostcode, postcode);

    public IEnumerable<int> WithBirth(DateOnly day) => Chain(_byDay, day.DayNumber);

    public IEnumerable<int> WithPhone(long phone) => Chain(_byPhone, phone);

    private static IEnumerable<int> Chain(RecordLists lists, long key)
    {
        for (var record = lists.First(key); record >= 0; record = lists.Next(record)) yield return record;
    }

    private static long Pair(int given, int surname) => (long)given << 32 | (uint)surname;

    public void Link(int record, PersonRecord person)
    {
        if (record == _ids.Count)
        {
            _ids.Add("");
            _given.Add(0);
            _surname.Add(0);
            _postcode.Add(0);
            _born.Add(NoDay);
            _phone.Add(0);
        }

        var (given, surname) = PersonText.Parts(person.Name);
        _ids[record] = person.Id;
        _given[record] = GivenNames.Add(given);
        _surname[record] = Surnames.Add(surname);
        _postcode[record] = Postcodes.Add(Bare(person.Postcode));
        _born[record] = person.Born?.DayNumber ?? NoDay;
        _phone[record] = PersonText.Phone(person.Phone);
        _byName.Add(Pair(_given[record], _surname[record]), record);
        _byPostcode.Add(_postcode[record], record);
        if (_born[record] != NoDay) _byDay.Add(_born[record], record);
        if (_phone[record] != 0) _byPhone.Add(_phone[record], record);
    }

    public void Unlink(int record)
    {
        _byName.Remove(Pair(_given[record], _surname[record]), record);
        _byPostcode.Remove(_postcode[record], record);
        if (_born[record] != NoDay) _byDay.Remove(_born[record], record);
        if (_phone[record] != 0) _byPhone.Remove(_phone[record], record);
        GivenNames.Remove(_given[record]);
        Surnames.Remove(_surname[record]);
        Postcodes.Remove(_postcode[record]);
    }

    private static string Bare(string? postcode) => string.Concat((postcode ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));
}
