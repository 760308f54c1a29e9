using System.Collections.Immutable;

namespace ContactCenterAgent.Abstractions;

/// <summary>Finds the person of a table that a caller says to be, from all that was heard of several items together, sound-alikes and rival readings included.</summary>
/// <remarks>
/// Thread-safe. It holds its own copy of the people; the table's owner puts in every change. It answers only where it is sure, and never tells
/// why it is not: no person, two, or a wrong item look the same. The number that the network shows is never part of a claim.
/// </remarks>
public interface IPersonMatcher
{
    /// <summary>Adds a person, or takes the place of the one with this id.</summary>
    void Put(KnownPerson person);

    /// <summary>Forgets a person; an unknown id is no fault.</summary>
    void Remove(string id);

    /// <summary>The one person whom a claim means beyond doubt.</summary>
    /// <param name="claim">What was said.</param>
    /// <param name="itemsMin">How many items must speak for the person. With one, a name alone, every word of it must fit.</param>
    /// <returns>The id; null = nobody is sure enough.</returns>
    string? Find(PersonClaim claim, int itemsMin);
}

/// <summary>What a table knows of a person that a caller can say. Personal data.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Name">Given name first.</param>
/// <param name="Postcode">Any writing; null = unknown.</param>
/// <param name="Born">Day of birth; null = unknown.</param>
/// <param name="Phone">E.164; null = unknown.</param>
public sealed record KnownPerson(string Id, string Name, string? Postcode, DateOnly? Born, string? Phone)
{
    /// <summary>The id only.</summary>
    public override string ToString() => Id;
}

/// <summary>What a caller said of who they are: for each item one entry an attempt, each the readings of that attempt, best first. Personal data.</summary>
public sealed record PersonClaim
{
    /// <summary>Names.</summary>
    public ImmutableArray<ImmutableArray<string>> Names { get; init; } = [];

    /// <summary>Postcodes.</summary>
    public ImmutableArray<ImmutableArray<string>> Postcodes { get; init; } = [];

    /// <summary>Days of birth, in words or ISO 8601.</summary>
    public ImmutableArray<ImmutableArray<string>> Births { get; init; } = [];

    /// <summary>Telephone numbers.</summary>
    public ImmutableArray<ImmutableArray<string>> Phones { get; init; } = [];

    /// <summary>How many kinds of items were said.</summary>
    public int Items => (Names.IsEmpty ? 0 : 1) + (Postcodes.IsEmpty ? 0 : 1) + (Births.IsEmpty ? 0 : 1) + (Phones.IsEmpty ? 0 : 1);

    /// <summary>A count only: what was said is personal.</summary>
    public override string ToString() => $"[{Items} items]";
}
