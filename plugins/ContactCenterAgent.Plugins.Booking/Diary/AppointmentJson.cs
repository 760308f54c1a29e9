using System.Text.Json.Nodes;
using ContactCenterAgent.Plugins.Booking.Storage;
using ContactCenterAgent.Plugins.Shared;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking.Diary;

/// <summary>An appointment as tools say it.</summary>
internal static class AppointmentJson
{
    public static JsonObject Of(AppointmentRow appointment, DateTimeZone zone) => new()
    {
        ["appointment_id"] = appointment.Id,
        ["start"] = Slot.Local(UtcMicros.ToInstant(appointment.StartMicros), zone),
        ["provider"] = appointment.Provider,
        ["service"] = appointment.Service,
    };
}
