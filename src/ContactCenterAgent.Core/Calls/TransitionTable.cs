using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using static ContactCenterAgent.Core.Calls.CallPhase;

namespace ContactCenterAgent.Core.Calls;

/// <summary>
/// What the agent does with each event in each phase. The first row that fits is taken; an event that no row fits is a bug. The diagram in
/// the docs is made from this table.
/// </summary>
public static class TransitionTable
{
    private static readonly PhaseSet Live = PhaseSet.Of(Listening, Hearing, Owing, Speaking);
    private static readonly PhaseSet Quiet = PhaseSet.Of(Listening, Owing, Speaking);
    private static readonly PhaseSet Gone = PhaseSet.Of(Draining, Ended);
    private static readonly PhaseSet Away = PhaseSet.Of(Arriving, Transferring, Draining, Ended);

    internal static readonly Transition[] Rows =
    [
        new(PhaseSet.Any, Trigger.ToolReturned, null, ToolRules.Record, "a finished booking is never dropped, even after hang-up"),
        new(PhaseSet.Any, Trigger.HoldReleased, null, ToolRules.Released, "every hold ends, whoever is on the line"),
        new(PhaseSet.Any, Trigger.StorageChanged, null, CallRules.StorageChanged, "a full disk stops writes, not calls"),
        new(PhaseSet.Any, Trigger.Deadline, null, CallRules.Ignore, "deadlines are conditions on time; every step looks at them"),

        new(PhaseSet.Of(Arriving), Trigger.Arrived, null, CallRules.Arrive, "a call came: answer it"),
        new(PhaseSet.Of(Arriving), Trigger.LineOpened, null, CallRules.Open, "the line can play: greet"),
        new(PhaseSet.Any, Trigger.LineOpened, null, CallRules.Ignore, "the leg came back; what was being said goes on"),
        new(Gone, Trigger.LineClosed, null, CallRules.Ignore, "both sides may hang up at once"),
        new(PhaseSet.Any, Trigger.LineClosed, null, CallRules.Close, "the caller is gone"),
        new(PhaseSet.Of(Transferring), Trigger.TransferEnded, null, CallRules.TransferEnded, "a person has the caller, or nobody does and the caller is told"),
        new(PhaseSet.Any, Trigger.TransferEnded, null, CallRules.Ignore, "the caller hung up while being put through"),

        new(PhaseSet.Any, Trigger.Plan, PlanningRules.IsStale, CallRules.Ignore, "of a generation that is no longer wanted"),
        new(Live, Trigger.Plan, null, PlanningRules.Apply, "reconcile what is open with what is wanted"),
        new(PhaseSet.Any, Trigger.Plan, null, CallRules.Ignore, "nobody is there to plan for"),
        new(PhaseSet.Any, Trigger.Reply, PlanningRules.IsStale, CallRules.Ignore, "a discarded generation says nothing"),
        new(Live, Trigger.Reply, null, PlanningRules.Sentence, "a sentence waits for the floor and for what it rests on"),
        new(PhaseSet.Any, Trigger.Reply, null, CallRules.Ignore, "nobody is there to hear it"),
        new(PhaseSet.Any, Trigger.PlannerEnded, null, PlanningRules.Ended, "newer words that waited are read now"),
        new(PhaseSet.Any, Trigger.PlannerStalled, null, PlanningRules.Stalled, "the next tier takes over"),
        new(PhaseSet.Any, Trigger.PlannerSwitched, null, CallRules.Ignore, "which tier answers is for those who watch"),

        new(Away, Trigger.Partial, null, CallRules.Ignore, "early media, hold music or words in flight after the goodbye"),
        new(Away, Trigger.Final, null, CallRules.Ignore, "early media, hold music or words in flight after the goodbye"),
        new(Away, Trigger.SpeechStarted, null, CallRules.Ignore, "media in flight after BYE is normal (RFC 3261 section 15.1.1)"),
        new(Away, Trigger.SpeechEnded, null, CallRules.Ignore, "media in flight after BYE is normal (RFC 3261 section 15.1.1)"),
        new(Away, Trigger.Digit, null, CallRules.Ignore, "nobody is there to press for"),
        new(Live, Trigger.SpeechStarted, null, TurnRules.Voiced, "may be noise: words decide who has the floor"),
        new(Live, Trigger.SpeechEnded, null, TurnRules.Unvoiced, "silence counts from here"),
        new(Live, Trigger.Digit, TurnRules.AsksForPersonByKey, CallRules.WantsPerson, "0 with nothing asked for is a person"),
        new(Live, Trigger.Digit, null, TurnRules.Digit, "a key is a word that needs no recogniser"),

        new(PhaseSet.Of(Hearing), Trigger.Partial, null, TurnRules.Continue, "the turn goes on"),
        new(PhaseSet.Of(Hearing), Trigger.Final, null, TurnRules.Continue, "the utterance is settled; the turn closes by silence"),
        new(Quiet, Trigger.Partial, TurnRules.IsEmpty, CallRules.Ignore, "no words yet"),
        new(Quiet, Trigger.Final, TurnRules.IsLateFinal, TurnRules.Finalise, "the words of a turn that we closed early, settled"),
        new(Quiet, Trigger.Final, TurnRules.IsEmpty, CallRules.Ignore, "noise"),
        new(Quiet, Trigger.Partial, TurnRules.SaysNothingNew, TurnRules.Continue, "the same words once more"),
        new(Quiet, Trigger.Partial, TurnRules.IsBackchannel, CallRules.Ignore, "mm-hm does not stop the agent"),
        new(Quiet, Trigger.Final, TurnRules.IsBackchannel, CallRules.Ignore, "mm-hm does not stop the agent"),
        new(Quiet, Trigger.Partial, TurnRules.IsUncommitted, TurnRules.Reopen, "we took the floor too early: the same turn goes on"),
        new(Quiet, Trigger.Final, TurnRules.IsUncommitted, TurnRules.Reopen, "we took the floor too early: the same turn goes on"),
        new(Quiet, Trigger.Partial, null, TurnRules.Open, "sound stops, nothing else; plans change by plans"),
        new(Quiet, Trigger.Final, null, TurnRules.Open, "sound stops, nothing else; plans change by plans"),

        new(PhaseSet.Any, Trigger.PlaybackStarted, null, VoiceRules.Started, "the caller hears it now"),
        new(PhaseSet.Any, Trigger.PlaybackProgressed, null, VoiceRules.Progressed, "history holds what was really heard"),
        new(PhaseSet.Any, Trigger.PlaybackEnded, null, VoiceRules.Ended, "history holds what was really heard"),
    ];

    /// <summary>The rows as text, in order: phases, trigger, guard, rule, reason. For the docs and for connectors.</summary>
    public static IEnumerable<(string Phases, string Trigger, string Guard, string Rule, string Because)> Describe()
    {
        foreach (var row in Rows)
        {
            var phases = row.Phases == PhaseSet.Any
                ? "any"
                : string.Join(", ", Enum.GetValues<CallPhase>().Where(row.Phases.Has));
            yield return (phases, row.Trigger.ToString(), row.Guard?.Method.Name ?? "", row.Rule.Method.Name, row.Because);
        }
    }

    // Rows by trigger, so that a step looks at a handful of rows.
    private static readonly Transition[][] ByTrigger =
        [.. Enum.GetValues<Trigger>().Select(trigger => Rows.Where(row => row.Trigger == trigger).ToArray())];

    internal static Rule Find(StepScope step) => FindRow(step).Rule;

    /// <summary>The row that a step would take: its place, from 0, in <see cref="Describe"/>.</summary>
    /// <exception cref="InvariantException">No row fits: a bug.</exception>
    public static int RowFor(CallState state, CallEvent happened) => Array.IndexOf(Rows, FindRow(new(state with { Now = happened.At }, happened)));

    private static Transition FindRow(StepScope step)
    {
        var trigger = TriggerOf(step.Happened);
        foreach (var row in ByTrigger[(int)trigger])
            if (row.Phases.Has(step.State.Phase) && (row.Guard is null || row.Guard(step))) return row;
        throw new InvariantException($"No row for {trigger} in {step.State.Phase}.");
    }

    /// <summary>The kind of an event.</summary>
    public static Trigger TriggerOf(CallEvent happened) => happened switch
    {
        PartialHeard => Trigger.Partial,
        FinalHeard => Trigger.Final,
        PlanProposed => Trigger.Plan,
        PlannerEnded => Trigger.PlannerEnded,
        DeadlineReached => Trigger.Deadline,
        ToolReturned => Trigger.ToolReturned,
        PlaybackStarted => Trigger.PlaybackStarted,
        PlaybackProgressed => Trigger.PlaybackProgressed,
        PlaybackEnded => Trigger.PlaybackEnded,
        SpeechStarted => Trigger.SpeechStarted,
        SpeechEnded => Trigger.SpeechEnded,
        HoldReleased => Trigger.HoldReleased,
        ReplySentence => Trigger.Reply,
        PlannerStalled => Trigger.PlannerStalled,
        PlannerSwitched => Trigger.PlannerSwitched,
        DigitPressed => Trigger.Digit,
        CallArrived => Trigger.Arrived,
        LineOpened => Trigger.LineOpened,
        LineClosed => Trigger.LineClosed,
        TransferEnded => Trigger.TransferEnded,
        StorageChanged => Trigger.StorageChanged,
        _ => throw new InvariantException($"No trigger for {happened.GetType().Name}."),
    };
}
