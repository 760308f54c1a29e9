using System.Collections.Frozen;
using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Turns;

/// <summary>
/// Decides when the caller's turn closes. Three thresholds on one turn, by cost: draft (prepare a reply), speak (take the floor), commit (the
/// words count for good). Each is a moment that follows from the words, the plan and the silence so far.
/// </summary>
internal static class Endpointing
{
    private static readonly TimeSpan PerCutOff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CutOffMax = TimeSpan.FromMilliseconds(600);

    /// <summary>A recogniser that never sends its final is not waited for longer than this.</summary>
    private static readonly TimeSpan FinalMax = TimeSpan.FromSeconds(3);

    /// <summary>Second words of cues: "no wait", "I mean", "scratch that", "or rather".</summary>
    private static readonly FrozenSet<string> CueEnds = FrozenSet.Create(StringComparer.Ordinal, "wait", "mean", "that", "rather", "sorry", "no", "actually", "on");

    public static TimeSpan Longest(AgentSettings settings) => settings.SpeakMidValue + CutOffMax + FinalMax;

    /// <summary>A recogniser's last word ends about where voice activity does; an earlier end means that words are still to come.</summary>
    private static readonly TimeSpan WordsBehind = TimeSpan.FromMilliseconds(200);

    /// <summary>Words that end this long before the sound did are not all of them: the last one is still on its way.</summary>
    private static readonly TimeSpan WordMissing = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the draft threshold waits for a word that is on its way: recognisers are late by 100 to 250 ms.</summary>
    private static readonly TimeSpan WordGrace = TimeSpan.FromMilliseconds(100);

    /// <summary>Sound in which nobody has heard a word for this long is noise, not speech.</summary>
    private static readonly TimeSpan NoiseAfter = TimeSpan.FromSeconds(2);

    /// <summary>Since when the caller has been quiet; in the future while there is sound.</summary>
    private static TimeSpan QuietSince(CallerTurn turn) => turn.Voiced switch
    {
        true => turn.ChangedAt + NoiseAfter,
        false when IsQuiet(turn) => turn.VoiceEndedAt,
        false => turn.VoiceEndedAt > turn.ChangedAt ? turn.VoiceEndedAt : turn.ChangedAt,
        null => turn.ChangedAt,
    };

    /// <summary>
    /// The caller is known to have paused for long enough to prepare a reply, and not in the middle of taking something back. Without voice activity only a final tells
    /// a pause from the gap between two words.
    /// </summary>
    public static bool IsPausing(StepScope step) => IsQuiet(step.Turn) && step.Now >= DraftAt(step.State) && !step.Turn.EndsInCue;

    private static bool IsQuiet(CallerTurn turn) => turn.FinalIn || (turn.Voiced == false && turn.SpokenUntil >= turn.VoiceEndedAt - WordsBehind);

    /// <summary>When a reply is prepared. A moment later where a word is still on its way: what was prepared without it would be of no use.</summary>
    public static TimeSpan? DraftAt(CallState state)
    {
        var turn = state.Turn;
        if (!turn.IsOpen || turn.Hash == WordsHash.None) return null;
        var isMissing = turn is { FinalIn: false, Voiced: false } && turn.SpokenUntil < turn.VoiceEndedAt - WordMissing;
        return QuietSince(turn) + state.Settings.DraftAfter + (isMissing ? WordGrace : TimeSpan.Zero);
    }

    /// <summary>When the agent may take the floor, as things stand.</summary>
    public static TimeSpan? SpeakAt(CallState state)
    {
        var turn = state.Turn;
        if (!turn.IsOpen || turn.Hash == WordsHash.None) return null;
        if (state.Settings.Speculation == Speculation.Sequential) return CommitAt(state);
        return QuietSince(turn) + Silence(state);
    }

    /// <summary>When the words count for good: the final is in and silence has lasted the baseline, or they are a plain answer to a read-back.</summary>
    public static TimeSpan? CommitAt(CallState state)
    {
        var turn = state.Turn;
        if (turn.Number == 0 || turn.CommittedAt is not null || turn.Hash == WordsHash.None) return null;
        var settled = turn.FinalIn || AllStable(turn);
        if ((turn.FinalIn || (settled && turn.Voiced == false)) && IsPlainAnswer(state)) return QuietSince(turn) + state.Settings.PlainYes;
        if (turn.FinalIn && (IsYesThenQuestion(state) || IsVerifiedYes(state))) return QuietSince(turn) + state.Settings.SpeakWhenComplete;
        var silence = Max(state.Settings.Baseline, state.Settings.Speculation == Speculation.On ? Silence(state) : TimeSpan.Zero);
        return QuietSince(turn) + (settled ? silence : Max(silence, FinalMax));
    }

    private static TimeSpan Silence(CallState state)
    {
        var settings = state.Settings;
        var turn = state.Turn;
        var patience = TimeSpan.FromTicks(Math.Min(CutOffMax.Ticks, PerCutOff.Ticks * turn.CutOffs));
        if (IsPlainAnswer(state) && IsQuiet(turn)) return settings.PlainYes;
        if (turn.EndsInCue || turn.Dangles) return settings.SpeakMidValue + patience;
        var plan = state.Planning.Latest;
        if (plan is null || plan.Read != turn.Hash) return settings.Baseline + patience;
        if (plan.MidValue) return settings.SpeakMidValue + patience;

        // Without voice activity or a final, a gap between two words looks like an end: only the baseline tells them apart.
        return (plan.Complete && IsQuiet(turn) ? settings.SpeakWhenComplete : settings.Baseline) + patience;
    }

    private static bool IsPlainAnswer(CallState state) =>
        (state.Voice.YesTo == YesTo.Person || (state.Settings.PlainYesByRule && ProposalRules.AwaitingAnswer(state) is not null)) && state.Turn.Answer is Affirmation.Yes or Affirmation.No;

    // The authority has read the words as a yes: they are as good as a plain one, once they are settled.
    private static bool IsVerifiedYes(CallState state) =>
        state.Planning.Verified is { Affirmation: Affirmation.Yes } plan && plan.Read == state.Turn.Hash && state.Turn is { Dangles: false, EndsInCue: false }
        && ProposalRules.AwaitingAnswer(state) is not null;

    private static bool IsYesThenQuestion(CallState state) =>
        state.Settings.PlainYesByRule && state.Turn is { YesThenQuestion: true, Dangles: false, EndsInCue: false } && ProposalRules.AwaitingAnswer(state) is not null;

    /// <summary>The words end in a cue, or in its second word, and what it leads to is still to come.</summary>
    public static bool IsCueAtEnd(ImmutableArray<Word> words) =>
        PlainWords.CorrectionCue(words) is { } cue
        && (cue == words.Length - 1 || (cue == words.Length - 2 && CueEnds.Contains(words[^1].Text.TrimEnd('.', ',').ToLowerInvariant())));

    private static bool AllStable(CallerTurn turn)
    {
        foreach (var word in turn.Heard.Words) if (!word.Stable) return false;
        return true;
    }

    public static void Advance(StepScope step)
    {
        if (step.State.Phase is CallPhase.Arriving or CallPhase.Transferring or CallPhase.Draining or CallPhase.Ended) return;
        if (step.Now >= DraftAt(step.State)) PlanningRules.AskAuthority(step);
        if (step.Now >= SpeakAt(step.State)) Close(step);
        if (step.Now >= CommitAt(step.State)) Commit(step);
        if (step.Turn is { CommittedAt: not null, TasksTaken: false }) PlanningRules.TakeTasks(step);
    }

    private static void Close(StepScope step)
    {
        step.Turn = step.Turn with { ClosedAt = step.Now, Owed = true };
        if (step.Settings.Speculation == Speculation.On) PlanningRules.AskAuthority(step);
    }

    private static void Commit(StepScope step)
    {
        if (step.Turn.ClosedAt is null) Close(step);
        step.Turn = step.Turn with { CommittedAt = step.Now };
        step.State = step.State with { Assured = step.State.Assurance };
        if (step.Settings.Speculation == Speculation.Sequential) PlanningRules.AskForCommitted(step);
        Record(step);
    }

    /// <summary>Puts the turn's words into history, once.</summary>
    public static void Record(StepScope step)
    {
        if (step.Turn.Recorded || step.Turn.Hash == WordsHash.None) return;
        step.Remember(Speaker.Caller, step.Turn.Heard.Text);
        step.Turn = step.Turn with { Recorded = true };
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
