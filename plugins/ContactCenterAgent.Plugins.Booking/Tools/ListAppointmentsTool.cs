using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Booking.Diary;
using ContactCenterAgent.Plugins.Booking.Storage;
using ContactCenterAgent.Plugins.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking.Tools;

/// <summary>The appointments that a customer still has before them, soonest first.</summary>
internal static class ListAppointmentsTool
{
    private const int RowsMax = 20;

    public static readonly ToolDescriptor Descriptor = new()
    {
        Name = "list_appointments",
        Description = "Lists a customer's coming appointments.",
        Effect = ToolEffect.Read,
        Parameters = [Choices.Customer],
        Examples =
        [
            "when is my appointment",
            "what time is my appointment",
            "do I have an appointment with you",
            "when am I coming in",
            "what appointments do I have",
            "could you check when my appointment is",
            "I can't remember when my appointment is",
            "have you got me down for anything",
            "who is my appointment with",
            "who am I seeing",
            "what time am I booked in for",
            "I'd like to check my appointment",
        ],
        Requires = AssuranceLevel.Verified,
        Discloses = AssuranceLevel.Verified,
        Subject = "customer_id",
        Finds = new("appointment", "appointment_id"),
        MaxAge = TimeSpan.FromSeconds(20),
        Deadline = BookingPlugin.ReadDeadline,
        BackEnd = BookingPlugin.BackEnd,
        Phrases = new()
        {
            One = "Your {service} is on {start} with {provider}.",
            Many = "You have {count} appointments: {rows}.",
            Row = "{service} on {start} with {provider}",
            Nothing = "I can't see an appointment under those details.",
        },
    };

    public static Tool Create(PluginStore<BookingContext> store, DateTimeZone zone, TimeProvider time) =>
        new(Descriptor, new ToolFunction(Descriptor, null, async (arguments, cancellationToken) =>
        {
            var customer = arguments.Require("customer_id");
            var now = UtcMicros.Now(time);
            var coming = await store.ReadAsync(
                db => db.Appointments.AsNoTracking()
                    .Where(a => a.CustomerId == customer && a.State == AppointmentState.Booked && a.StartMicros > now)
                    .OrderBy(a => a.StartMicros).Take(RowsMax + 1).ToListAsync(cancellationToken),
                cancellationToken);
            return ToolFunction.Rows(coming.Take(RowsMax).Select(a => AppointmentJson.Of(a, zone)), truncated: coming.Count > RowsMax);
        }));
}
