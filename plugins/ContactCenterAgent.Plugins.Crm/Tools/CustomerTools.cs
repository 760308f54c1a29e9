using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Crm.Storage;
using ContactCenterAgent.Plugins.Shared;

namespace ContactCenterAgent.Plugins.Crm.Tools;

/// <summary>
/// Who is calling. Both reads give one row or none, and none looks the same whether there is no such customer, there are two, or a detail is wrong.
/// Names, postcodes and numbers may sound alike and be heard several ways (<see cref="CustomerDirectory"/>); the network's number is never looked at.
/// They have no examples: nobody calls to be found; they are run where another tool needs a customer.
/// </summary>
internal static class CustomerTools
{
    /// <summary>With two items said plainly both must fit; a third may then be misheard.</summary>
    private const int TwoItems = 2;

    /// <summary>A day of birth further down the recogniser's list proves nothing: a mumble must not try many days at once.</summary>
    private const int ReadingsThatProve = 3;

    private const string NoMatch = "I'm afraid I couldn't match those details.";

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private static readonly ToolParameter Name = new()
    {
        Name = "name",
        Type = ParameterType.PersonName,
        Description = "First and last name.",
        Ask = "May I have your full name, please?",
    };

    private static readonly ToolParameter Heard = new()
    {
        Name = Claims.Heard,
        Type = ParameterType.Readings,
        Required = false,
        Description = "Filled by the agent itself.",
    };

    // Its question is for a second try: what tells two people of one name apart.
    private static readonly ToolParameter Postcode = new()
    {
        Name = "postcode",
        Type = ParameterType.Postcode,
        Required = false,
        Description = "Postcode of the address on file.",
        Ask = "What's your postcode?",
    };

    public static readonly ToolDescriptor Find = new()
    {
        Name = "find_customer",
        Description = "Finds the one customer of a name, told apart by postcode or telephone number where several have it.",
        Effect = ToolEffect.Read,
        Parameters =
        [
            Name,
            Postcode,
            new() { Name = "phone", Type = ParameterType.Phone, Required = false, Description = "Telephone number on file.", Ask = "What number do you have with us?" },
            Heard,
        ],
        Finds = new("customer", "customer_id"),
        Grants = new(AssuranceLevel.Identified, "identified", "true", "customer_id"),
        Discloses = AssuranceLevel.Verified,
        MaxAge = MaxAge,
        Deadline = CrmPlugin.ReadDeadline,
        BackEnd = CrmPlugin.BackEnd,
        Phrases = new() { One = "Thank you, {name}.", Nothing = NoMatch },
    };

    public static readonly ToolDescriptor Verify = new()
    {
        Name = "verify_customer",
        Description = "Checks that the caller is the customer they say they are, by name and date of birth.",
        Effect = ToolEffect.Read,
        Parameters =
        [
            Name,
            new() { Name = "date_of_birth", Type = ParameterType.DateOfBirth, Description = "Date of birth.", Ask = "And what is your date of birth?" },
            Postcode,
            Heard,
        ],
        Finds = new("customer", "customer_id"),
        Grants = new(AssuranceLevel.Verified, "verified", "true", "customer_id"),
        Discloses = AssuranceLevel.Verified,
        MaxAge = MaxAge,
        Deadline = CrmPlugin.ReadDeadline,
        BackEnd = CrmPlugin.BackEnd,
        Phrases = new() { One = "Thank you, {name}.", Nothing = NoMatch },
    };

    public static IEnumerable<Tool> Create(CustomerDirectory customers)
    {
        yield return new(Find, Function(Find, customers, "identified", said => Math.Min(said, TwoItems), (_, _) => true));
        yield return new(Verify, Function(Verify, customers, "verified", said => said, SaysTheDay));
    }

    private static ToolFunction Function(
        ToolDescriptor tool, CustomerDirectory customers, string level, Func<int, int> itemsMin, Func<PersonClaim, CustomerRow, bool> proves) =>
        new(tool, null, async (arguments, cancellationToken) =>
        {
            foreach (var parameter in tool.Parameters) if (parameter.Required) arguments.Require(parameter.Name);
            var claim = Claims.Of(arguments);
            var said = tool.Parameters.Count(p => p.Type != ParameterType.Readings && arguments.Find(p.Name) is not null);
            return await customers.FindAsync(claim, itemsMin(said), cancellationToken) is { } found && proves(claim, found)
                ? ToolFunction.Rows([new JsonObject { ["customer_id"] = found.Id, ["name"] = found.Name, [level] = true }])
                : ToolFunction.Rows([]);
        });

    /// <summary>Who a caller is may be guessed from what sounds alike, but what proves it must be the day on file.</summary>
    private static bool SaysTheDay(PersonClaim claim, CustomerRow customer) =>
        claim.Births is [.., var last] && last.Take(ReadingsThatProve).Contains(customer.DateOfBirth);
}
