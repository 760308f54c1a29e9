namespace ContactCenterAgent.Core.Calls;

/// <summary>The kinds of events: the transition table's second column.</summary>
public enum Trigger
{
    /// <summary><see cref="CallArrived"/>.</summary>
    Arrived,

    /// <summary><see cref="LineOpened"/>.</summary>
    LineOpened,

    /// <summary><see cref="SpeechStarted"/>.</summary>
    SpeechStarted,

    /// <summary><see cref="SpeechEnded"/>.</summary>
    SpeechEnded,

    /// <summary><see cref="PartialHeard"/>.</summary>
    Partial,

    /// <summary><see cref="FinalHeard"/>.</summary>
    Final,

    /// <summary><see cref="DigitPressed"/>.</summary>
    Digit,

    /// <summary><see cref="PlanProposed"/>.</summary>
    Plan,

    /// <summary><see cref="ReplySentence"/>.</summary>
    Reply,

    /// <summary><see cref="PlannerEnded"/>.</summary>
    PlannerEnded,

    /// <summary><see cref="PlannerStalled"/>.</summary>
    PlannerStalled,

    /// <summary><see cref="PlannerSwitched"/>.</summary>
    PlannerSwitched,

    /// <summary><see cref="ToolReturned"/>.</summary>
    ToolReturned,

    /// <summary><see cref="HoldReleased"/>.</summary>
    HoldReleased,

    /// <summary><see cref="PlaybackStarted"/>.</summary>
    PlaybackStarted,

    /// <summary><see cref="PlaybackProgressed"/>.</summary>
    PlaybackProgressed,

    /// <summary><see cref="PlaybackEnded"/>.</summary>
    PlaybackEnded,

    /// <summary><see cref="DeadlineReached"/>.</summary>
    Deadline,

    /// <summary><see cref="TransferEnded"/>.</summary>
    TransferEnded,

    /// <summary><see cref="StorageChanged"/>.</summary>
    StorageChanged,

    /// <summary><see cref="LineClosed"/>.</summary>
    LineClosed,
}

/// <summary>One row of the transition table.</summary>
/// <param name="Phases">Phases in which the row applies.</param>
/// <param name="Trigger">The kind of event.</param>
/// <param name="Guard">Further condition; null = always.</param>
/// <param name="Rule">What the row does.</param>
/// <param name="Because">Why, for the reader of the table and the diagram.</param>
internal sealed record Transition(PhaseSet Phases, Trigger Trigger, Guard? Guard, Rule Rule, string Because);

/// <summary>A condition on the state and the event; changes nothing.</summary>
internal delegate bool Guard(StepScope step);

/// <summary>What a row does to the step.</summary>
internal delegate void Rule(StepScope step);

/// <summary>A set of phases as a bit mask.</summary>
internal readonly record struct PhaseSet(int Bits)
{
    public static readonly PhaseSet Any = new(~0);

    public static PhaseSet Of(params ReadOnlySpan<CallPhase> phases)
    {
        var bits = 0;
        foreach (var phase in phases) bits |= 1 << (int)phase;
        return new(bits);
    }

    public bool Has(CallPhase phase) => (Bits & (1 << (int)phase)) != 0;
}
