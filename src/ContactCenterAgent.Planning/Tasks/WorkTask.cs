using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Tasks;

/// <summary>A task while one request is being planned.</summary>
internal sealed class WorkTask(string id, ToolDescriptor tool)
{
    /// <summary>Marks of the planner's own among the arguments; no parameter can have such a name.</summary>
    private const string Mark = "_.";

    /// <summary>Asked for unmistakably in some turn.</summary>
    public const string RequestedMark = Mark + "requested";

    /// <summary>All was said and the effect was agreed to: without an open proposal it is over.</summary>
    public const string SettledMark = Mark + "settled";

    /// <summary>The supporting arguments that were read back and declined.</summary>
    public const string DeclinedMark = Mark + "declined";

    public string Id { get; } = id;

    public ToolDescriptor Tool { get; } = tool;

    /// <summary>By parameter name, supporting reads' by <c>tool.parameter</c>.</summary>
    public SortedDictionary<string, string> Arguments { get; } = new(StringComparer.Ordinal);

    /// <summary>Words of this turn that an argument rests on, by the same key.</summary>
    public Dictionary<string, List<int>> Evidence { get; } = [];

    /// <summary>Words of this turn that the choice of tool rests on.</summary>
    public SortedSet<int> WishWords { get; } = [];

    /// <summary>The reads of its chain that the caller asked for by themselves in this turn ("what times do you have").</summary>
    public HashSet<string> AskedFor { get; } = [];

    /// <summary>This turn's words are about it.</summary>
    public bool Touched { get; set; }

    /// <summary>It was over before this turn.</summary>
    public bool Over { get; set; }

    public bool Another { get; set; }

    public bool Fresh { get; set; }

    /// <summary>How sure the words are about it, 0 to 1.</summary>
    public double Confidence { get; set; } = 1;

    public bool Requested
    {
        get => Arguments.ContainsKey(RequestedMark);
        set
        {
            if (value) Arguments[RequestedMark] = "true";
            else Arguments.Remove(RequestedMark);
        }
    }

    public static WorkTask Of(PlanTask task, ToolDescriptor tool)
    {
        var work = new WorkTask(task.Id, tool);
        foreach (var (key, value) in task.Arguments) work.Arguments[key] = value;
        return work;
    }

    public PlanTask Plan() => new(Id, Tool.Name, Arguments.ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>The key under which a parameter's value is kept.</summary>
    public string Key(string owner, string parameter) => owner == Tool.Name ? parameter : owner + "." + parameter;

    public void Set(string key, string value, IEnumerable<int> words)
    {
        Arguments[key] = value;
        Evidence[key] = [.. words];
        Touched = true;
    }
}
