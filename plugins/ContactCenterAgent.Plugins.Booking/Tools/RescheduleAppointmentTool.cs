using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Booking.Diary;

namespace ContactCenterAgent.Plugins.Booking.Tools;

/// <summary>Another time for an appointment: the new one is held while the caller decides; a yes books it and frees the old one in one step.</summary>
internal static class RescheduleAppointmentTool
{
    public static readonly ToolDescriptor Descriptor = new()
    {
        Name = "reschedule_appointment",
        Description = "Moves a customer's appointment to another free time.",
        Effect = ToolEffect.Reserve,
        Authorisation = Authorisation.OnYes,
        Parameters = [Choices.Customer, Choices.Appointment, Choices.Slot],
        Examples =
        [
            "could you move my appointment to {date}",
            "could you move my appointment with {provider} to {date} {time}",
            "I need to reschedule my appointment",
            "I'd like to change my appointment to {date}",
            "can I move my {service} to {date} {time}",
            "I can't make my appointment, could I come {date} instead",
            "can we push my appointment back to {date}",
            "is it possible to bring my appointment forward to {date}",
            "I'd like to rearrange my appointment",
            "could I come in on {date} instead",
            "please put my appointment off until {date}",
            "I'd like a different time for my appointment",
            "it's {name}, could you move my appointment to {date} {time}",
        ],
        Requires = AssuranceLevel.Verified,
        Subject = "customer_id",
        BackEnd = BookingPlugin.BackEnd,
        Deadline = BookingPlugin.EffectDeadline,
        Hold = Holds.Terms,
        CanLookUp = true,
        Phrases = new()
        {
            ReadBack = "moving your {service} to {start} with {provider}",
            Done = "That's moved: your {service} is now on {start} with {provider}.",
            Refused = "I'm sorry, I couldn't move it to that time.",
        },
    };
}
