using System.Collections.Immutable;

namespace ContactCenterAgent.Planning.People;

/// <summary>What the business knows of a person that a caller can say. Personal data: never logged.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Name">Given name first.</param>
/// <param name="Postcode">Any writing; null = unknown.</param>
/// <param name="Born">Day of birth; null = unknown.</param>
public sealed record PersonRecord(string Id, string Name, string? Postcode, DateOnly? Born)
{
    /// <summary>Telephone number in any writing; null = unknown.</summary>
    public string? Phone { get; init; }

    /// <summary>The id only.</summary>
    public override string ToString() => Id;
}

/// <summary>What a caller can be asked to say of who they are.</summary>
public enum PersonItem
{
    /// <summary>Given name and surname.</summary>
    Name,

    /// <summary>Postcode.</summary>
    Postcode,

    /// <summary>Day of birth.</summary>
    Born,

    /// <summary>Telephone number, as the caller says it. The number that the network shows is no evidence.</summary>
    Phone,
}

/// <summary>What was heard so far of who the caller is.</summary>
public sealed record PersonEvidence
{
    /// <summary>Nothing heard.</summary>
    public static readonly PersonEvidence None = new();

    /// <summary>One entry for each time an item was said: the recogniser's readings, best first.</summary>
    public ImmutableArray<(PersonItem Item, ImmutableArray<string> Readings)> Heard { get; init; } = [];

    /// <summary>Adds what was heard to the question for an item; nothing heard adds nothing.</summary>
    public PersonEvidence With(PersonItem item, params ImmutableArray<string> readings) =>
        readings.All(string.IsNullOrWhiteSpace) ? this : this with { Heard = Heard.Add((item, readings)) };

    /// <summary>Items and counts only: what was said is personal.</summary>
    public override string ToString() => $"[{Heard.Length} heard]";
}

/// <summary>The people that the words could mean.</summary>
/// <param name="Ranked">Ids with the probability that the caller is that person, best first; at most ten.</param>
/// <param name="Accepted">The person, where one is sure enough; else null. Whether a record exists must not be told from it.</param>
/// <param name="Next">The item that would help most; null where all were heard well.</param>
public sealed record PersonMatch(ImmutableArray<(string Id, double Probability)> Ranked, string? Accepted, PersonItem? Next);
