using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;

namespace ContactCenterAgent.Planning.Tasks;

/// <summary>Changes to what was offered: "something later", "another day", "the second one".</summary>
internal static class Refinement
{
    private const int OtherDays = 14;

    private static readonly Phrases AnotherDay = new("another day", "different day", "other day", "later date", "a later day", "another date", "different date", "later in the week");
    private static readonly Phrases Later = new("later", "something later", "after that", "later than that");
    private static readonly Phrases Earlier = new("earlier", "sooner", "before that", "earlier than that");

    /// <summary>Applies the change to the task; true where there was one.</summary>
    public static bool Apply(WorkTask task, ToolSet tools, Token[] tokens, bool[] used, PlanRequest request)
    {
        foreach (var reader in tools.Chain.Of(task.Tool))
        {
            if (reader.Finds is null) continue;
            var shown = request.Known.LastOrDefault(k => k.Tool == reader.Name && k.Result is { Rows.Length: > 0 })?.Result;
            if (shown is not null && Nth(task, reader, tokens, used, shown)) return true;

            // What was offered stays what it was while the caller speaks; what the reads show changes with their words.
            var offered = request.Offered is { } proposal && proposal.Task == task.Id ? new ResultRow(proposal.Fields) : shown?.Rows[0];
            if (offered is null || reader.Widens is null || Replaced(task, reader)) continue;
            if (Shift(task, reader, tokens, used, offered)) return true;
        }

        return false;
    }

    /// <summary>A new day or time was said outright; "later" then only leads to it.</summary>
    private static bool Replaced(WorkTask task, ToolDescriptor reader) => reader.Widens!.Open.Keys.Any(p => task.Evidence.ContainsKey(task.Key(reader.Name, p)));

    private static bool Shift(WorkTask task, ToolDescriptor reader, Token[] tokens, bool[] used, ResultRow offered)
    {
        foreach (var (name, field) in reader.Widens!.Open)
        {
            if (reader.Parameter(name) is not { } parameter || offered[field] is not { } start) continue;
            var change = parameter.Type switch
            {
                ParameterType.TimeRange when Unused(Later, tokens, used) is { } found && AnotherDay.Find(tokens) is null => (found, TimeReader.Range(Minute(start) + 1, 24 * 60)),
                ParameterType.TimeRange when Unused(Earlier, tokens, used) is { } found => (found, TimeReader.Range(0, Minute(start))),
                ParameterType.DateRange when Unused(AnotherDay, tokens, used) is { } found && start.Length >= 10 => (found, Days(start)),
                _ => ((From: 0, To: 0), ""),
            };
            if (change.Item2.Length == 0) continue;
            task.Set(task.Key(reader.Name, name), change.Item2, Take(tokens, used, change.Item1.From, change.Item1.To));
            return true;
        }

        return false;
    }

    private static (int From, int To)? Unused(Phrases phrases, Token[] tokens, bool[] used) => phrases.Find(tokens) is var (from, to) && !used[from] ? (from, to) : null;

    private static int Minute(string start) => start.IndexOf('T', StringComparison.Ordinal) is var t && start.Length >= t + 6 ? Narrowed.Minute(start[(t + 1)..]) : 0;

    private static string Days(string start)
    {
        var day = Narrowed.Day(start[..10]);
        return DateReader.Canonical(day.PlusDays(1), day.PlusDays(OtherDays));
    }

    /// <summary>"the second one", "the first", "the last one": a row that was offered.</summary>
    private static bool Nth(WorkTask task, ToolDescriptor reader, Token[] tokens, bool[] used, ToolResult result)
    {
        var target = task.Tool.Parameters.FirstOrDefault(p => p.Type == ParameterType.EntityId && p.Entity == reader.Finds!.Entity);
        if (target is null) return false;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (used[i]) continue;
            var row = tokens[i].Text is "last" or "latter" ? (result.Rows.Length - 1, i + 1) : Numbers.Ordinal(tokens, i) is var (n, next) ? (n - 1, next) : (-1, i);
            var plain = row.Item2 >= tokens.Length || tokens[row.Item2].Text is "one" or "option" or "slot" or "time" or "please";
            if (!plain || row.Item1 < 0 || row.Item1 >= result.Rows.Length || result.Rows[row.Item1][target.EntityField ?? reader.Finds!.IdField] is not { } id) continue;
            task.Set(target.Name, id, Take(tokens, used, i, Math.Min(row.Item2 + 1, tokens.Length)));
            return true;
        }

        return false;
    }

    private static int[] Take(Token[] tokens, bool[] used, int from, int to)
    {
        for (var i = from; i < to; i++) used[i] = true;
        return [.. Enumerable.Range(from, to - from).Select(i => tokens[i].Word).Distinct()];
    }
}
