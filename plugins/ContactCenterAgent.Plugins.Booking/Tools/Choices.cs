using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Plugins.Booking.Tools;

/// <summary>Parameters that several tools share.</summary>
internal static class Choices
{
    public static readonly ToolParameter Customer = new()
    {
        Name = "customer_id",
        Type = ParameterType.EntityId,
        Entity = "customer",
        Description = "Whose appointment.",
    };

    public static readonly ToolParameter Slot = new()
    {
        Name = "slot_id",
        Type = ParameterType.EntityId,
        Entity = "slot",
        Description = "The free time, as find_slots gave it.",
    };

    public static readonly ToolParameter Appointment = new()
    {
        Name = "appointment_id",
        Type = ParameterType.EntityId,
        Entity = "appointment",
        Description = "The appointment, as list_appointments gave it.",
    };

    public static ToolParameter Service(BookingCatalogue catalogue) => new()
    {
        Name = "service",
        Type = ParameterType.Choice,
        Description = "What for.",
        Values = [.. catalogue.Services.Select(s => new ChoiceValue(s.Name, s.Words))],
    };

    public static ToolParameter Provider(BookingCatalogue catalogue) => new()
    {
        Name = "provider",
        Type = ParameterType.Choice,
        Required = false,
        Description = "With whom.",
        Values = [.. catalogue.Providers.Select(p => new ChoiceValue(p.Name, p.Words))],
    };

    /// <summary>Spoken list: "a, b or c".</summary>
    public static string Or(ImmutableArray<string> names) => names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
