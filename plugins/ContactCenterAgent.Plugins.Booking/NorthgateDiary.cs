using System.Data.Common;
using ContactCenterAgent.Plugins.Booking.Demo;
using ContactCenterAgent.Plugins.Booking.Diary;
using ContactCenterAgent.Plugins.Booking.Storage;
using ContactCenterAgent.Plugins.Shared;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking;

/// <summary>The diary of Northgate Opticians, who do not exist: catalogue, shifts and appointments around a day, the same for the same seed and day.</summary>
public static class NorthgateDiary
{
    /// <summary>What they offer; also written to the database by <see cref="SeedAsync"/>.</summary>
    public static BookingCatalogue Catalogue => DemoCatalogue.Northgate;

    /// <summary>Fills empty tables in one transaction: from a week before today to three weeks after it.</summary>
    /// <remarks>
    /// Whatever the seed: Dana Whitfield has an eye test with Doctor Lee at 10:00 on the second Tuesday after today, and nothing else; Doctor Patel is
    /// fully booked on the first Saturday after today; on the first Thursday after today Doctor Lee's first free time after noon is 14:30, for an hour.
    /// </remarks>
    /// <param name="connection">Open, on a migrated SQLite database without a catalogue.</param>
    /// <param name="seed">Any number; customers' ids are those of the same seed in the customer records.</param>
    /// <param name="today">The business's local day, Europe/London.</param>
    /// <param name="cancellationToken">Leaves the tables empty.</param>
    public static async Task SeedAsync(DbConnection connection, int seed, LocalDate today, CancellationToken cancellationToken)
    {
        await using var db = new PluginStore<BookingContext>(connection.ConnectionString, o => new(o)).On(connection);
        CatalogueStore.Add(db, Catalogue);
        var diary = new DemoDiary(seed, today);
        db.AddRange(diary.Shifts);
        db.AddRange(diary.Appointments);
        db.AddRange(diary.Appointments.SelectMany(a =>
            Slot.GrainsOf(a.StartMicros, a.EndMicros).Select(g => new GrainRow { Provider = a.Provider, StartMicros = g, AppointmentId = a.Id })));
        await db.SaveChangesAsync(cancellationToken);
    }
}
