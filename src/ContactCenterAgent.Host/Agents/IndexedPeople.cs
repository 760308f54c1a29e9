using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Planning.People;

namespace ContactCenterAgent.Host.Agents;

/// <summary>People in the planner's index: the port that tools look callers up by.</summary>
internal sealed class IndexedPeople : IPersonMatcher, IDisposable
{
    private readonly PersonIndex _index = new();

    public void Put(KnownPerson person) => _index.Put(new(person.Id, person.Name, person.Postcode, person.Born) { Phone = person.Phone });

    public void Remove(string id) => _index.Remove(id);

    public string? Find(PersonClaim claim, int itemsMin)
    {
        var evidence = PersonEvidence.None;
        foreach (var (item, attempts) in ((PersonItem, ImmutableArray<ImmutableArray<string>>)[])
            [(PersonItem.Name, claim.Names), (PersonItem.Postcode, claim.Postcodes), (PersonItem.Born, claim.Births), (PersonItem.Phone, claim.Phones)])
            foreach (var readings in attempts) evidence = evidence.With(item, readings);
        return _index.Match(evidence, itemsMin).Accepted;
    }

    public void Dispose() => _index.Dispose();
}
