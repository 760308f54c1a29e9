using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Turns;

/// <summary>What the caller's words do: open a turn, go on with it, settle it, take the floor back. They stop sound and nothing else.</summary>
internal static class TurnRules
{
    private static Transcript Words(StepScope step) => step.Happened switch
    {
        PartialHeard partial => partial.Words,
        FinalHeard final => final.Words,
        _ => Transcript.Empty,
    };

    /// <summary>An answer whose sound began less than this ago, when words came, was not heard: the words were being said before it.</summary>
    private static readonly TimeSpan TalkedOver = TimeSpan.FromMilliseconds(500);

    public static bool IsEmpty(StepScope step) => Words(step).Words.Length == 0;

    /// <summary>The final of an utterance whose turn was closed before it came.</summary>
    public static bool IsLateFinal(StepScope step) => step.Turn is { ClosedAt: not null, FinalIn: false };

    public static bool IsUncommitted(StepScope step) => step.Turn is { ClosedAt: not null, CommittedAt: null };

    /// <summary>A partial of the closed utterance with the words that it closed with.</summary>
    public static bool SaysNothingNew(StepScope step) =>
        step.Turn is { ClosedAt: not null, FinalIn: false } && WordsHash.Of(step.Turn.Settled.AddRange(Words(step).Words)) == step.Turn.Hash;

    /// <summary>Speech that must not stop playback. While a question is being asked, a word that answers it is none.</summary>
    public static bool IsBackchannel(StepScope step)
    {
        if (step.State.Phase != CallPhase.Speaking) return false;
        var words = Words(step).Words;
        var asks = step.Voice.Prompts.Any(p => p is { StartedAt: not null, Kind: PromptKind.ReadBack or PromptKind.Question });
        return PlainWords.IsBackchannel(words) && !(asks && PlainWords.ReadAnswer(words) is Affirmation.Yes or Affirmation.No);
    }

    public static bool AsksForPersonByKey(StepScope step) =>
        ((DigitPressed)step.Happened).Digit.Value == '0' && step.Planning.Asked.IsEmpty && !step.Turn.IsOpen;

    public static void Voiced(StepScope step) => step.Turn = step.Turn with { Voiced = true };

    public static void Unvoiced(StepScope step) => step.Turn = step.Turn with { Voiced = false, VoiceEndedAt = step.Now };

    /// <summary>A new turn. What the last one still owes goes on by itself.</summary>
    public static void Open(StepScope step)
    {
        StopSound(step);
        Endpointing.Record(step);
        var talkedOver = WasTalkedOver(step);
        if (talkedOver) Unsay(step);
        step.Turn = new CallerTurn
        {
            Number = step.Turn.Number + 1,
            AnswersTo = talkedOver ? step.Turn.AnswersTo : step.Voice.YesTo,
            CutOffs = step.Turn.CutOffs,
            Voiced = step.Turn.Voiced,
            VoiceEndedAt = step.Turn.VoiceEndedAt,
        };
        step.Voice = step.Voice with { YesTo = step.Turn.AnswersTo };
        step.Planning = step.Planning with { Latest = null, Verified = null, Sentences = [] };
        Hear(step);
    }

    // What the last turn's answer read back was not heard: an earlier read-back of the same counts as it did.
    private static void Unsay(StepScope step)
    {
        foreach (var proposal in step.Tools.Proposals)
            if (proposal.ReadBackIn == step.Turn.Number) step.Set(proposal with { ReadBackIn = proposal.Earlier.In, ReadBack = proposal.Earlier.Digest });
    }

    // The caller spoke over the answer from its first words on, so nothing of it was heard: they are still at the question before.
    private static bool WasTalkedOver(StepScope step)
    {
        var any = false;
        foreach (var prompt in step.Voice.Prompts)
        {
            if (!VoiceRules.IsAnswer(prompt.Kind)) continue;
            if (prompt.StartedAt is { } started && step.Now - started > TalkedOver) return false;
            any = true;
        }

        return any && step.Turn is { Number: > 0, CommittedAt: not null };
    }

    /// <summary>We had taken the floor too early: the turn goes on, and this caller gets more time from now on.</summary>
    public static void Reopen(StepScope step)
    {
        StopSound(step);
        var said = step.Turn.AnswerBegun;
        step.Turn = step.Turn with
        {
            ClosedAt = null,
            Owed = false,
            AnswerBegun = false,
            AnsweredAt = null,
            Fillers = 0,
            Offered = false,
            Retracts = step.Turn.Retracts || said,
            AnsweredFromDraft = false,
            CutOffs = step.Turn.CutOffs + 1,
        };
        step.Voice = step.Voice with { YesTo = step.Turn.AnswersTo };
        Unsay(step);
        Hear(step);
    }

    /// <summary>More words of the open turn, or the same words once more.</summary>
    public static void Continue(StepScope step) => Hear(step);

    /// <summary>The settled words of a turn that has already closed. Where they differ, the answer is taken back and made anew.</summary>
    public static void Finalise(StepScope step)
    {
        var before = step.Turn.Hash;
        Hear(step);
        if (step.Turn.Hash == before) return;
        var said = step.Turn.AnswerBegun;
        if (said) StopSound(step);
        step.Turn = step.Turn with { Retracts = step.Turn.Retracts || said, AnswerBegun = false, Owed = true, ClosedAt = step.Now };
    }

    /// <summary>A key is a word of its own utterance; # ends the entry.</summary>
    public static void Digit(StepScope step)
    {
        var digit = ((DigitPressed)step.Happened).Digit.Value;
        if (digit == '#' && !step.Turn.IsOpen) return;
        if (!step.Turn.IsOpen)
        {
            if (IsUncommitted(step)) Reopen(step);
            else Open(step);
        }

        if (digit == '#')
        {
            step.Turn = step.Turn with { ChangedAt = step.Now - Endpointing.Longest(step.Settings) };
            return;
        }

        var word = new Word(digit.ToString(), step.Now, step.Now, Stable: true);
        Take(step, step.Turn.Settled.Add(word), Transcript.Empty, finalIn: true);
    }

    /// <summary>Ends what is being said and what waits to be.</summary>
    public static void StopSound(StepScope step)
    {
        if (step.Voice.Prompts.Length == 0 || step.Voice.Stopping) return;
        step.Voice = step.Voice with { Stopping = true, HangUpAfter = false };
        step.Do(new StopPlayback());
    }

    private static void Hear(StepScope step)
    {
        var words = Words(step);
        if (step.Happened is FinalHeard)
        {
            step.Turn = step.Turn with { Alternatives = words.Alternatives };
            Take(step, step.Turn.Settled.AddRange(words.Words.Select(w => w with { Stable = true })), Transcript.Empty, finalIn: true);
        }
        else if (step.Happened is PartialHeard && words.Words.Length > 0)
        {
            Take(step, step.Turn.Settled, words, finalIn: false);
        }
    }

    private static void Take(StepScope step, ImmutableArray<Word> settled, Transcript partial, bool finalIn)
    {
        var turn = step.Turn;
        var all = partial.Words.IsEmpty ? settled : settled.AddRange(partial.Words);
        var hash = WordsHash.Of(all);
        var changed = hash != turn.Hash;
        step.Turn = turn with
        {
            Settled = settled,
            Partial = partial,
            Heard = new(all, partial.Words.IsEmpty ? turn.Alternatives : partial.Alternatives),
            Hash = hash,
            FinalIn = finalIn,
            SpokenUntil = all.IsEmpty ? turn.SpokenUntil : all[^1].End,
            ChangedAt = changed ? step.Now : turn.ChangedAt,
        };
        step.Voice = step.Voice with { Nudges = 0 };
        if (!changed)
        {
            Scheduling.WordsAgreed(step);
            return;
        }

        step.Turn = step.Turn with
        {
            Answer = PlainWords.ReadAnswer(all),
            YesThenQuestion = PlainWords.IsYesThenQuestion(all),
            EndsInCue = Endpointing.IsCueAtEnd(all),
            Dangles = PlainWords.Dangles(all),
        };
        PlanningRules.WordsChanged(step);
    }
}
