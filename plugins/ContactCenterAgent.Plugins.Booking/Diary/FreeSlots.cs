using ContactCenterAgent.Plugins.Booking.Storage;
using ContactCenterAgent.Plugins.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking.Diary;

/// <summary>Which times are free: shifts less the grains that live appointments take.</summary>
internal static class FreeSlots
{
    /// <summary>Free slots that start after now, by start and then in the catalogue's order of providers.</summary>
    /// <param name="db">Read only; holds that have run out count as free although nobody has swept them yet.</param>
    /// <param name="providers">Who may be offered.</param>
    /// <param name="service">What for.</param>
    /// <param name="days">Local days.</param>
    /// <param name="times">Local times of the start.</param>
    /// <param name="zone">The business's zone.</param>
    /// <param name="now">UTC microseconds.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public static async Task<List<Slot>> FindAsync(
        BookingContext db, IReadOnlyList<Provider> providers, Service service, DayRange days, DayTime times, DateTimeZone zone, long now, CancellationToken cancellationToken)
    {
        var earliest = Math.Max(now + 1, zone.AtStartOfDay(days.From).ToInstant().Micros());
        var latest = zone.AtStartOfDay(days.To.PlusDays(1)).ToInstant().Micros();
        var names = providers.Select(p => p.Name).ToList();
        var shifts = await db.Shifts.AsNoTracking()
            .Where(s => names.Contains(s.Provider) && s.EndMicros > earliest && s.StartMicros < latest).ToListAsync(cancellationToken);
        var taken = await (
            from grain in db.Grains.AsNoTracking()
            join owner in db.Appointments.AsNoTracking() on grain.AppointmentId equals owner.Id
            where names.Contains(grain.Provider) && grain.StartMicros >= earliest && grain.StartMicros < latest
                && (owner.State != AppointmentState.Held || owner.ExpiresMicros > now)
            select new { grain.Provider, grain.StartMicros }).ToListAsync(cancellationToken);
        var busy = taken.Select(g => (g.Provider, g.StartMicros)).ToHashSet();

        var order = providers.Select((p, i) => (p, i)).ToDictionary(x => x.p.Name, x => x, StringComparer.Ordinal);
        return
        [
            .. from shift in shifts
               from start in Slot.GrainsOf(shift.StartMicros, shift.EndMicros)
               let slot = new Slot(order[shift.Provider].p, service, UtcMicros.ToInstant(start))
               where start >= earliest && start < latest && slot.End.Micros() <= shift.EndMicros
                   && times.Contains(slot.Start.InZone(zone).TimeOfDay)
                   && !slot.Grains.Any(g => busy.Contains((shift.Provider, g)))
               orderby start, order[shift.Provider].i
               select slot,
        ];
    }

    /// <summary>Whether the provider works through the whole of a slot, and the slot starts on a grain of that shift.</summary>
    public static Task<bool> IsWorkedAsync(BookingContext db, Slot slot, CancellationToken cancellationToken)
    {
        var (who, start, end) = (slot.Provider.Name, slot.Start.Micros(), slot.End.Micros());
        return db.Shifts.AnyAsync(
            s => s.Provider == who && s.StartMicros <= start && s.EndMicros >= end && (start - s.StartMicros) % Slot.GrainMicros == 0, cancellationToken);
    }
}
