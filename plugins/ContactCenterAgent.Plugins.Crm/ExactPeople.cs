using System.Collections.Concurrent;
using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Plugins.Crm;

/// <summary>The matcher of a plugin that is given none: what was said must be what is on file, letter for letter; case, blanks and signs do not count.</summary>
internal sealed class ExactPeople : IPersonMatcher
{
    private readonly ConcurrentDictionary<string, KnownPerson> _people = new(StringComparer.Ordinal);

    public void Put(KnownPerson person) => _people[person.Id] = person;

    public void Remove(string id) => _people.TryRemove(id, out _);

    public string? Find(PersonClaim claim, int itemsMin)
    {
        var fitting = claim.Names.IsEmpty ? [] : _people.Values.Where(p => Agrees(claim, p)).Take(2).ToList();
        return fitting.Count == 1 && claim.Items >= itemsMin ? fitting[0].Id : null;
    }

    private static bool Agrees(PersonClaim claim, KnownPerson person) =>
        Said(claim.Names, person.Name) && Said(claim.Postcodes, person.Postcode) && Said(claim.Births, person.Born?.ToString("O")) && Said(claim.Phones, person.Phone);

    /// <summary>The latest attempt counts, and of it the best reading.</summary>
    private static bool Said(ImmutableArray<ImmutableArray<string>> attempts, string? onFile) =>
        attempts.IsEmpty || (onFile is not null && attempts[^1].Length > 0 && Bare(attempts[^1][0]) == Bare(onFile));

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
