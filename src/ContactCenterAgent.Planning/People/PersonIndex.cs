using System.Collections.Immutable;

namespace ContactCenterAgent.Planning.People;

/// <summary>
/// Finds the person that a caller says to be, from all readings of name, postcode, day of birth and telephone number together: Fellegi-Sunter
/// record linkage with sound-alike comparisons over inverted indexes; no scan of the records. People may be put in, changed and removed at any
/// time. Thread-safe: searches run side by side, changes one at a time.
/// </summary>
/// <remarks>
/// A person is accepted only above the probability that was calibrated for it, and on two items or more unless less is asked for; the network's
/// number is never an item. Below, <see cref="PersonMatch.Next"/> says what to ask. An answer must never tell whether a record exists.
/// </remarks>
public sealed class PersonIndex : IDisposable
{
    /// <summary>Rows that <see cref="PersonMatch.Ranked"/> holds.</summary>
    private const int RankedMax = 10;

    /// <summary>Items that must speak for a person.</summary>
    public const int ItemsMin = 2;

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<string, int> _byId;
    private readonly Stack<int> _free = [];

    /// <summary>An empty index.</summary>
    public PersonIndex()
        : this([])
    {
    }

    /// <summary>Builds the index: a few seconds a million records. Of records with one id the last counts.</summary>
    public PersonIndex(IEnumerable<PersonRecord> records)
    {
        var count = records.TryGetNonEnumeratedCount(out var known) ? known : 0;
        _byId = new(count, StringComparer.Ordinal);
        Table = new(count);
        foreach (var record in records) Add(record);
    }

    private PersonTable Table { get; }

    /// <summary>Number of people.</summary>
    public int Count => _byId.Count;

    /// <summary>Adds a person, or takes the place of the one with this id.</summary>
    public void Put(PersonRecord record)
    {
        _lock.EnterWriteLock();
        try
        {
            Add(record);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Forgets a person; an unknown id is no fault.</summary>
    public void Remove(string id)
    {
        _lock.EnterWriteLock();
        try
        {
            if (!_byId.Remove(id, out var record)) return;
            Table.Unlink(record);
            _free.Push(record);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    private void Add(PersonRecord record)
    {
        if (_byId.TryGetValue(record.Id, out var at)) Table.Unlink(at);
        else if (!_free.TryPop(out at)) at = Table.Count;
        _byId[record.Id] = at;
        Table.Link(at, record);
    }

    /// <summary>Ranks the people that the evidence could mean.</summary>
    /// <param name="evidence">What was heard.</param>
    /// <param name="itemsMin">Items that must speak for the person who is accepted. With one, every word of a name must fit.</param>
    public PersonMatch Match(PersonEvidence evidence, int itemsMin = ItemsMin)
    {
        _lock.EnterReadLock();
        try
        {
            return Ranked(new(Table, evidence), itemsMin);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private PersonMatch Ranked(PersonQuery query, int itemsMin)
    {
        var scored = query.Scored();
        scored.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Record - b.Record);
        var total = Count * PersonWeights.Nobody;
        foreach (var (_, score) in scored) total += Math.Exp(score);
        var ranked = scored.Take(RankedMax).Select(s => (Table.Id(s.Record), Math.Exp(s.Score) / total)).ToImmutableArray();
        var sure = ranked.Length > 0 && ranked[0].Item2 >= PersonWeights.AcceptMin && query.Supports(scored[0].Record, itemsMin);
        return new(ranked, sure ? ranked[0].Item1 : null, sure ? null : query.Next(scored.Count > 0 ? scored[0].Record : null));
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
