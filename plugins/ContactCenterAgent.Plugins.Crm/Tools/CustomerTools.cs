using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Crm.Storage;
using ContactCenterAgent.Plugins.Shared;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Plugins.Crm.Tools;

/// <summary>
/// Who is calling. Both reads give one row or none, and none looks the same whether there is no such customer, there are two, or a detail is wrong.
/// They have no examples: nobody calls to be found; they are run where another tool needs a customer.
/// </summary>
internal static class CustomerTools
{
    private const string NoMatch = "I'm afraid I couldn't match those details.";

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private static readonly ToolParameter Name = new()
    {
        Name = "name",
        Type = ParameterType.PersonName,
        Description = "First and last name.",
        Ask = "May I have your full name, please?",
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
        ],
        Finds = new("customer", "customer_id"),
        Grants = new(AssuranceLevel.Verified, "verified", "true", "customer_id"),
        Discloses = AssuranceLevel.Verified,
        MaxAge = MaxAge,
        Deadline = CrmPlugin.ReadDeadline,
        BackEnd = CrmPlugin.BackEnd,
        Phrases = new() { One = "Thank you, {name}.", Nothing = NoMatch },
    };

    public static IEnumerable<Tool> Create(PluginStore<CrmContext> store)
    {
        yield return new(Find, Function(Find, store, "identified", (c, a) => Same(a.Find("postcode"), c.Postcode) & Same(a.Find("phone"), c.Phone)));
        yield return new(Verify, Function(Verify, store, "verified", (c, a) => Same(a.Require("date_of_birth"), c.DateOfBirth) & Same(a.Find("postcode"), c.Postcode)));
    }

    private static ToolFunction Function(
        ToolDescriptor tool, PluginStore<CrmContext> store, string level, Func<CustomerRow, ToolArguments, bool> agrees) =>
        new(tool, null, async (arguments, cancellationToken) =>
        {
            var name = arguments.Require("name");
            foreach (var parameter in tool.Parameters) if (parameter.Required) arguments.Require(parameter.Name);
            var customers = await store.ReadAsync(db => db.Customers.AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancellationToken), cancellationToken);
            return Only(customers, name, c => agrees(c, arguments)) is { } found
                ? ToolFunction.Rows([new JsonObject { ["customer_id"] = found.Id, ["name"] = found.Name, [level] = true }])
                : ToolFunction.Rows([]);
        });

    // Every record is compared in full whatever was found before, so the time taken says nothing about who is on file.
    private static CustomerRow? Only(List<CustomerRow> customers, string name, Func<CustomerRow, bool> agrees)
    {
        CustomerRow? best = null;
        var fewest = int.MaxValue;
        var alone = false;
        foreach (var customer in customers)
        {
            var slips = NameMatch.Slips(name, customer.Name) ?? int.MaxValue;
            var fits = agrees(customer);
            if (!fits || slips == int.MaxValue || slips > fewest) continue;
            alone = slips < fewest;
            fewest = slips;
            best = customer;
        }

        return alone ? best : null;
    }

    private static bool Same(string? said, string onFile) => said is null || Bare(said) == Bare(onFile);

    private static string Bare(string text) => text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
}
