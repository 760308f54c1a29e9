using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Booking.Diary;
using ContactCenterAgent.Plugins.Shared;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking.Tools;

/// <summary>When the doors are open. Days in a row with the same hours are one row; closed days are none.</summary>
internal static class OpeningHoursTool
{
    public static readonly ToolDescriptor Descriptor = new()
    {
        Name = "opening_hours",
        Description = "Says when the shop is open, in general or on given days.",
        Effect = ToolEffect.Read,
        Parameters = [new() { Name = "date", Type = ParameterType.DateRange, Required = false, Description = "Which days; the usual week without it." }],
        Examples =
        [
            "what are your opening hours",
            "when are you open",
            "are you open {date}",
            "are you open on {date}",
            "what time do you open {date}",
            "what time do you close {date}",
            "until when are you open on {date}",
            "how late are you open {date}",
            "do you open at weekends",
            "what time do you shut {date}",
            "what are your hours on {date}",
            "are you closed {date}",
            "could you tell me your opening times",
        ],
        MaxAge = TimeSpan.FromHours(1),
        Deadline = BookingPlugin.ReadDeadline,
        BackEnd = BookingPlugin.BackEnd,
        Phrases = new()
        {
            One = "We're open {days} from {opens} to {closes}.",
            Many = "We're open {rows}.",
            Row = "{days} from {opens} to {closes}",
            Nothing = "We're closed then.",
        },
    };

    public static Tool Create(BookingCatalogue catalogue) => new(Descriptor, new ToolFunction(Descriptor, null, (arguments, _) =>
        Task.FromResult(ToolFunction.Rows(Rows(catalogue, Asked(arguments.Find("date")))))));

    private static IReadOnlyList<IsoDayOfWeek> Asked(string? date)
    {
        if (date is null) return Enum.GetValues<IsoDayOfWeek>()[1..];
        var days = DayRange.Parse(date, "date").Days().Select(d => d.DayOfWeek).Distinct().ToList();
        return days.Count < 7 ? days : Enum.GetValues<IsoDayOfWeek>()[1..];
    }

    private static IEnumerable<JsonObject> Rows(BookingCatalogue catalogue, IReadOnlyList<IsoDayOfWeek> days)
    {
        OpenDay? first = null, last = null;
        foreach (var day in days.Append(IsoDayOfWeek.None))
        {
            var open = catalogue.Hours.FirstOrDefault(h => h.Day == day);
            var goesOn = first is not null && open is not null && (open.Opens, open.Closes) == (first.Opens, first.Closes);
            if (first is not null && !goesOn) yield return Row(first, last!);
            if (!goesOn) first = open;
            last = open;
        }
    }

    private static JsonObject Row(OpenDay first, OpenDay last) => new()
    {
        ["days"] = first == last ? first.Day.ToString() : $"{first.Day} to {last.Day}",
        ["opens"] = first.Opens.ToString("HH:mm", null),
        ["closes"] = first.Closes.ToString("HH:mm", null),
    };
}
