using System.Collections.Immutable;
using System.Text.Json;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>What a replay found.</summary>
/// <param name="Events">Events stepped.</param>
/// <param name="Commands">Commands compared.</param>
/// <param name="SameRules">The journal was written by this very build of the rules: anything but identical is a bug.</param>
/// <param name="Difference">The first difference; null = identical.</param>
/// <param name="Final">The state after the last event stepped.</param>
public sealed record ReplayReport(int Events, int Commands, bool SameRules, JournalDifference? Difference, CallState Final)
{
    /// <summary>Every command came out as recorded.</summary>
    public bool Identical => Difference is null;
}

/// <summary>The first command that came out otherwise.</summary>
/// <param name="Event">The event's number, from 1.</param>
/// <param name="At">Its call time.</param>
/// <param name="Name">Its type.</param>
/// <param name="Command">The command's place among the step's, from 1.</param>
/// <param name="What">What differs, without personal values: <c>Say.text</c>, <c>StartTool instead of HangUp</c>.</param>
/// <param name="Recorded">The command as recorded; null = there was none.</param>
/// <param name="Replayed">The command now; null = there is none.</param>
public sealed record JournalDifference(
    int Event, TimeSpan At, string Name, int Command, string What, Pii<string>? Recorded, Pii<string>? Replayed)
{
    /// <summary>One line without personal values.</summary>
    public override string ToString() => $"event {Event} ({Name} at {At.TotalSeconds:0.000} s), command {Command}: {What}";
}

/// <summary>Steps a journal's events again and compares the commands.</summary>
public static class Replayer
{
    /// <summary>Replays a journal.</summary>
    public static ReplayReport Replay(CallHistory journal)
    {
        var state = CallAgent.Begin(journal.Header.Call, journal.Header.Settings);
        var (events, commands) = (0, 0);
        JournalDifference? difference = null;
        foreach (var step in journal.Steps)
        {
            ImmutableArray<string> replayed;
            try
            {
                (state, var now) = CallAgent.Step(state, step.Happened);
                replayed = [.. now.Select(CommandText.Of)];
            }
            catch (InvariantException broken)
            {
                // A law that broke then breaks again: the journal ends there, and that is the same outcome.
                if (step.CommandsKnown) difference = Differ(step, 1, $"a law broke now: {broken.Message}", step.Commands.FirstOrDefault().Text, null);
                break;
            }

            events++;
            if (!step.CommandsKnown) break;
            commands += replayed.Length;
            if ((difference = Compare(step, replayed)) is not null) break;
        }

        return new(events, commands, journal.Header.Rules == JournalHeader.RulesNow, difference, state);
    }

    private static JournalDifference? Compare(JournalStep step, ImmutableArray<string> replayed)
    {
        for (var i = 0; i < Math.Max(step.Commands.Length, replayed.Length); i++)
        {
            var then = i < step.Commands.Length ? step.Commands[i].Text : null;
            var now = i < replayed.Length ? replayed[i] : null;
            if (then != now) return Differ(step, i + 1, What(then, now), then, now);
        }

        return null;
    }

    private static JournalDifference Differ(JournalStep step, int command, string what, string? then, string? now) =>
        new(step.Number, step.Happened.At, step.Happened.GetType().Name, command, what, then is null ? null : new(then), now is null ? null : new(now));

    /// <summary>Names the difference without a value.</summary>
    private static string What(string? then, string? now)
    {
        if (then is null) return $"{new JournalCommand(now!)} was not recorded";
        if (now is null) return $"{new JournalCommand(then)} does not come now";
        var (recorded, replayed) = (new JournalCommand(then), new JournalCommand(now));
        if (recorded.Name != replayed.Name) return $"{replayed} instead of {recorded}";
        using var left = JsonDocument.Parse(then);
        using var right = JsonDocument.Parse(now);
        return recorded.Name + Path(left.RootElement, right.RootElement);
    }

    private static string Path(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != JsonValueKind.Object || right.ValueKind != JsonValueKind.Object) return "";
        foreach (var property in left.EnumerateObject())
        {
            if (!right.TryGetProperty(property.Name, out var other)) return "." + property.Name;
            if (!JsonElement.DeepEquals(property.Value, other)) return "." + property.Name + Path(property.Value, other);
        }

        return "";
    }
}
