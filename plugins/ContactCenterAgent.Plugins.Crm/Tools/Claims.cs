using System.Collections.Immutable;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Shared;

namespace ContactCenterAgent.Plugins.Crm.Tools;

/// <summary>What a caller said of who they are, from a read's arguments and the readings that stand beside them.</summary>
internal static class Claims
{
    /// <summary>The parameter of type <see cref="ParameterType.Readings"/>.</summary>
    public const string Heard = "heard";

    /// <exception cref="ArgumentException">The readings are not of their form.</exception>
    public static PersonClaim Of(ToolArguments arguments)
    {
        var heard = Readings(arguments);
        ImmutableArray<ImmutableArray<string>> Attempts(string name)
        {
            var attempts = heard.GetValueOrDefault(name, []);
            return arguments.Find(name) is not { } said ? attempts
                : attempts is [.., var last] && last.Contains(said) ? attempts.SetItem(attempts.Length - 1, [said, .. last.Remove(said)])
                : attempts.Add([said]);
        }

        return new() { Names = Attempts("name"), Postcodes = Attempts("postcode"), Births = Attempts("date_of_birth"), Phones = Attempts("phone") };
    }

    private static Dictionary<string, ImmutableArray<ImmutableArray<string>>> Readings(ToolArguments arguments)
    {
        if (arguments.Find(Heard) is not { } json) return [];
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, ImmutableArray<ImmutableArray<string>>>>(json) ?? [];
        }
        catch (JsonException)
        {
            throw ToolArguments.Unacceptable(Heard);
        }
    }
}
