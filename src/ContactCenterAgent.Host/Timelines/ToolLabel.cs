using System.Collections.Immutable;
using System.Globalization;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Host.Timelines;

/// <summary>A tool call in the words of a reader: <c>find_slots eye test, Thu 26 Nov, 12:00-17:00</c>. Ids and notes are left out.</summary>
internal static class ToolLabel
{
    private const int Longest = 44;

    public static string Of(ToolDescriptor? tool, StartTool command) => Of(tool, command.Tool, command.Operation, command.Arguments.Value);

    public static string Of(ToolDescriptor? tool, ToolCall call) => Of(tool, call.Tool, call.Operation, call.Arguments);

    public static string Of(ToolDescriptor? tool, Proposal proposal) => Of(tool, proposal.Tool, ToolOperation.Invoke, proposal.Arguments);

    private static string Of(ToolDescriptor? tool, string name, ToolOperation operation, ImmutableSortedDictionary<string, string> arguments)
    {
        var verb = operation switch
        {
            ToolOperation.Place => "hold " + name,
            ToolOperation.Confirm => "confirm " + name,
            ToolOperation.LookUp => "look up " + name,
            _ => name,
        };
        var values = tool is null ? [] : tool.Parameters.Where(p => arguments.ContainsKey(p.Name)).Select(p => Value(p.Type, arguments[p.Name])).OfType<string>();
        var label = string.Join(", ", values) is { Length: > 0 } list ? $"{verb} {list}" : verb;
        return label.Length <= Longest ? label : label[..(Longest - 1)] + "…";
    }

    private static string? Value(ParameterType type, string canonical) => type switch
    {
        ParameterType.EntityId or ParameterType.Wording or ParameterType.Readings => null,
        ParameterType.Date or ParameterType.DateRange => string.Join(" to ", canonical.Split('/').Select(Day)),
        ParameterType.TimeRange => canonical.Replace('/', '-'),
        ParameterType.DateTime => DateTime.TryParse(canonical, CultureInfo.InvariantCulture, out var at) ? at.ToString("ddd d MMM HH:mm") : canonical,
        _ => canonical,
    };

    private static string Day(string iso) => DateOnly.TryParse(iso, CultureInfo.InvariantCulture, out var day) ? day.ToString("ddd d MMM") : iso;
}
