using System.Text.Json.Serialization;
using ContactCenterAgent.Host.Timelines;

namespace ContactCenterAgent.Host.Console;

/// <summary>First message on a caller's socket: the call's id, by which it is watched.</summary>
internal sealed record StartedMessage(string Call)
{
    public string Type => "started";
}

/// <summary>The calls that are up.</summary>
internal sealed record CallsMessage(IEnumerable<CallMessage> Calls)
{
    public string Type => "calls";

    public static CallsMessage Of(IEnumerable<LiveCall> calls) => new(calls.Select(c => new CallMessage(c.Call.ToString(), c.View.Line!, c.StartedAt, c.View.Phase)));
}

/// <summary>One of them: its id by which it is watched, and nothing of the caller.</summary>
internal sealed record CallMessage(string Call, string Line, DateTimeOffset StartedAt, string Phase);

/// <summary>One line of the conversation.</summary>
internal sealed record RowMessage(double At, Lane Lane, RowKind Kind, string Text, string? Note)
{
    public string Type => "row";
}

/// <summary>The whole drawing as it is now.</summary>
internal sealed record StaffMessage(int Width, double Now, string Phase, IEnumerable<SystemMessage> Systems)
{
    public string Type => "staff";

    public static StaffMessage Of(Staff staff, TimeSpan now, string phase) => new(
        staff.Width, now.TotalSeconds, phase,
        staff.Systems.Select(s => new SystemMessage(s.Ruler.Select(Item), s.Lanes.Select(l => new LaneMessage(l.Lane, l.Items.Select(Item))))));

    private static ItemMessage Item(StaffItem item) => new(item.Column, item.Length, item.Text, item.Tone, item.Sign, item.Before, item.IsBar);
}

/// <summary>One line of the drawing.</summary>
internal sealed record SystemMessage(IEnumerable<ItemMessage> Ruler, IEnumerable<LaneMessage> Lanes);

/// <summary>One lane of it.</summary>
internal sealed record LaneMessage(Lane Lane, IEnumerable<ItemMessage> Items);

/// <summary>A word, a mark or a bar.</summary>
internal sealed record ItemMessage(int Column, int Length, string Text, Tone Tone, string Sign, bool Before, bool Bar);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(LowerCaseNames<Lane>), typeof(LowerCaseNames<RowKind>), typeof(LowerCaseNames<Tone>)])]
[JsonSerializable(typeof(StartedMessage))]
[JsonSerializable(typeof(CallsMessage))]
[JsonSerializable(typeof(RowMessage))]
[JsonSerializable(typeof(StaffMessage))]
internal sealed partial class ConsoleJson : JsonSerializerContext;
