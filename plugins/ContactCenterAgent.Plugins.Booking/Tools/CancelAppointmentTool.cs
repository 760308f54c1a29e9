using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Booking.Diary;
using ContactCenterAgent.Plugins.Booking.Storage;
using ContactCenterAgent.Plugins.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking.Tools;

/// <summary>Takes an appointment out of the diary, if it is still in it. What is read back comes from the appointment that was listed.</summary>
internal static class CancelAppointmentTool
{
    public static readonly ToolDescriptor Descriptor = new()
    {
        Name = "cancel_appointment",
        Description = "Cancels a customer's appointment for good.",
        Effect = ToolEffect.Irreversible,
        Authorisation = Authorisation.OnYes,
        Parameters = [Choices.Customer, Choices.Appointment],
        Examples =
        [
            "I'd like to cancel my appointment",
            "please cancel my appointment",
            "could you cancel my appointment for me",
            "I need to cancel, I can't come",
            "I have to cancel my appointment",
            "I won't be able to make it, please cancel",
            "cancel the appointment I have with you",
            "can you take me out of the diary",
            "I want to cancel, I don't need it any more",
            "I want to call off my appointment",
            "it's {name}, I need to cancel my appointment",
        ],
        Requires = AssuranceLevel.Verified,
        Subject = "customer_id",
        BackEnd = BookingPlugin.BackEnd,
        Deadline = BookingPlugin.EffectDeadline,
        CanLookUp = true,
        Phrases = new()
        {
            ReadBack = "cancelling your {service} on {start} with {provider}",
            Done = "Your {service} on {start} with {provider} is cancelled.",
            Refused = "I'm sorry, I couldn't cancel that appointment.",
        },
    };

    public static Tool Create(PluginStore<BookingContext> store, DateTimeZone zone, TimeProvider time) =>
        new(Descriptor, new ToolFunction(Descriptor, null, (arguments, cancellationToken) => store.WriteAsync(arguments, db =>
        {
            var now = UtcMicros.Now(time);
            return Effects.OnceAsync(db, arguments, Descriptor.Name, now, () => CancelAsync(db, arguments, zone, now, cancellationToken), cancellationToken);
        }, cancellationToken)))
        {
            LookUp = Effects.LookUp(Descriptor, store, time),
            Local = true,
        };

    private static async Task<JsonObject> CancelAsync(BookingContext db, ToolArguments arguments, DateTimeZone zone, long now, CancellationToken cancellationToken)
    {
        var (id, customer) = (arguments.Require("appointment_id"), arguments.Require("customer_id"));
        var found = await db.Appointments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id && a.CustomerId == customer, cancellationToken);
        if (found?.State != AppointmentState.Booked) throw new ToolRefusedException("no_such_appointment");
        if (found.StartMicros <= now) throw new ToolRefusedException("in_the_past");

        var cancelled = await db.Appointments.Where(a => a.Id == id && a.State == AppointmentState.Booked)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, AppointmentState.Cancelled), cancellationToken);
        if (cancelled != 1) throw new ToolRefusedException("no_such_appointment");
        await db.Grains.Where(g => g.AppointmentId == id).ExecuteDeleteAsync(cancellationToken);
        return AppointmentJson.Of(found, zone);
    }
}
