using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Learning;

/// <summary>What a slot of a schema without types means, told from its name and its values.</summary>
public static class SlotTypes
{
    /// <summary>The type; <see cref="ParameterType.Text"/> where nothing tells more.</summary>
    /// <param name="name">Snake case: <c>departure_date</c>.</param>
    /// <param name="values">Possible values; empty = open.</param>
    public static ParameterType Of(string name, IReadOnlyCollection<string> values)
    {
        if (values.Count > 0 && values.All(v => v.All(char.IsAsciiDigit))) return ParameterType.Count;
        if (values.Count > 0 && values.All(v => v.ToLowerInvariant() is "true" or "false" or "yes" or "no")) return ParameterType.Boolean;
        if (values.Count > 0) return ParameterType.Choice;
        var words = name.ToLowerInvariant().Split('_', '-', ' ');
        if (words.Contains("birth") || words.Contains("dob")) return ParameterType.DateOfBirth;
        if (words.Contains("date") || words.Contains("day")) return ParameterType.Date;
        if (words.Contains("time")) return ParameterType.Time;
        if (words.Contains("phone") || words.Contains("telephone")) return ParameterType.Phone;
        if (words.Contains("email") || words.Contains("mail")) return ParameterType.Email;
        if (words.Contains("postcode") || words.Contains("zip")) return ParameterType.Postcode;
        if (words.Intersect(["number", "size", "count", "people", "passengers", "guests", "days", "nights", "tickets", "rooms", "adults", "children"]).Any()) return ParameterType.Count;
        if (words.Intersect(["amount", "price", "rent", "balance", "fee", "cost", "fare"]).Any()) return ParameterType.Money;
        if (words.Intersect(["city", "area", "location", "origin", "destination", "place", "town", "from", "to"]).Any() && !words.Contains("name") && !words.Contains("airport")) return ParameterType.Place;
        return words.Intersect(["first", "last", "person", "surname", "guest"]).Any() ? ParameterType.PersonName : ParameterType.Text;
    }

    /// <summary>A declaration from a schema's slot.</summary>
    public static SlotDeclaration Declare(string name, string description, IReadOnlyCollection<string> values) =>
        new(name, Of(name, values), [.. values.Select(v => new ChoiceValue(v, Other(v)))], description);

    /// <summary>A plural or singular end and a hyphen more or less name the same value.</summary>
    private static ImmutableArray<string> Other(string value) => value.Contains('-') ? [value.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()] : [];
}
