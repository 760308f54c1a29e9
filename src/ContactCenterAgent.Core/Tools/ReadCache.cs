using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Core.Tools;

/// <summary>Earlier results that may answer an equal call while they are fresh, and widened results that are narrowed locally.</summary>
internal static class ReadCache
{
    /// <summary>The result of an earlier equal call, or of a wider one narrowed to this call; null = none that is fresh and allowed.</summary>
    public static (ToolOutcome.Succeeded Outcome, ToolCall From)? Find(StepScope step, ToolCall call, ToolDescriptor tool)
    {
        if (call.Fresh || call.Identity is not { } identity) return null;
        var calls = step.Tools.Calls;
        for (var i = calls.Length - 1; i >= 0; i--)
        {
            var earlier = calls[i];
            if (earlier.Id == call.Id || earlier.Tool != call.Tool || earlier.Operation != ToolOperation.Invoke) continue;
            if (earlier.Outcome is not ToolOutcome.Succeeded done || earlier.EndedAt is not { } at) continue;
            if (step.Tools.IsOutdated(earlier, tool.BackEnd)) continue;
            if (earlier.Identity == identity && earlier.Open.IsEmpty && call.Open.IsEmpty && step.Now - at < tool.MaxAge) return (done, earlier);
            if (Covers(earlier, call, tool) && step.Now - at < tool.Widens!.MaxAge && !done.Result.Truncated)
                return (new(Narrow(done.Result, earlier, call, tool)), earlier);
        }

        return null;
    }

    /// <summary>Whether a running widened read will serve a call that waits for it.</summary>
    public static bool WillServe(StepScope step, ToolCall wide)
    {
        if (wide.Open.IsEmpty || wide.Status != ToolCallStatus.Running) return false;
        var tool = step.Descriptor(wide);
        foreach (var call in step.Tools.Calls)
            if (call is { Wanted: true, Status: ToolCallStatus.Waiting } && call.Tool == wide.Tool && Covers(wide, call, tool)) return true;
        return false;
    }

    /// <summary>A widened read under way whose rows this call is a part of: waiting for it is sooner than asking again.</summary>
    public static bool IsServed(StepScope step, ToolCall call, ToolDescriptor tool)
    {
        if (tool.Widens is null || call.Fresh) return false;
        foreach (var wide in step.Tools.Calls)
            if (wide is { Status: ToolCallStatus.Running, Open.Length: > 0 } && wide.Tool == call.Tool && wide.Id != call.Id && Covers(wide, call, tool)) return true;
        return false;
    }

    /// <summary>The wide call's arguments are all the call's own, and the rest of the call's arguments can be compared with fields of a row.</summary>
    private static bool Covers(ToolCall wide, ToolCall call, ToolDescriptor tool)
    {
        if (tool.Widens is not { } widening || wide.Open.IsEmpty || !call.Open.IsEmpty) return false;
        foreach (var (name, value) in wide.Arguments)
            if (call.Arguments.GetValueOrDefault(name) != value) return false;
        foreach (var (name, _) in call.Arguments)
            if (!wide.Arguments.ContainsKey(name) && !widening.Open.ContainsKey(name)) return false;
        return true;
    }

    private static ToolResult Narrow(ToolResult rows, ToolCall wide, ToolCall call, ToolDescriptor tool)
    {
        var narrowed = rows.Rows;
        foreach (var (name, value) in call.Arguments)
        {
            if (wide.Arguments.ContainsKey(name)) continue;
            var field = tool.Widens!.Open[name];
            narrowed = narrowed.RemoveAll(row => !Fits(tool.Parameter(name)!.Type, row[field], value));
        }

        return ToolResult.Of(narrowed);
    }

    /// <summary>Whether a row's field lies in an argument: the same value, the day of a moment, within a range of days or times.</summary>
    internal static bool Fits(ParameterType type, string? field, string argument)
    {
        if (field is null) return false;
        var (from, to) = argument.IndexOf('/') is var slash and >= 0 ? (argument[..slash], argument[(slash + 1)..]) : (argument, argument);
        var split = field.IndexOf('T', StringComparison.Ordinal);
        switch (type)
        {
            case ParameterType.Date or ParameterType.DateRange:
                var day = split > 0 ? field[..split] : field;
                return string.CompareOrdinal(day, from) >= 0 && string.CompareOrdinal(day, to) <= 0;
            case ParameterType.Time or ParameterType.TimeRange:
                var time = split > 0 ? field[(split + 1)..] : field;
                return from == to ? time == from : string.CompareOrdinal(time, from) >= 0 && string.CompareOrdinal(time, to) < 0;
            default:
                return field == argument;
        }
    }
}
