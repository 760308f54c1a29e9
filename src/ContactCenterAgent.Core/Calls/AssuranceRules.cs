using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Calls;

/// <summary>Who the caller has been shown to be. What rests on words that are still open falls with them.</summary>
internal static class AssuranceRules
{
    public static AssuranceLevel Highest(CallState state)
    {
        var highest = state.CallerNumber is null ? AssuranceLevel.None : AssuranceLevel.CallerId;
        foreach (var (_, level) in state.Assurance) if (level > highest) highest = level;
        return highest;
    }

    /// <summary>The level that counts for a call: with the person whose things these are, or with anyone.</summary>
    private static AssuranceLevel With(CallState state, ToolDescriptor tool, ImmutableSortedDictionary<string, string> arguments) =>
        tool.Subject is { } subject && arguments.TryGetValue(subject, out var person)
            ? state.Assurance.GetValueOrDefault(person)
            : tool.Subject is null ? Highest(state) : AssuranceLevel.None;

    public static bool MayRun(CallState state, ToolDescriptor tool, ImmutableSortedDictionary<string, string> arguments) =>
        tool.Requires == AssuranceLevel.None || With(state, tool, arguments) >= tool.Requires;

    public static bool MayDisclose(CallState state, ToolCall call)
    {
        var tool = state.Settings.Tool(call.Tool)!;
        if (tool.Discloses == AssuranceLevel.None) return true;

        // A read that finds a person is about whom it found, not about whoever was shown before.
        var found = tool.Grants is { } grant && call.Result is { Rows.Length: 1 } result ? result.Rows[0][grant.SubjectField] : null;
        return (found is null ? With(state, tool, call.Arguments) : state.Assurance.GetValueOrDefault(found)) >= tool.Discloses;
    }

    /// <summary>Committed levels, and what the wanted calls of the present plan grant.</summary>
    public static void Derive(StepScope step)
    {
        var assurance = step.State.Assured;
        foreach (var call in step.Tools.Calls)
        {
            if (call is not { Wanted: true, Status: ToolCallStatus.Succeeded, Result.Rows.Length: 1 }) continue;
            if (step.Descriptor(call).Grants is not { } grant) continue;
            var row = call.Result.Rows[0];
            if (row[grant.Field] != grant.Value || row[grant.SubjectField] is not { } subject) continue;
            if (assurance.GetValueOrDefault(subject) < grant.Level) assurance = assurance.SetItem(subject, grant.Level);
        }

        if ((assurance.Count > 0 || step.State.Assurance.Count > 0) && !assurance.SequenceEqual(step.State.Assurance)) step.State = step.State with { Assurance = assurance };
        if (step.Turn.CommittedAt is not null) step.State = step.State with { Assured = assurance };
    }
}
