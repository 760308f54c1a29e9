using System.Collections.Immutable;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tools;

/// <summary>All that a planner wants open, given all words so far. The next plan replaces it whole; see <see cref="ToolPlan"/>.</summary>
public sealed record Plan
{
    /// <summary>The words that this plan has read. Only a plan whose hash is the closed transcript's may dispatch anything.</summary>
    public required WordsHash Read { get; init; }

    /// <summary>What the caller wants, with the arguments known so far. Fed back to the planner with the next words.</summary>
    public ImmutableArray<PlanTask> Tasks { get; init; } = [];

    /// <summary>The calls wanted open: reads, and proposals for effects. A referred call stands before the call that refers to it.</summary>
    public ImmutableArray<PlannedCall> Calls { get; init; } = [];

    /// <summary>Tasks that the caller took back ("forget the booking"). Absence from <see cref="Calls"/> alone withdraws no proposal.</summary>
    public ImmutableArray<string> Withdrawn { get; init; } = [];

    /// <summary>What must still be asked, most important first.</summary>
    public ImmutableArray<OpenArgument> Ask { get; init; } = [];

    /// <summary>How the words answer the read-back that was just spoken, where there was one.</summary>
    public Affirmation Affirmation { get; init; }

    /// <summary>What the turn is, apart from wishes.</summary>
    public TurnAct Act { get; init; }

    /// <summary>Whether the words so far form a whole request: nothing required is open and no connective dangles. Endpointing closes sooner.</summary>
    public bool Complete { get; init; }

    /// <summary>Whether a value is in the middle of being said (digits, a spelled name, "on the ..."). Endpointing waits longer.</summary>
    public bool MidValue { get; init; }

    /// <summary>Whether every content word of the turn is explained: no unparsed rest, no cue, no second wish. A plain reply may precede verification.</summary>
    public bool Explained { get; init; }

    /// <summary>0 to 1. Below the agent's threshold nothing is proposed and the agent asks again: doubt is said, never guessed away.</summary>
    public double Confidence { get; init; } = 1;

    /// <summary>
    /// The beginning of a plan whose rest is still being written: what it names may start, nothing that it does not name is dropped, and it verifies and authorises
    /// nothing. The whole plan of the same generation follows.
    /// </summary>
    public bool Growing { get; init; }

    /// <summary>Whether another plan of the same words leads to the same reply: the same calls, the same question, the same act.</summary>
    public bool AnswersLike(Plan other) =>
        Act == other.Act && Calls.Length == other.Calls.Length && Calls.All(call => other.Calls.Any(call.IsLike))
        && Ask.FirstOrDefault() is var ask && other.Ask.FirstOrDefault() is var asked && (ask?.Tool, ask?.Parameter) == (asked?.Tool, asked?.Parameter);

    /// <summary>A plan that has read nothing and wants nothing.</summary>
    public static Plan Empty { get; } = new() { Read = WordsHash.None };
}

/// <summary>Something that the caller wants. It may span turns.</summary>
/// <param name="Id">Stable across the plans of a call.</param>
/// <param name="Tool">The tool that fulfils it.</param>
/// <param name="Arguments">Known so far, canonical, by parameter name. May hold arguments of the supporting reads as <c>tool.parameter</c>.</param>
public sealed record PlanTask(string Id, string Tool, ImmutableSortedDictionary<string, string> Arguments)
{
    /// <summary>Tool and id only: arguments are personal.</summary>
    public override string ToString() => $"{Id} ({Tool})";
}

/// <summary>An argument that must be asked for.</summary>
/// <param name="Task">The task that needs it.</param>
/// <param name="Tool">The tool that declares it.</param>
/// <param name="Parameter">Its name.</param>
/// <param name="Question">What to say.</param>
public sealed record OpenArgument(string Task, string Tool, string Parameter, string Question);

/// <summary>What a turn is, apart from wishes for tools.</summary>
public enum TurnAct
{
    /// <summary>A wish, an answer, or nothing that the planner recognised.</summary>
    None,

    /// <summary>The caller asks for a person.</summary>
    WantsPerson,

    /// <summary>The caller says goodbye or that this was all.</summary>
    Goodbye,

    /// <summary>Hello, thanks, "let me see": needs a short word back, or none.</summary>
    Social,

    /// <summary>The caller asks to hear it again.</summary>
    Repeat,

    /// <summary>A wish that no tool covers.</summary>
    OutOfDomain,

    /// <summary>Words that the planner could not read.</summary>
    Unclear,
}
