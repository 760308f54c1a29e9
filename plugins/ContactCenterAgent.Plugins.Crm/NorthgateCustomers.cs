using System.Data.Common;
using ContactCenterAgent.Plugins.Crm.Demo;
using ContactCenterAgent.Plugins.Crm.Storage;
using ContactCenterAgent.Plugins.Shared;
using NodaTime;
using NodaTime.Text;

namespace ContactCenterAgent.Plugins.Crm;

/// <summary>The customers of Northgate Opticians, who do not exist: 400 of them with their orders, the same for the same seed and day.</summary>
public static class NorthgateCustomers
{
    private static readonly string[] Items =
    [
        "varifocal glasses", "single vision glasses", "reading glasses", "prescription sunglasses", "monthly contact lenses", "daily contact lenses",
        "computer glasses", "a replacement lens",
    ];

    /// <summary>Fills empty tables in one transaction.</summary>
    /// <param name="connection">Open, on a migrated SQLite database without customers.</param>
    /// <param name="seed">Any number. Dana Whitfield (born 1984-03-12, NG9 2TD, +441632960123, order NG10482 ready) is a customer whatever it is.</param>
    /// <param name="today">The business's local day: orders are recent, customers' ages believable.</param>
    /// <param name="cancellationToken">Leaves the tables empty.</param>
    public static async Task SeedAsync(DbConnection connection, int seed, LocalDate today, CancellationToken cancellationToken)
    {
        await using var db = new PluginStore<CrmContext>(connection.ConnectionString, o => new(o)).On(connection);
        var random = new SeededRandom(seed);
        var customers = Enumerable.Range(0, DemoCustomers.Count).Select(i => Customer(seed, i, today, random)).ToList();
        db.AddRange(customers);
        db.AddRange(Orders(customers, today, random));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static CustomerRow Customer(int seed, int index, LocalDate today, SeededRandom random)
    {
        var (given, family) = (random.Pick(DemoPeople.GivenNames), random.Pick(DemoPeople.FamilyNames));
        var (town, district) = random.Pick(DemoPeople.Towns);
        var drawn = new CustomerRow
        {
            Id = DemoCustomers.Id(seed, index),
            GivenName = given,
            FamilyName = family,
            DateOfBirth = Iso(new LocalDate(today.Year - 12 - random.Next(75), 1, 1).PlusDays(random.Next(365))),
            Address = $"{1 + random.Next(180)} {random.Pick(DemoPeople.Streets)}, {town}",
            Postcode = DemoPeople.Postcode(district, random),
            Phone = DemoPeople.Phone(index, random),
            Email = $"{given}.{family.Replace("'", "", StringComparison.Ordinal)}{index}@example.com".ToLowerInvariant(),
        };
        return index > 0 ? drawn : new CustomerRow
        {
            Id = drawn.Id,
            GivenName = "Dana",
            FamilyName = "Whitfield",
            DateOfBirth = "1984-03-12",
            Address = "17 Foxglove Close, Beeston",
            Postcode = "NG9 2TD",
            Phone = "+441632960123",
            Email = "dana.whitfield@example.com",
        };
    }

    private static IEnumerable<OrderRow> Orders(List<CustomerRow> customers, LocalDate today, SeededRandom random)
    {
        yield return Order("NG10482", customers[0], "varifocal glasses", OrderStatus.Ready, today.PlusDays(-12), today.PlusDays(-2));
        var number = 10500;
        foreach (var customer in customers.Skip(1))
        {
            var many = random.Next(10) switch { < 4 => 0, < 8 => 1, _ => 2 };
            for (var i = 0; i < many; i++)
            {
                number += 1 + random.Next(40);
                var age = random.Next(60);
                var status = age switch { < 8 => OrderStatus.BeingMade, < 20 => (OrderStatus)random.Next(3), _ => OrderStatus.Collected };
                var ordered = today.PlusDays(-age);
                yield return Order($"NG{number}", customer, random.Pick(Items), status, ordered, Day(status, ordered, today, random));
            }
        }
    }

    private static LocalDate Day(OrderStatus status, LocalDate ordered, LocalDate today, SeededRandom random) => status switch
    {
        OrderStatus.BeingMade => LocalDate.Max(ordered.PlusDays(10 + random.Next(4)), today.PlusDays(1)),
        OrderStatus.Delayed => today.PlusDays(3 + random.Next(7)),
        OrderStatus.Ready => ordered.PlusDays(6 + random.Next(2)),
        _ => ordered.PlusDays(10 + random.Next(8)),
    };

    private static OrderRow Order(string reference, CustomerRow customer, string item, OrderStatus status, LocalDate ordered, LocalDate day) => new()
    {
        Reference = reference,
        CustomerId = customer.Id,
        Item = item,
        Status = status,
        OrderedOn = Iso(ordered),
        Day = Iso(day),
    };

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
