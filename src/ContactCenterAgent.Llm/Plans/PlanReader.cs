using System.Collections.Immutable;
using System.Text.Json;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Llm.Plans;

/// <summary>
/// Makes a plan of what a model wrote. A call of a tool that is not there, an argument that is not of its type, a made-up id: each is an error in a sentence that the
/// model can act on. A required argument that is missing is a question for the caller, not an error.
/// </summary>
/// <param name="request">What the model was asked.</param>
/// <param name="callsMax">Calls of one plan; more is a model that loops.</param>
internal sealed class PlanReader(PlanRequest request, int callsMax)
{
    private readonly List<PlannedCall> _calls = [];
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private readonly List<OpenArgument> _missing = [];
    private readonly Dictionary<string, (ToolDescriptor Tool, SortedDictionary<string, string> Arguments)> _tasks = new(StringComparer.Ordinal);
    private readonly ImmutableArray<int> _turn = [.. Enumerable.Range(0, request.Turn.Words.Length)];
    private int _read;

    /// <summary>The model repeats itself.</summary>
    internal bool Loops { get; private set; }

    /// <summary>The plan as far as it is written.</summary>
    internal Plan Growing => new() { Read = request.Hash, Growing = true, Calls = [.. _calls.Where(c => !Tool(c.Tool)!.IsEffect)] };

    /// <summary>Reads one call.</summary>
    /// <returns>What is wrong with it; null = nothing.</returns>
    internal string? Add(string json)
    {
        if (++_read > callsMax) Loops = true;
        if (Loops) return "There are too many calls.";
        try
        {
            using var document = JsonDocument.Parse(json);
            return Add(document.RootElement);
        }
        catch (JsonException)
        {
            return "A call is not valid JSON.";
        }
        catch (InvalidOperationException)
        {
            return "A call has a property of the wrong type.";
        }
    }

    /// <summary>The whole plan.</summary>
    /// <returns>The plan, or what is wrong with it.</returns>
    internal (Plan? Plan, string? Error) Finish(IReadOnlyDictionary<string, string> properties)
    {
        if (!properties.ContainsKey("calls")) return (null, "The plan has no calls; give an empty list where none is wanted.");
        var head = new PlanHead(properties);
        if (head.Error is { } error) return (null, error);
        var known = request.Tasks.Select(t => t.Id).Concat(request.Proposals.Select(p => p.Task)).Concat(request.Known.Select(k => k.Task)).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<OpenArgument> ask = [.. head.Ask.Select(Question).OfType<OpenArgument>().Concat(_missing.Where(m => m.Question.Length > 0)).DistinctBy(a => (a.Task, a.Tool, a.Parameter))];
        return (new()
        {
            Read = request.Hash,
            Tasks = [.. _tasks.Where(t => !head.Withdrawn.Contains(t.Key)).Select(t => Task(t.Key, t.Value.Tool, t.Value.Arguments))],
            Calls = [.. _calls],
            Withdrawn = [.. head.Withdrawn.Where(known.Contains)],
            Ask = ask,
            Affirmation = head.Answer,
            Act = head.Act,
            Complete = head.Complete && ask.IsEmpty,
            Confidence = head.Confidence,
        }, null);
    }

    // The draft planner's own marks on a task (no parameter's name begins like them) come back to it.
    private PlanTask Task(string id, ToolDescriptor tool, SortedDictionary<string, string> arguments)
    {
        foreach (var before in request.Tasks.Where(t => t.Id == id && t.Tool == tool.Name))
            foreach (var (key, value) in before.Arguments) if (key.StartsWith("_.", StringComparison.Ordinal)) arguments[key] = value;
        return new(id, tool.Name, arguments.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private string? Add(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object) return "A call must be an object.";
        var name = Text(call, "tool");
        if (name is null || Tool(name) is not { } tool) return $"There is no tool {name}. The tools are: {string.Join(", ", request.Tools.Select(t => t.Name))}.";
        var label = Text(call, "id") ?? $"{tool.Name}#{_read}";
        if (_left.Contains(label) || _calls.Exists(c => c.Label == label)) label = $"{label}#{_read}";
        var task = Text(call, "task") is { Length: > 0 } given ? given : tool.Name;
        var arguments = ImmutableSortedDictionary.CreateBuilder<string, ArgumentValue>(StringComparer.Ordinal);
        if (call.TryGetProperty("arguments", out var written) && written.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in written.EnumerateObject())
            {
                if (tool.Parameter(property.Name) is not { } parameter) return $"{tool.Name} has no parameter {property.Name}.";
                var (value, error) = Value(tool, parameter, property.Value);
                if (error is not null) return error;
                if (value is not null) arguments[parameter.Name] = value;
            }
        }

        Remember(task, tool, arguments);
        if (IsLeftOut(tool, task, label, arguments)) return null;
        Loops = _calls.Count(c => c.Tool == tool.Name && c.Arguments.SequenceEqual(arguments)) > 1;
        var asked = Flag(call, "asked");
        _calls.Add(new()
        {
            Label = label,
            Task = task,
            Tool = tool.Name,
            Arguments = arguments.ToImmutable(),
            Evidence = asked ? _turn : [],
            Requested = Flag(call, "requested"),
            Another = Flag(call, "another"),
            Fresh = Flag(call, "fresh"),
            Answers = Flag(call, "answers"),
        });
        return Loops ? "The same call is repeated." : null;
    }

    private (ArgumentValue? Value, string? Error) Value(ToolDescriptor tool, ToolParameter parameter, JsonElement json)
    {
        var text = json.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => json.GetString(),
            JsonValueKind.Number => json.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => throw new InvalidOperationException(),
        };
        if (string.IsNullOrWhiteSpace(text)) return default;
        if (text[0] == '$' && text.IndexOf('.', StringComparison.Ordinal) is var dot and > 1) return Reference(text[1..dot], text[(dot + 1)..]);
        if (parameter.Type == ParameterType.EntityId && !IsFound(text)) return (null, $"{tool.Name}.{parameter.Name}: no result has this id. Refer to the call that finds it as $id.field.");
        return CanonicalValues.Read(parameter, text, request.LocalNow) is { } value
            ? (new ArgumentValue.Known(value), null)
            : (null, $"{tool.Name}.{parameter.Name}: not acceptable. It must be {(parameter.Values.IsEmpty ? CanonicalValues.Form(parameter.Type) : "one of " + string.Join(", ", parameter.Values.Select(v => v.Value)))}.");
    }

    private (ArgumentValue? Value, string? Error) Reference(string label, string field)
    {
        if (_left.Contains(label) || _calls.Exists(c => c.Label == label)) return (new ArgumentValue.From(label, field), null);
        for (var i = 0; i < request.Known.Length; i++)
        {
            if (PlanPrompt.KnownLabel(i) != label) continue;
            var known = request.Known[i];
            if (known.Result is { Rows.Length: > 0 } result && result.Rows[0][field] is null) return (null, $"{label} has no field {field}. Its fields are: {string.Join(", ", result.Rows[0].Fields.Keys)}.");
            _calls.Add(new() { Label = label, Task = known.Task, Tool = known.Tool, Arguments = known.Arguments.ToImmutableSortedDictionary(a => a.Key, a => (ArgumentValue)new ArgumentValue.Known(a.Value), StringComparer.Ordinal) });
            return (new ArgumentValue.From(label, field), null);
        }

        return (null, $"There is no call {label} before this one.");
    }

    /// <summary>An id is taken from a result, or from what rests on one; a model does not know ids.</summary>
    private bool IsFound(string id) =>
        request.Known.Any(k => k.Arguments.ContainsValue(id) || (k.Result is { } result && result.Rows.Any(r => r.Fields.ContainsValue(id))))
        || request.Proposals.Any(p => p.Arguments.ContainsValue(id) || p.Fields.ContainsValue(id))
        || request.Tasks.Any(t => t.Arguments.ContainsValue(id));

    private void Remember(string task, ToolDescriptor tool, ImmutableSortedDictionary<string, ArgumentValue>.Builder arguments)
    {
        var main = tool;
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (_tasks.TryGetValue(task, out var before))
        {
            main = Fulfils(task, before.Tool) || (before.Tool.IsEffect && !Fulfils(task, tool)) ? before.Tool : tool;
            foreach (var (key, value) in before.Arguments) kept[Rename(key, before.Tool, main)] = value;
        }

        foreach (var (name, value) in arguments)
            if (value is ArgumentValue.Known known) kept[tool == main ? name : $"{tool.Name}.{name}"] = known.Canonical;
        _tasks[task] = (main, kept);
    }

    // The tool that a wish is named for, or was last time; failing that its effect, or else the last read.
    private bool Fulfils(string task, ToolDescriptor tool) =>
        request.Tasks.FirstOrDefault(t => t.Id == task) is { } known ? known.Tool == tool.Name : task.Split('#')[0] == tool.Name;

    private static string Rename(string key, ToolDescriptor before, ToolDescriptor main)
    {
        if (before == main) return key;
        if (key.StartsWith(main.Name + ".", StringComparison.Ordinal)) return key[(main.Name.Length + 1)..];
        return key.Contains('.', StringComparison.Ordinal) ? key : $"{before.Name}.{key}";
    }

    private bool IsLeftOut(ToolDescriptor tool, string task, string label, ImmutableSortedDictionary<string, ArgumentValue>.Builder arguments)
    {
        var rests = arguments.Values.Any(v => v is ArgumentValue.From from && _left.Contains(from.Label));
        foreach (var parameter in tool.Parameters)
        {
            if (arguments.ContainsKey(parameter.Name) || !parameter.Required || parameter.Default is not null) continue;
            if (tool.Effect == ToolEffect.Read && tool.Widens?.Open.ContainsKey(parameter.Name) == true) continue;
            _missing.Add(new(task, tool.Name, parameter.Name, parameter.Ask ?? ""));
            rests = true;
        }

        if (rests) _left.Add(label);
        return rests;
    }

    // The tool's own question, or the model's where it asks and claims nothing.
    private OpenArgument? Question((string Task, string Tool, string Parameter, string Question) asked)
    {
        if (Tool(asked.Tool)?.Parameter(asked.Parameter) is not { } parameter) return null;
        var free = asked.Question.Trim();
        var usable = free.EndsWith('?') && free.Length <= 200 && EnglishReply.Is(free) && ClaimDetector.Read(free) == Claim.None;
        return new(asked.Task, asked.Tool, asked.Parameter, parameter.Ask ?? (usable ? free : $"Could you tell me the {parameter.Name.Replace('_', ' ')}?"));
    }

    private ToolDescriptor? Tool(string name)
    {
        foreach (var tool in request.Tools) if (tool.Name == name) return tool;
        return null;
    }

    private static string? Text(JsonElement call, string name) =>
        call.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(JsonElement call, string name) => call.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
