using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Tests;

/// <summary>The tools of an optician's, as its plugins declare them.</summary>
internal static class Northgate
{
    public static readonly NameLists Names = NameLists.OfPeople(["Dana Whitfield", "Priya Raman", "Tom Becker", "Grace Okonkwo", "Omar Haddad"]);

    private static readonly ImmutableArray<ChoiceValue> Services =
    [
        ChoiceValue.Of("eye test", "sight test", "eyes tested"), ChoiceValue.Of("contact lens check", "contact lenses"), ChoiceValue.Of("full eye examination", "full examination"),
        ChoiceValue.Of("frame fitting", "new frames"), ChoiceValue.Of("glasses collection", "collect my glasses", "pick up my glasses"),
    ];

    private static readonly ImmutableArray<ChoiceValue> Providers =
        [ChoiceValue.Of("Doctor Lee"), ChoiceValue.Of("Doctor Patel"), ChoiceValue.Of("Doctor Okafor"), ChoiceValue.Of("Mia Novak")];

    private static ToolParameter Customer(bool required = true) => new() { Name = "customer_id", Type = ParameterType.EntityId, Entity = "customer", Required = required };

    private static readonly ToolParameter Postcode = new() { Name = "postcode", Type = ParameterType.Postcode, Required = false, Ask = "What's your postcode?" };

    private static readonly ToolParameter Name = new() { Name = "name", Type = ParameterType.PersonName, Ask = "What's your full name?" };

    private static readonly ToolParameter Heard = new() { Name = "heard", Type = ParameterType.Readings, Required = false };

    public static readonly ImmutableArray<ToolDescriptor> Tools =
    [
        new()
        {
            Name = "find_customer", Effect = ToolEffect.Read, Discloses = AssuranceLevel.Verified, Finds = new("customer", "customer_id"),
            Grants = new(AssuranceLevel.Identified, "identified", "true", "customer_id"),
            Parameters = [Name, Postcode, new() { Name = "phone", Type = ParameterType.Phone, Required = false, Ask = "What number do you have with us?" }, Heard],
        },
        new()
        {
            Name = "verify_customer", Effect = ToolEffect.Read, Discloses = AssuranceLevel.Verified, Finds = new("customer", "customer_id"),
            Grants = new(AssuranceLevel.Verified, "verified", "true", "customer_id"),
            Parameters = [Name, new() { Name = "date_of_birth", Type = ParameterType.DateOfBirth, Ask = "What's your date of birth?" }, Postcode, Heard],
        },
        new()
        {
            Name = "order_status", Effect = ToolEffect.Read, Requires = AssuranceLevel.Verified, Discloses = AssuranceLevel.Verified, Subject = "customer_id",
            Parameters = [Customer(), new() { Name = "order", Type = ParameterType.Reference, Pattern = @"[A-Z]{2}\d{5}", Required = false }],
            Examples = ["where is my order", "are my glasses ready", "what about order {order}", "has my order arrived", "I'm calling about my order {order}", "is my order ready to collect"],
        },
        new()
        {
            Name = "change_phone", Effect = ToolEffect.Write, Authorisation = Authorisation.OnRequest, Requires = AssuranceLevel.Verified, Subject = "customer_id",
            Parameters = [Customer(), new() { Name = "phone", Type = ParameterType.Phone, Ask = "What's the new number?" }],
            Examples = ["change my phone number to {phone}", "I have a new phone number", "update my mobile number", "my number has changed"],
        },
        new()
        {
            Name = "change_email", Effect = ToolEffect.Write, Authorisation = Authorisation.OnRequest, Requires = AssuranceLevel.Verified, Subject = "customer_id",
            Parameters = [Customer(), new() { Name = "email", Type = ParameterType.Email, Ask = "What's the new e-mail address?" }],
            Examples = ["change my email to {email}", "I have a new email address", "update my e-mail address", "my email has changed"],
        },
        new()
        {
            Name = "opening_hours", Effect = ToolEffect.Read,
            Parameters = [new() { Name = "date", Type = ParameterType.DateRange, Required = false }],
            Examples = ["when are you open", "what are your opening hours", "are you open on {date}", "what time do you close", "when do you open on {date}", "what are your hours on {date}"],
        },
        new()
        {
            Name = "list_services", Effect = ToolEffect.Read,
            Parameters = [new() { Name = "service", Type = ParameterType.Choice, Values = Services, Required = false }],
            Examples = ["how much is {service}", "what services do you offer", "how long does {service} take", "what does {service} cost", "how much do you charge for {service}"],
        },
        new()
        {
            Name = "find_slots", Effect = ToolEffect.Read, Finds = new("slot", "slot_id"),
            Widens = new(ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [new("provider", "provider"), new("time", "start"), new KeyValuePair<string, string>("date", "start")]), 200, TimeSpan.FromSeconds(30)),
            Parameters =
            [
                new() { Name = "service", Type = ParameterType.Choice, Values = Services, Entity = "appointment", EntityField = "service", Ask = "What would you like to book?" },
                new() { Name = "date", Type = ParameterType.DateRange, Ask = "What day would suit you?" },
                new() { Name = "time", Type = ParameterType.TimeRange, Required = false },
                new() { Name = "provider", Type = ParameterType.Choice, Values = Providers, Required = false },
            ],
            Examples = ["what times do you have on {date}", "is anything free on {date}", "do you have any slots {date}", "when is the next free {service}"],
        },
        new()
        {
            Name = "book_appointment", Effect = ToolEffect.Reserve, Requires = AssuranceLevel.Identified, Subject = "customer_id",
            Parameters =
            [
                Customer(), new() { Name = "slot_id", Type = ParameterType.EntityId, Entity = "slot" }, new() { Name = "note", Type = ParameterType.Wording, Required = false },
            ],
            Examples =
            [
                "I'd like to book {service} on {date}", "can I make an appointment for {service}", "book me in with {provider} {date}", "I need an appointment", "I want to see {provider} {date} at {time}",
                "could I come in for {service} {date}",
            ],
        },
        new()
        {
            Name = "list_appointments", Effect = ToolEffect.Read, Requires = AssuranceLevel.Verified, Discloses = AssuranceLevel.Verified, Subject = "customer_id",
            Finds = new("appointment", "appointment_id"), Parameters = [Customer()],
            Examples = ["when is my appointment", "what time is my appointment", "do I have an appointment", "who is my appointment with"],
        },
        new()
        {
            Name = "reschedule_appointment", Effect = ToolEffect.Reserve, Requires = AssuranceLevel.Verified, Subject = "customer_id",
            Parameters =
            [
                Customer(), new() { Name = "appointment_id", Type = ParameterType.EntityId, Entity = "appointment" }, new() { Name = "slot_id", Type = ParameterType.EntityId, Entity = "slot" },
            ],
            Examples = ["move my appointment to {date}", "can I reschedule my appointment", "change my appointment with {provider} to {date} {time}", "I can't make my appointment", "I need to move my appointment"],
        },
        new()
        {
            Name = "cancel_appointment", Effect = ToolEffect.Irreversible, Requires = AssuranceLevel.Verified, Subject = "customer_id",
            Parameters = [Customer(), new() { Name = "appointment_id", Type = ParameterType.EntityId, Entity = "appointment" }],
            Examples = ["cancel my appointment", "I want to cancel my appointment", "I won't be able to come please cancel it", "call off my appointment"],
        },
    ];
}
