using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Plans;

/// <summary>
/// What a model is told: instructions and tools, which never change for a set of tools; then the conversation, which only grows; last what changes with every word. A server
/// that keeps prefixes finds the longest one, and of the last message as much as has not changed: the words stand at its end.
/// </summary>
internal static class PlanPrompt
{
    private const int RowsMax = 12, ResultCharactersMax = 2_400, KnownCharactersMax = 16_000;
    private static readonly ConditionalWeakTable<ToolDescriptor[], string> Descriptions = [];

    /// <summary>The label under which a plan may refer to a known call.</summary>
    internal static string KnownLabel(int index) => $"k{index + 1}";

    /// <summary>The messages of a request.</summary>
    /// <param name="request">What the planner may look at.</param>
    /// <param name="about">A few sentences about the business; fixed for a line.</param>
    /// <param name="instructions">How to answer: <see cref="WholePlan"/>, or another protocol's.</param>
    internal static List<ChatMessage> Of(PlanRequest request, string about, string instructions)
    {
        var prefix = instructions + "\nTools:\n" + Describe(request.Tools);
        List<ChatMessage> messages = [new(ChatRole.System, about.Length == 0 ? prefix : prefix + "\n" + about)];
        foreach (var line in History(request))
        {
            var (role, text) = line.Who switch
            {
                Speaker.Agent => (ChatRole.Assistant, line.Text.Value),
                Speaker.Tool => (ChatRole.User, "[tool] " + line.Text.Value),
                _ => (ChatRole.User, line.Text.Value),
            };
            messages.Add(new(role, text));
        }

        messages.Add(new(ChatRole.User, Now(request)));
        return messages;
    }

    // A committed turn stands in the history already; it is what has to be planned, so it is said once, at the end.
    private static IEnumerable<HistoryLine> History(PlanRequest request)
    {
        var last = -1;
        for (var i = request.History.Length - 1; i >= 0 && last < 0; i--) if (request.History[i].Who == Speaker.Caller) last = i;
        var repeats = last >= 0 && request.History[last].Text.Value == request.Turn.Text;
        return request.History.Where((_, i) => !repeats || i != last);
    }

    /// <summary>The tools as a model reads them. Written once for a set of tools, known again by its array.</summary>
    internal static string Describe(ImmutableArray<ToolDescriptor> tools) => Descriptions.GetValue(ImmutableCollectionsMarshal.AsArray(tools) ?? [], _ => Tools(tools));

    private static string Tools(ImmutableArray<ToolDescriptor> tools)
    {
        var text = new StringBuilder();
        foreach (var tool in tools)
        {
            text.Append("- ").Append(tool.Name).Append(" (").Append(Kind(tool.Effect)).Append("): ").AppendLine(tool.Description);
            foreach (var parameter in tool.Parameters) Parameter(text, tool, parameter);
            if (tool.Finds is { } finds) text.Append("    finds: ").Append(finds.Entity).Append(", id in field ").AppendLine(finds.IdField);
            if (!tool.Examples.IsEmpty) text.Append("    said like: ").AppendLine(string.Join(" | ", tool.Examples.Take(3)));
        }

        return text.ToString();
    }

    private static void Parameter(StringBuilder text, ToolDescriptor tool, ToolParameter parameter)
    {
        text.Append("    ").Append(parameter.Name).Append(": ");
        if (parameter.Values.IsEmpty) text.Append(CanonicalValues.Form(parameter.Type));
        else text.Append("one of ").AppendJoin(" | ", parameter.Values.Select(v => v.Value));
        if (parameter.Entity is { } entity) text.Append(", the ").Append(parameter.EntityField ?? "id").Append(" of a ").Append(entity);
        var open = tool.Widens?.Open.ContainsKey(parameter.Name) == true;
        if (!parameter.Required || parameter.Default is not null || open) text.Append(", may be null");
        if (parameter.Description.Length > 0) text.Append(". ").Append(parameter.Description);
        text.AppendLine();
    }

    private static string Kind(ToolEffect effect) => effect switch
    {
        ToolEffect.Read or ToolEffect.Disclose => "read",
        ToolEffect.Reserve => "reserve, read back before it is done",
        ToolEffect.Irreversible => "cannot be undone, read back before it is done",
        _ => "write",
    };

    private static string Now(PlanRequest request)
    {
        var text = new StringBuilder();
        text.Append("now: ").AppendLine(request.LocalNow.ToString("dddd yyyy-MM-dd HH:mm"));
        text.Append("caller is: ").AppendLine(request.Assurance.ToString().ToLowerInvariant());
        foreach (var task in request.Tasks) text.Append("task ").Append(task.Id).Append(' ').Append(task.Tool).AppendLine(Arguments(task.Arguments.Where(a => !a.Key.StartsWith("_.", StringComparison.Ordinal))));
        for (var i = 0; i < request.Known.Length; i++) Known(text, i, request.Known[i]);
        foreach (var proposal in request.Proposals)
            text.Append("open: ").Append(proposal.Task).Append(' ').Append(proposal.Tool).Append(Arguments(proposal.Arguments)).Append(' ').AppendLine(proposal.Status.ToString().ToLowerInvariant());
        if (request.ReadBack is { } read) text.Append("asked for a yes to: ").Append(read.Tool).AppendLine(Arguments(read.Fields.IsEmpty ? read.Arguments : read.Fields));
        foreach (var asked in request.Asked) text.Append("asked the caller: ").Append(asked.Task).Append(' ').Append(asked.Tool).Append('.').AppendLine(asked.Parameter);
        text.Append("caller says now: ").Append(request.Turn.Text);
        return text.ToString();
    }

    private static void Known(StringBuilder text, int index, KnownCall call)
    {
        text.Append("call ").Append(KnownLabel(index)).Append(' ').Append(call.Task).Append(' ').Append(call.Tool).Append(Arguments(call.Arguments)).Append(" -> ");
        if (call.Result is not { } result) text.AppendLine("running, or not to be shown");
        else if (text.Length > KnownCharactersMax) text.Append(result.Rows.Length).AppendLine(" rows, not shown");
        else Rows(text, result);
    }

    // A result too large for the context is cut by rows, and the model is told so: it must not take the rest for nothing.
    private static void Rows(StringBuilder text, ToolResult result)
    {
        var began = text.Length;
        var shown = 0;
        foreach (var row in result.Rows.Take(RowsMax))
        {
            var fields = Arguments(row.Fields);
            if (text.Length - began + fields.Length > ResultCharactersMax) break;
            text.Append(fields);
            shown++;
        }

        if (result.Rows.IsEmpty) text.Append("nothing");
        if (shown < result.Rows.Length) text.Append(" and ").Append(result.Rows.Length - shown).Append(" more rows, not shown");
        text.AppendLine(result.Truncated ? " (there are more)" : "");
    }

    private static string Arguments(IEnumerable<KeyValuePair<string, string>> fields) => "(" + string.Join(", ", fields.Select(f => $"{f.Key}={f.Value}")) + ")";

    /// <summary>The whole plan in one answer.</summary>
    internal const string WholePlan =
        """
        You plan for an agent on a telephone line. You get what the caller has said and what the tools have found, and answer with one JSON object, the whole plan:
        {"act","answer","calls":[{"id","task","tool","arguments","asked","requested","another","fresh","answers"}],"withdrawn":[],"ask":[{"task","tool","parameter","question"}],"complete","confidence","reply"}
        calls: every tool call that is wanted now, for all tasks that are still open, in the order in which they depend on each other; also those that are running or finished, if they still count. A call that you leave out is dropped.
        id: your own short name for the call. task: what the caller wants; use the id of the task if it is listed, else the name of the tool that fulfils it.
        arguments: only what the caller said or a tool found; null for the rest. Never make up a value. A field of the first row of another call's result is written $id.field, where id is that call's id in this plan or its label below.
        asked: the caller's present words ask for this call or change it. requested: they ask plainly for the change to be made. another: they want another one of the same. fresh: they want a new look. answers: the result of this call is what they want to hear.
        withdrawn: ids of tasks that the caller takes back. ask: what must still be asked, most important first. Do not ask for what a tool can find.
        act: none, unless the words are a request for a person, a goodbye, small talk, a request to repeat, a wish that no tool covers, or cannot be understood. answer: how the words answer what was read back.
        complete: the caller's words form a whole request. confidence: 0 to 1.
        reply: what to say beside the results, which the agent speaks itself: at most two short sentences in English, or nothing. Never say that something is done, booked, changed, or not available.
        """;
}
