namespace ContactCenterAgent.Planning;

/// <summary>Names of people as the business knows them (its customers' given names and surnames). Thread-safe; answers within a microsecond.</summary>
public interface INameLists
{
    /// <summary>Whether a word is somebody's given name.</summary>
    /// <param name="word">Lower case.</param>
    bool IsGivenName(string word);

    /// <summary>Whether a word is somebody's surname, or a part of one.</summary>
    /// <param name="word">Lower case.</param>
    bool IsSurname(string word);
}

/// <summary>No lists: names are then told by the shape of the sentence alone ("my name is ...").</summary>
public sealed class NoNameLists : INameLists
{
    /// <summary>The only one that is needed.</summary>
    public static readonly NoNameLists Instance = new();

    /// <inheritdoc/>
    public bool IsGivenName(string word) => false;

    /// <inheritdoc/>
    public bool IsSurname(string word) => false;
}

/// <summary>Lists held in memory.</summary>
public sealed class NameLists : INameLists
{
    private readonly HashSet<string> _given;
    private readonly HashSet<string> _surnames;

    /// <summary>Lists of names in any case; a surname of several words counts by each.</summary>
    public NameLists(IEnumerable<string> givenNames, IEnumerable<string> surnames)
    {
        _given = new(givenNames, StringComparer.OrdinalIgnoreCase);
        _surnames = new(surnames.SelectMany(s => s.Split(' ', '-')), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Lists made from whole names: the first word is the given name, the rest the surname.</summary>
    public static NameLists OfPeople(IEnumerable<string> people)
    {
        var split = people.Select(p => p.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Where(p => p.Length == 2).ToList();
        return new(split.Select(p => p[0]), split.Select(p => p[1]));
    }

    /// <inheritdoc/>
    public bool IsGivenName(string word) => _given.Contains(word);

    /// <inheritdoc/>
    public bool IsSurname(string word) => _surnames.Contains(word);
}
