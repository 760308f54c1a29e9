using System.Collections.Immutable;
using ContactCenterAgent.Plugins.Booking.Storage;
using ContactCenterAgent.Plugins.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking;

/// <summary>The catalogue in the database.</summary>
public static class CatalogueStore
{
    private const int MinutesOfHour = 60;

    /// <summary>Reads it from a migrated database; empty where none was written.</summary>
    public static Task<BookingCatalogue> ReadAsync(string connectionString, CancellationToken cancellationToken) =>
        new PluginStore<BookingContext>(connectionString, o => new(o)).ReadAsync(async db => new BookingCatalogue(
            [.. (await db.Services.AsNoTracking().OrderBy(s => s.Position).ToListAsync(cancellationToken)).Select(s => new Service(s.Name, s.Minutes, s.PricePence, List(s.Words)))],
            [.. (await db.Providers.AsNoTracking().OrderBy(p => p.Position).ToListAsync(cancellationToken)).Select(p => new Provider(p.Name, p.Role, List(p.Services), List(p.Words)))],
            [.. (await db.Hours.AsNoTracking().OrderBy(h => h.Day).ToListAsync(cancellationToken)).Select(h => new OpenDay((IsoDayOfWeek)h.Day, Time(h.OpensMinute), Time(h.ClosesMinute)))]),
            cancellationToken);

    internal static void Add(BookingContext db, BookingCatalogue catalogue)
    {
        db.AddRange(catalogue.Services.Select((s, i) =>
            new ServiceRow { Name = s.Name, Position = i, Minutes = s.Minutes, PricePence = s.PricePence, Words = string.Join(';', s.Words) }));
        db.AddRange(catalogue.Providers.Select((p, i) =>
            new ProviderRow { Name = p.Name, Position = i, Role = p.Role, Services = string.Join(';', p.Services), Words = string.Join(';', p.Words) }));
        db.AddRange(catalogue.Hours.Select(h => new HoursRow { Day = (int)h.Day, OpensMinute = Minute(h.Opens), ClosesMinute = Minute(h.Closes) }));
    }

    private static ImmutableArray<string> List(string joined) => [.. joined.Split(';', StringSplitOptions.RemoveEmptyEntries)];

    private static LocalTime Time(int minute) => new(minute / MinutesOfHour, minute % MinutesOfHour);

    private static int Minute(LocalTime time) => time.Hour * MinutesOfHour + time.Minute;
}
