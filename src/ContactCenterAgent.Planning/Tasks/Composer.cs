using System.Collections.Immutable;
using System.Text;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Planning.Tasks;

/// <summary>Tasks to calls: back-chains from what a task's tool needs to the reads that find it, and says what must still be asked.</summary>
internal sealed class Composer(ToolSet tools, PlanRequest request, IReadOnlyList<WorkTask> tasks)
{
    private readonly List<PlannedCall> _calls = [];
    private readonly Dictionary<string, string> _labels = [];
    private readonly List<OpenArgument> _ask = [];
    private readonly HashSet<string> _open = [];
    private readonly HashSet<string> _needed = [];

    public ImmutableArray<PlannedCall> Calls => [.. _calls];

    public ImmutableArray<OpenArgument> Ask => [.. _ask];

    /// <summary>Plans a task and everything that it rests on.</summary>
    /// <returns>Whether the task's own call could be planned.</returns>
    public bool Add(WorkTask task)
    {
        _open.Clear();
        return Call(task, task.Tool, isRoot: true) is not null;
    }

    private string? Call(WorkTask task, ToolDescriptor tool, bool isRoot)
    {
        if (!_open.Add(tool.Name)) return null;
        var arguments = ImmutableSortedDictionary.CreateBuilder<string, ArgumentValue>(StringComparer.Ordinal);
        var evidence = new SortedSet<int>(isRoot || tool.Subject is null ? task.WishWords : []);
        var missing = false;
        var ask = new List<ToolParameter>();
        foreach (var parameter in tool.Parameters)
        {
            if (Value(task, tool, parameter, evidence) is { } value) arguments[parameter.Name] = value;
            else if (parameter.Required && parameter.Default is null)
            {
                missing |= tool.Widens?.Open.ContainsKey(parameter.Name) != true || IsSupplied(task, parameter);
                if (!IsSupplied(task, parameter)) ask.Add(parameter);
            }
        }

        foreach (var parameter in ask) Question(task, tool, parameter);
        AskNextBest(task, tool, arguments);
        _open.Remove(tool.Name);
        if (missing || (ask.Count > 0 && arguments.Count == 0)) return null;
        return Label(task, tool, arguments.ToImmutable(), evidence, isRoot);
    }

    private ArgumentValue? Value(WorkTask task, ToolDescriptor tool, ToolParameter parameter, SortedSet<int> evidence)
    {
        var key = task.Key(tool.Name, parameter.Name);
        if (task.Arguments.TryGetValue(key, out var known))
        {
            if (task.Evidence.TryGetValue(key, out var words)) evidence.UnionWith(words);
            return new ArgumentValue.Known(known);
        }

        if (parameter.Type != ParameterType.EntityId)
        {
            if (Carried(task, tool, parameter) is { } carried)
            {
                task.Arguments[key] = carried.Value;
                evidence.UnionWith(carried.Words);
                return new ArgumentValue.Known(carried.Value);
            }

            if (!IsSupplied(task, parameter)) return null;
        }

        if (parameter.Entity is not { } entity || (!parameter.Required && parameter.Type == ParameterType.EntityId)) return null;
        if (Supplier(task, tool, entity) is not { } supplier) return null;
        var field = parameter.EntityField ?? (parameter.Type == ParameterType.EntityId ? supplier.Finds!.IdField : parameter.Name);
        return Call(task, supplier, isRoot: false) is { } label ? new ArgumentValue.From(label, field) : null;
    }

    /// <summary>It comes with a thing that the task needs anyway, so it is never asked for.</summary>
    private static bool IsSupplied(WorkTask task, ToolParameter parameter) =>
        parameter.Entity is { } entity && parameter.Type != ParameterType.EntityId && task.Tool.Parameters.Any(p => p.Type == ParameterType.EntityId && p.Entity == entity);

    /// <summary>The read that this task has used before, else one that gives or has given a level high enough for another task, else the least demanding that can.</summary>
    private ToolDescriptor? Supplier(WorkTask task, ToolDescriptor consumer, string entity)
    {
        var mark = "_.from." + entity;
        var suppliers = tools.Chain.Suppliers(entity, consumer.Requires).Where(s => s.Name != consumer.Name).ToList();
        if (suppliers.Count == 0) return null;
        bool Enough(ToolDescriptor s) => s.Grants is not { } grant || grant.Level >= consumer.Requires;
        var chosen = task.Arguments.TryGetValue(mark, out var before) && suppliers.Find(s => s.Name == before) is { } same && Enough(same)
            ? same
            : suppliers.Find(s => Enough(s) && s.Grants is { } grant && (_needed.Contains(s.Name) || (request.Assurance >= grant.Level && Succeeded(s)))) ?? suppliers[0];
        _needed.Add(chosen.Name);
        if (suppliers.Count > 1 && (before is null || Enough(chosen))) task.Arguments[mark] = chosen.Name;
        return chosen;
    }

    private bool Succeeded(ToolDescriptor supplier) => request.Known.Any(k => k.Tool == supplier.Name && k.Result is { Rows.Length: > 0 });

    /// <summary>Who the caller is was said once and holds for the whole call: it passes between the reads that identify, and between tasks.</summary>
    private (string Value, IEnumerable<int> Words)? Carried(WorkTask task, ToolDescriptor tool, ToolParameter parameter)
    {
        if (tool.Grants is null || tool.Finds is not { } finds) return null;
        foreach (var other in tasks.Reverse().Where(t => t != task).Prepend(task))
        {
            foreach (var source in tools.Tools)
            {
                if (source.Grants is null || source.Finds?.Entity != finds.Entity || source.Parameter(parameter.Name)?.Type != parameter.Type) continue;
                var key = other.Key(source.Name, parameter.Name);
                if (other.Arguments.TryGetValue(key, out var value)) return (value, other.Evidence.GetValueOrDefault(key) ?? []);
            }
        }

        return null;
    }

    private void Question(WorkTask task, ToolDescriptor tool, ToolParameter parameter)
    {
        if (parameter.Ask is not { } question || _ask.Exists(a => a.Parameter == parameter.Name && (a.Tool == tool.Name || (tool.Grants is not null && a.Question == question)))) return;
        _ask.Add(new(task.Id, tool.Name, parameter.Name, question));
    }

    /// <summary>A person was not found with what was said: what was said least often is asked for next. What the records hold must not choose the question.</summary>
    private void AskNextBest(WorkTask task, ToolDescriptor tool, ImmutableSortedDictionary<string, ArgumentValue>.Builder arguments)
    {
        if (tool.Grants is null) return;
        var tried = request.Known.LastOrDefault(k => k.Tool == tool.Name && k.Result is { Rows.Length: 0 });
        if (tried is null || tried.Arguments.Any(a => !arguments.TryGetValue(a.Key, out var now) || (now as ArgumentValue.Known)?.Canonical != a.Value) || tried.Arguments.Count != arguments.Count) return;
        var next = tool.Parameters.Where(p => p.Ask is not null).MinBy(p => HeardReadings.Count(task, tool, p));
        if (next is not null) Question(task, tool, next);
    }

    private string Label(WorkTask task, ToolDescriptor tool, ImmutableSortedDictionary<string, ArgumentValue> arguments, SortedSet<int> evidence, bool isRoot)
    {
        var signature = Signature(tool, arguments);
        if (_labels.TryGetValue(signature, out var label) && !tool.IsEffect) return label;
        label = tool.Name;
        for (var n = 2; _calls.Exists(c => c.Label == label); n++) label = $"{tool.Name}#{n}";
        _labels[signature] = label;
        _calls.Add(new()
        {
            Label = label,
            Task = task.Id,
            Tool = tool.Name,
            Arguments = arguments,
            Evidence = [.. evidence],
            Requested = isRoot && task.Requested,
            Another = isRoot && task.Another,
            Fresh = task.Fresh && !tool.IsEffect && tool.Grants is null,
            Answers = isRoot || task.AskedFor.Contains(tool.Name),
        });
        return label;
    }

    private static string Signature(ToolDescriptor tool, ImmutableSortedDictionary<string, ArgumentValue> arguments)
    {
        var text = new StringBuilder(tool.Name);
        foreach (var (name, value) in arguments)
            text.Append('\n').Append(name).Append('=').Append(value is ArgumentValue.Known known ? known.Canonical : value is ArgumentValue.From from ? $"${from.Label}.{from.Field}" : "");
        return text.ToString();
    }
}
