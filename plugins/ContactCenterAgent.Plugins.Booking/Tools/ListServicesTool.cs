using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Shared;

namespace ContactCenterAgent.Plugins.Booking.Tools;

/// <summary>What can be booked, how long it takes and what it costs.</summary>
internal static class ListServicesTool
{
    public static ToolDescriptor Describe(BookingCatalogue catalogue) => new()
    {
        Name = "list_services",
        Description = "Lists what can be booked, with price and length.",
        Effect = ToolEffect.Read,
        Parameters = [Choices.Service(catalogue) with { Required = false, Description = "One service; all without it." }],
        Examples =
        [
            "how much is an {service}",
            "how much does a {service} cost",
            "what do you charge for a {service}",
            "what's the price of a {service}",
            "how long does a {service} take",
            "how long is an {service}",
            "what does a {service} cost",
            "what services do you offer",
            "what sort of things do you do",
            "what can I book with you",
            "could you tell me your prices",
        ],
        MaxAge = TimeSpan.FromHours(1),
        Deadline = BookingPlugin.ReadDeadline,
        BackEnd = BookingPlugin.BackEnd,
        Phrases = new()
        {
            Echo = "{service}",
            One = "The {service} takes {length}, at {price}.",
            Many = "We do {count} things, among them {rows}.",
            Row = "the {service} at {price}",
            Nothing = "We don't do that here.",
        },
    };

    public static Tool Create(BookingCatalogue catalogue)
    {
        var tool = Describe(catalogue);
        return new(tool, new ToolFunction(tool, null, (arguments, _) =>
        {
            var asked = arguments.Find("service");
            return Task.FromResult(ToolFunction.Rows(catalogue.Services.Where(s => asked is null || s.Name == asked).Select(Row)));
        }));
    }

    // What is free has no price, and the phrases leave it out.
    private static JsonObject Row(Service service) => new()
    {
        ["service"] = service.Name,
        ["length"] = $"PT{service.Minutes}M",
        ["price"] = service.PricePence == 0 ? null : $"{service.PricePence / 100}.{service.PricePence % 100:d2} GBP",
    };
}
