using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Booking.Diary;

namespace ContactCenterAgent.Plugins.Booking.Tools;

/// <summary>A new appointment: held while the caller decides, booked on a yes.</summary>
internal static class BookAppointmentTool
{
    public static readonly ToolDescriptor Descriptor = new()
    {
        Name = "book_appointment",
        Description = "Books a free time for a customer.",
        Effect = ToolEffect.Reserve,
        Authorisation = Authorisation.OnYes,
        Parameters =
        [
            Choices.Customer,
            Choices.Slot,
            new() { Name = "note", Type = ParameterType.Wording, Required = false, Description = "What the provider should know, in the caller's words." },
        ],
        Examples =
        [
            "I'd like to book an {service}",
            "I'd like an {service} {date}",
            "can I book a {service} with {provider} on {date}",
            "could I make an appointment for a {service} {date} {time}",
            "book me in for an {service} {date} {time}",
            "I need an appointment with {provider}",
            "I'd like to see {provider} on {date} {time}",
            "can I come in for a {service} on {date}",
            "I want to make an appointment",
            "can I have an appointment",
            "I need a {service} {date}",
            "could you put me down for {date} {time}",
            "I'm due an {service}",
            "could you fit me in for a {service} {date}",
            "it's {name}, I'd like to book an {service} on {date}",
        ],
        Requires = AssuranceLevel.Identified,
        Subject = "customer_id",
        BackEnd = BookingPlugin.BackEnd,
        Deadline = BookingPlugin.EffectDeadline,
        Hold = Holds.Terms,
        CanLookUp = true,
        Phrases = new()
        {
            ReadBack = "your {service} on {start} with {provider}",
            Done = "That's booked: your {service} on {start} with {provider}.",
            Refused = "I'm sorry, that time has just gone.",
        },
    };
}
