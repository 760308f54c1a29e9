using ContactCenterAgent.Plugins.Booking;
using ContactCenterAgent.Plugins.Crm;
using NodaTime;

namespace ContactCenterAgent.Plugins.Tests;

public sealed class DemoBusinessTests
{
    [Fact]
    public async Task Seed_TheSameTwice_GivesTheSameRows()
    {
        await using var one = await PluginDatabase.FilledAsync(7);
        await using var two = await PluginDatabase.FilledAsync(7);
        (await two.HashAsync()).ShouldBe(await one.HashAsync());
    }

    [Fact]
    public async Task Seed_Another_GivesOtherRows()
    {
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 1; seed <= 4; seed++)
        {
            await using var database = await PluginDatabase.FilledAsync(seed);
            hashes.Add(await database.HashAsync());
        }

        hashes.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8412773)]
    public async Task Seed_Any_KeepsWhatIsFixed(int seed)
    {
        await using var database = await PluginDatabase.FilledAsync(seed);
        var dana = await database.DanaIdAsync();
        var mine = (await database.RunAsync("list_appointments", ("customer_id", dana))).Rows.Single();
        (mine["start"], mine["provider"], mine["service"]).ShouldBe(("2026-12-01T10:00", "Doctor Lee", "eye test"));
        (await database.RunAsync("order_status", ("customer_id", dana))).Rows.Single()["order"].ShouldBe("NG10482");

        (await database.FreeAsync("2026-11-28", provider: "Doctor Patel")).ShouldBeEmpty();
        (await database.FreeAsync("2026-11-26", provider: "Doctor Lee", time: "12:00/17:00"))[0].ShouldBe("20261126T1430Z.doctor-lee.eye-test");
        (await database.FreeAsync("2026-11-26", "full eye examination", "Doctor Lee", "12:00/17:00"))[0].ShouldBe("20261126T1430Z.doctor-lee.full-eye-examination");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8412773)]
    public async Task Seed_Any_IsABelievableBusiness(int seed)
    {
        await using var database = await PluginDatabase.FilledAsync(seed);
        (await database.CountAsync("SELECT count(*) FROM crm_customers")).ShouldBe(400);
        (await database.CountAsync("SELECT count(DISTINCT Phone) FROM crm_customers")).ShouldBe(400);
        (await database.CountAsync("SELECT count(*) FROM crm_customers WHERE Phone NOT LIKE '+441632960___' AND Phone NOT LIKE '+447700900___'")).ShouldBe(0);
        (await database.CountAsync("SELECT count(*) FROM crm_orders")).ShouldBeInRange(250, 450);
        (await database.CountAsync("SELECT count(DISTINCT Status) FROM crm_orders")).ShouldBe(4);
        (await database.CountAsync("SELECT count(*) FROM crm_orders WHERE Status IN (0, 1) AND Day <= '2026-11-23' OR Status IN (2, 3) AND Day > '2026-11-23'")).ShouldBe(0);
        (await database.CountAsync("SELECT count(*) FROM booking_appointments WHERE CustomerId NOT IN (SELECT Id FROM crm_customers)")).ShouldBe(0);
        (await database.CountAsync("SELECT count(*) FROM booking_grains g WHERE NOT EXISTS (SELECT 1 FROM booking_shifts s WHERE s.Provider = g.Provider AND s.StartMicros <= g.StartMicros AND s.EndMicros > g.StartMicros)")).ShouldBe(0);
        (await database.CountAsync("SELECT count(*) FROM booking_appointments a, booking_providers p WHERE a.Provider = p.Name AND instr(p.Services, a.Service) = 0")).ShouldBe(0);

        var grains = await database.CountAsync("SELECT count(*) FROM booking_grains");
        var worked = await database.CountAsync("SELECT sum((EndMicros - StartMicros) / 1800000000) FROM booking_shifts");
        (grains / (double)worked).ShouldBeInRange(0.6, 0.85);
    }

    [Fact]
    public async Task Seed_OnEveryDayOfTheWeek_PutsDanaOnTheSecondTuesday()
    {
        for (var day = new LocalDate(2027, 3, 22); day < new LocalDate(2027, 3, 29); day = day.PlusDays(1))
        {
            await using var database = await PluginDatabase.MigratedAsync();
            await using var connection = await database.OpenAsync();
            await NorthgateDiary.SeedAsync(connection, 3, day, PluginDatabase.None);
            // The clocks go forward on 28 March 2027: ten o'clock in London is nine o'clock UTC afterwards.
            var tuesday = day.Next(IsoDayOfWeek.Tuesday).Next(IsoDayOfWeek.Tuesday);
            var micros = tuesday.At(new(9, 0)).InUtc().ToInstant().ToUnixTimeTicks() / 10;
            (await database.CountAsync($"SELECT count(*) FROM booking_appointments WHERE CustomerId LIKE 'C0000%' AND StartMicros = {micros} AND Provider = 'Doctor Lee'")).ShouldBe(1);
            (await database.CountAsync("SELECT count(*) FROM booking_appointments WHERE CustomerId LIKE 'C0000%'")).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Names_OfTheCustomers_AreWholeAndEachOnce()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var names = await CrmPlugin.NamesAsync(database.ConnectionString, PluginDatabase.None);
        names.ShouldContain(Callers.Dana);
        names.ShouldBeUnique();
        names.Count.ShouldBeInRange(380, 400);
    }

    [Fact]
    public async Task NameOfNumber_IsGivenForExactlyOneCustomer()
    {
        await using var database = await PluginDatabase.SeededAsync();
        (await CrmPlugin.NameOfNumberAsync(database.ConnectionString, "+441632960123", PluginDatabase.None)).ShouldBe(Callers.Dana);
        (await CrmPlugin.NameOfNumberAsync(database.ConnectionString, "+440000000000", PluginDatabase.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Catalogue_WrittenToTheDatabase_IsReadBackTheSame()
    {
        await using var database = await PluginDatabase.SeededAsync();
        var (read, meant) = (await CatalogueStore.ReadAsync(database.ConnectionString, PluginDatabase.None), NorthgateDiary.Catalogue);
        read.Services.Select(s => (s.Name, s.Minutes, s.PricePence, string.Join(';', s.Words))).ShouldBe(meant.Services.Select(s => (s.Name, s.Minutes, s.PricePence, string.Join(';', s.Words))));
        read.Providers.Select(p => (p.Name, p.Role, string.Join(';', p.Services), string.Join(';', p.Words))).ShouldBe(meant.Providers.Select(p => (p.Name, p.Role, string.Join(';', p.Services), string.Join(';', p.Words))));
        read.Hours.ShouldBe(meant.Hours);
    }
}
