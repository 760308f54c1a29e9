using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Booking.Diary;
using ContactCenterAgent.Plugins.Booking.Storage;
using ContactCenterAgent.Plugins.Shared;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking.Tools;

/// <summary>Free times. May start before day, time and provider are known: its rows are narrowed when they are heard.</summary>
internal static class FindSlotsTool
{
    private const int RowsMax = 200;

    // Without a day: as far as the diary of a busy practice is worth reading out.
    private const int DaysAhead = 14;

    public static ToolDescriptor Describe(BookingCatalogue catalogue) => new()
    {
        Name = "find_slots",
        Description = "Finds free times for a service on given days, at given times, with a given provider or anybody.",
        Effect = ToolEffect.Read,
        Parameters =
        [
            Choices.Service(catalogue) with
            {
                Entity = "appointment",
                EntityField = "service",
                Ask = $"What would you like to come in for: {Choices.Or([.. catalogue.Services.Select(s => s.Name)])}?",
            },
            new() { Name = "date", Type = ParameterType.DateRange, Description = "Which days.", Ask = "What day would suit you?" },
            new() { Name = "time", Type = ParameterType.TimeRange, Required = false, Description = "What time of day it should start." },
            Choices.Provider(catalogue),
        ],
        Examples =
        [
            "when are you free {date}",
            "do you have anything {date}",
            "do you have anything free on {date} {time}",
            "what have you got {date}",
            "have you got any appointments {date}",
            "is {provider} free {date}",
            "is there anything with {provider} on {date} {time}",
            "when could {provider} see me",
            "what times do you have for an {service} {date}",
            "are there any slots {date} {time}",
            "when is the next free {service}",
            "which days is {provider} free",
        ],
        Finds = new("slot", "slot_id"),
        MaxAge = TimeSpan.FromSeconds(30),
        Deadline = BookingPlugin.ReadDeadline,
        BackEnd = BookingPlugin.BackEnd,
        Widens = new(
            ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string> { ["provider"] = "provider", ["time"] = "start", ["date"] = "start" }),
            RowsMax,
            TimeSpan.FromSeconds(30)),
        Phrases = new()
        {
            Echo = "{date} {time} with {provider}",
            One = "{start} with {provider} is free.",
            Many = "I have {rows}.",
            Row = "{start} with {provider}",
            Nothing = "I'm sorry, there's nothing free then.",
        },
    };

    public static Tool Create(PluginStore<BookingContext> store, BookingCatalogue catalogue, DateTimeZone zone, TimeProvider time)
    {
        var tool = Describe(catalogue);
        return new(tool, new ToolFunction(tool, null, async (arguments, cancellationToken) =>
        {
            var service = Named(catalogue.Services, arguments.Require("service"), s => s.Name, "service");
            var provider = arguments.Find("provider") is { } who ? Named(catalogue.Providers, who, p => p.Name, "provider") : null;
            var now = UtcMicros.Now(time);
            var today = UtcMicros.ToInstant(now).InZone(zone).Date;
            var days = arguments.Find("date") is { } date ? DayRange.Parse(date, "date") : new(today, today.PlusDays(DaysAhead));
            var times = arguments.Find("time") is { } range ? DayTime.Parse(range, "time") : DayTime.Any;
            var able = catalogue.Providers.Where(p => p.Services.Contains(service.Name) && (provider is null || p == provider)).ToList();

            var free = await store.ReadAsync(db => FreeSlots.FindAsync(db, able, service, days, times, zone, now, cancellationToken), cancellationToken);
            var limit = arguments.MaxRows ?? RowsMax;
            return ToolFunction.Rows(free.Take(limit).Select(s => Row(s, zone)), truncated: free.Count > limit);
        }));
    }

    private static JsonObject Row(Slot slot, DateTimeZone zone) => new()
    {
        ["slot_id"] = slot.Id,
        ["start"] = Slot.Local(slot.Start, zone),
        ["provider"] = slot.Provider.Name,
        ["service"] = slot.Service.Name,
    };

    private static T Named<T>(ImmutableArray<T> from, string name, Func<T, string> nameOf, string parameter)
        where T : class =>
        from.FirstOrDefault(x => nameOf(x) == name) ?? throw ToolArguments.Unacceptable(parameter);
}
