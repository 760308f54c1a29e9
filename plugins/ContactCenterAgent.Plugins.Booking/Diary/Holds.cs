using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Booking.Storage;
using ContactCenterAgent.Plugins.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking.Diary;

/// <summary>
/// The life of a hold: placed under an id that the call chose, then confirmed, released or run out. Bookings and moves differ only in the
/// appointment that a move replaces.
/// </summary>
internal sealed class Holds(PluginStore<BookingContext> store, BookingCatalogue catalogue, DateTimeZone zone, TimeProvider time)
{
    /// <summary>The terms of every hold on the diary.</summary>
    public static readonly HoldTerms Terms = new(TimeSpan.FromMinutes(3), "appointment", TimeSpan.FromSeconds(90));

    /// <summary>The functions of a reserving tool.</summary>
    public Tool Tool(ToolDescriptor tool) => new(tool, new ToolFunction(tool, null, PlaceAsync))
    {
        Confirm = new ToolFunction(tool, "confirm", (arguments, ct) => ConfirmAsync(tool, arguments, ct)),
        Release = new ToolFunction(tool, "release", ReleaseAsync),
        LookUp = Effects.LookUp(tool, store, time),
        Local = true,
    };

    private Task<JsonObject> PlaceAsync(ToolArguments arguments, CancellationToken cancellationToken) => store.WriteAsync(arguments, async db =>
    {
        var now = UtcMicros.Now(time);
        var slot = Slot.Parse(arguments.Require("slot_id"), catalogue) ?? throw new ToolRefusedException("no_such_slot");
        await Grains.SweepAsync(db, now, cancellationToken);
        if (await db.Released.FindAsync([arguments.Hold], cancellationToken) is not null) throw new ToolRefusedException("hold_released");
        var replaced = await ReplacedAsync(db, arguments, now, cancellationToken);
        if (await FindAsync(db, arguments.Hold, cancellationToken) is { } earlier) return Placed(StillHeld(earlier, arguments, slot), replaced);
        if (slot.Start.Micros() <= now) throw new ToolRefusedException("in_the_past");
        if (!await FreeSlots.IsWorkedAsync(db, slot, cancellationToken)) throw new ToolRefusedException("no_such_slot");

        var hold = New(arguments, slot, replaced?.Id, now);
        await Grains.ClaimAsync(db, hold, confirming: false, now, cancellationToken);
        db.Add(hold);
        await db.SaveChangesAsync(cancellationToken);
        return Placed(hold, replaced);
    }, cancellationToken);

    private Task<JsonObject> ConfirmAsync(ToolDescriptor tool, ToolArguments arguments, CancellationToken cancellationToken) => store.WriteAsync(arguments, db =>
    {
        var now = UtcMicros.Now(time);
        return Effects.OnceAsync(db, arguments, tool.Name, now, async () =>
        {
            var hold = await FindAsync(db, arguments.Hold, cancellationToken) ?? throw new ToolRefusedException("no_such_hold");
            if (hold.CustomerId != arguments.Require("customer_id")) throw new ToolRefusedException("no_such_hold");
            if (!hold.IsLive(now)) throw new ToolRefusedException(hold.State == AppointmentState.Released ? "hold_released" : "hold_expired");
            if (hold.State == AppointmentState.Booked) throw new ToolRefusedException("already_confirmed");

            var replaced = await ReplacedAsync(db, arguments, now, cancellationToken);
            if (replaced?.Id != hold.ReplacesId) throw new ToolRefusedException("no_such_hold");
            await Grains.ClaimAsync(db, hold, confirming: true, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            if (replaced is not null)
            {
                await Grains.FreeAsync(db, replaced, now, cancellationToken);
                replaced.State = AppointmentState.Moved;
            }

            var note = arguments.Find("note");
            var confirmed = await db.Appointments
                .Where(a => a.HoldId == hold.HoldId && a.State == AppointmentState.Held && a.ExpiresMicros > now)
                .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, AppointmentState.Booked).SetProperty(x => x.Note, note), cancellationToken);
            return confirmed == 1 ? Placed(hold, replaced) : throw new ToolRefusedException("hold_expired");
        }, cancellationToken);
    }, cancellationToken);

    private Task<JsonObject> ReleaseAsync(ToolArguments arguments, CancellationToken cancellationToken) => store.WriteAsync(arguments, async db =>
    {
        var now = UtcMicros.Now(time);
        await Grains.SweepAsync(db, now, cancellationToken);
        var hold = await FindAsync(db, arguments.Hold, cancellationToken);
        if (hold is null && await db.Released.FindAsync([arguments.Hold], cancellationToken) is null)
            db.Add(new ReleasedRow { HoldId = arguments.Hold, AtMicros = now });
        if (hold?.State == AppointmentState.Held)
        {
            hold.State = AppointmentState.Released;
            await Grains.FreeAsync(db, hold, now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return hold?.State switch
        {
            AppointmentState.Expired => new JsonObject { ["expired"] = true },
            null or AppointmentState.Released => new JsonObject { ["released"] = true },
            _ => new JsonObject { ["confirmed"] = true },
        };
    }, cancellationToken);

    // A move names the appointment that it replaces; whose it is and whether it can still be moved is checked when placing and again when confirming.
    private static async Task<AppointmentRow?> ReplacedAsync(BookingContext db, ToolArguments arguments, long now, CancellationToken cancellationToken)
    {
        if (arguments.Find("appointment_id") is not { } id) return null;
        var found = await db.Appointments.FindAsync([id], cancellationToken);
        if (found?.State != AppointmentState.Booked || found.CustomerId != arguments.Require("customer_id")) throw new ToolRefusedException("no_such_appointment");
        return found.StartMicros > now ? found : throw new ToolRefusedException("in_the_past");
    }

    private static AppointmentRow StillHeld(AppointmentRow earlier, ToolArguments arguments, Slot slot) => earlier.State switch
    {
        AppointmentState.Released => throw new ToolRefusedException("hold_released"),
        AppointmentState.Expired => throw new ToolRefusedException("hold_expired"),
        _ when earlier.CustomerId == arguments.Require("customer_id") && earlier.Provider == slot.Provider.Name
            && earlier.Service == slot.Service.Name && earlier.StartMicros == slot.Start.Micros() => earlier,
        _ => throw new ToolRefusedException("hold_in_use"),
    };

    private static AppointmentRow New(ToolArguments arguments, Slot slot, string? replaces, long now) => new()
    {
        Id = "A" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(arguments.Hold)).AsSpan(0, 6)),
        CustomerId = arguments.Require("customer_id"),
        Provider = slot.Provider.Name,
        Service = slot.Service.Name,
        StartMicros = slot.Start.Micros(),
        EndMicros = slot.End.Micros(),
        HoldId = arguments.Hold,
        ExpiresMicros = now + (arguments.TimeToLive ?? Terms.Unverified).Micros(),
        ReplacesId = replaces,
        Note = arguments.Find("note"),
        CreatedMicros = now,
    };

    private JsonObject Placed(AppointmentRow hold, AppointmentRow? replaced)
    {
        var row = AppointmentJson.Of(hold, zone);
        row["hold_id"] = hold.HoldId;
        if (replaced is null) return row;
        row["previous_start"] = Slot.Local(UtcMicros.ToInstant(replaced.StartMicros), zone);
        row["previous_provider"] = replaced.Provider;
        return row;
    }

    private static Task<AppointmentRow?> FindAsync(BookingContext db, string hold, CancellationToken cancellationToken) =>
        db.Appointments.FirstOrDefaultAsync(a => a.HoldId == hold, cancellationToken);
}
