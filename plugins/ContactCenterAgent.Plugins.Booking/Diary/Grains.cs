using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Plugins.Booking.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Plugins.Booking.Diary;

/// <summary>Who owns which half hour. All of it runs inside a transaction that has the write lock.</summary>
internal static class Grains
{
    /// <summary>Ends the holds that have run out and frees what they took.</summary>
    public static async Task SweepAsync(BookingContext db, long now, CancellationToken cancellationToken)
    {
        var expired = await db.Appointments
            .Where(a => a.State == AppointmentState.Held && a.ExpiresMicros <= now).ToListAsync(cancellationToken);
        foreach (var hold in expired)
        {
            hold.State = AppointmentState.Expired;
            await FreeAsync(db, hold, now, cancellationToken);
        }

        if (expired.Count > 0) await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// Takes every grain of an appointment. What another hold of the same call has is handed over: the newest claim of a call is the one it means.
    /// What the appointment that this one replaces has is handed over only on <paramref name="confirming"/>; until then it stays booked, and keeps others out.
    /// </summary>
    /// <exception cref="ToolRefusedException"><c>slot_taken</c>.</exception>
    public static async Task ClaimAsync(BookingContext db, AppointmentRow claimant, bool confirming, long now, CancellationToken cancellationToken)
    {
        var owned = await OfAsync(db, claimant.Provider, claimant.StartMicros, claimant.EndMicros, cancellationToken);
        foreach (var start in Slot.GrainsOf(claimant.StartMicros, claimant.EndMicros))
        {
            if (!owned.TryGetValue(start, out var grain))
            {
                db.Add(new GrainRow { Provider = claimant.Provider, StartMicros = start, AppointmentId = claimant.Id });
                continue;
            }

            if (grain.AppointmentId == claimant.Id) continue;
            if (grain.AppointmentId == claimant.ReplacesId)
            {
                if (confirming) grain.AppointmentId = claimant.Id;
                continue;
            }

            var owner = await db.Appointments.FindAsync([grain.AppointmentId], cancellationToken);
            if (claimant.HoldId is not { } hold || owner?.IsOwnHold(hold, now) != true) throw new ToolRefusedException("slot_taken");
            grain.AppointmentId = claimant.Id;
        }
    }

    /// <summary>Frees the grains of an appointment; one that an earlier hold of the same call still wants goes back to that hold.</summary>
    public static async Task FreeAsync(BookingContext db, AppointmentRow gone, long now, CancellationToken cancellationToken)
    {
        var grains = await db.Grains.Where(g => g.AppointmentId == gone.Id).ToListAsync(cancellationToken);
        if (grains.Count == 0) return;
        var heirs = gone.HoldId is not { } hold ? [] : (await db.Appointments
                .Where(a => a.State == AppointmentState.Held && a.Id != gone.Id && a.Provider == gone.Provider
                    && a.StartMicros < gone.EndMicros && a.EndMicros > gone.StartMicros)
                .OrderByDescending(a => a.CreatedMicros).ToListAsync(cancellationToken))
            .Where(a => a.IsOwnHold(hold, now)).ToList();
        foreach (var grain in grains)
        {
            if (heirs.Find(a => a.StartMicros <= grain.StartMicros && grain.StartMicros < a.EndMicros) is { } heir) grain.AppointmentId = heir.Id;
            else db.Remove(grain);
        }
    }

    private static async Task<Dictionary<long, GrainRow>> OfAsync(BookingContext db, string provider, long start, long end, CancellationToken cancellationToken) =>
        await db.Grains.Where(g => g.Provider == provider && g.StartMicros >= start && g.StartMicros < end)
            .ToDictionaryAsync(g => g.StartMicros, cancellationToken);
}
