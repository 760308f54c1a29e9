using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Calls;

/// <summary>How the agent works ahead.</summary>
public enum Speculation
{
    /// <summary>Reads and holds start while the caller speaks.</summary>
    On,

    /// <summary>The textbook agent, for comparison: planner after the turn has closed for good, tools after the planner, one at a time.</summary>
    Sequential,
}

/// <summary>What a call is run with: tools, phrases and times. Values, fixed for the call's life; part of the journal's header.</summary>
public sealed record AgentSettings
{
    /// <summary>The tools of this call.</summary>
    public required ImmutableArray<ToolDescriptor> Tools { get; init; }

    /// <summary>On, or the sequential twin.</summary>
    public Speculation Speculation { get; init; } = Speculation.On;

    /// <summary>Whether a separate authoritative planner verifies the drafts; false = the embedded tier is the only one and is the authority.</summary>
    public bool HasAuthority { get; init; }

    /// <summary>The first words. Default: a greeting without a name.</summary>
    public string Greeting { get; init; } = "Hello, how can I help you?";

    /// <summary>Baseline silence: with the final in, the turn commits after it. 200 ms to 3 s; default 700 ms.</summary>
    public TimeSpan Baseline { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Silence after which a reply is prepared. Default 150 ms.</summary>
    public TimeSpan DraftAfter { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Silence after which the agent may take the floor when the plan is complete. Default 300 ms.</summary>
    public TimeSpan SpeakWhenComplete { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Silence after which the agent may take the floor in the middle of a value, a spelled name or after "and". Default 1500 ms.</summary>
    public TimeSpan SpeakMidValue { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>Silence that commits a plain yes or no to a read-back, when the words are settled. Default 250 ms.</summary>
    public TimeSpan PlainYes { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Law 10: the longest gap while the agent owes the turn. 2 s.</summary>
    public TimeSpan GapMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Law 10: by then the agent offers to wait, a call back or a person. 8 s.</summary>
    public TimeSpan OfferAfter { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Silence of the caller after which the agent asks whether they are there. Default 8 s; the third time it puts them through to a person.</summary>
    public TimeSpan NoInput { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long what is owed after hang-up may take before the call is closed with unknown outcomes handed over. Default 30 s.</summary>
    public TimeSpan DrainMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tool calls started in one turn at most. Default 24.</summary>
    public int CallsPerTurn { get; init; } = 24;

    /// <summary>Tool calls started in one call at most. Default 200.</summary>
    public int CallsPerCall { get; init; } = 200;

    /// <summary>Tool calls of this call that run at once per back end. Default 4. Releases, confirms and look-ups are never refused by it.</summary>
    public int RunningPerBackEnd { get; init; } = 4;

    /// <summary>Whether a draft that explains every word and only reads may be answered from before the authority has read the words. Default: yes; a host takes it back until drafts have earned it.</summary>
    public bool PlainReplies { get; init; } = true;

    /// <summary>Whether a plain yes or no to a read-back is read by rule, without a planner. Default: yes.</summary>
    public bool PlainYesByRule { get; init; } = true;

    /// <summary>Partials that must agree before an unstable argument starts a call. Default 2.</summary>
    public int AgreeToStart { get; init; } = 2;

    /// <summary>Partials that must agree before unstable words start a read about a person. Default 3.</summary>
    public int AgreeOnPerson { get; init; } = 3;

    /// <summary>Partials that must have given a running call up before it is dropped. Default 2.</summary>
    public int AgreeToDrop { get; init; } = 2;

    /// <summary>Confidence below which a plan proposes nothing and the agent asks again. 0 to 1; default 0.5.</summary>
    public double ConfidenceMin { get; init; } = 0.5;

    /// <summary>Whether <see cref="ToolEffect.Disclose"/> reads may run on a guess. Default: no.</summary>
    public bool DiscloseOnGuess { get; init; }

    /// <summary>The tool of a name; null = there is none.</summary>
    public ToolDescriptor? Tool(string name)
    {
        foreach (var tool in Tools) if (tool.Name == name) return tool;
        return null;
    }
}
