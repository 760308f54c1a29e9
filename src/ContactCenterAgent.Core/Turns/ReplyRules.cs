using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Turns;

/// <summary>
/// Says what is owed, from tool results and ledger entries only: what became of effects, results, read-backs, and at most one question. Items
/// are said in the order of the wishes, each as soon as it and the ones before it are there.
/// </summary>
internal static class ReplyRules
{
    private const int NoMatchMax = 3;
    private const string Ask = " Shall I go ahead?";

    public static void Advance(StepScope step)
    {
        if (step.State.Phase is not (CallPhase.Listening or CallPhase.Hearing or CallPhase.Owing or CallPhase.Speaking)) return;
        if (step.Turn.IsOpen || step.Voice.Stopping) return;
        var reported = ReportEffects(step);
        if (!step.Turn.Owed || step.State.Phase == CallPhase.Transferring) return;
        if (reported && IsPlainYes(step) && !EffectsArePending(step))
        {
            // The yes is answered by what it did; no planner has to read it.
            Finish(step);
            return;
        }

        if (ReadablePlan(step) is { } plan) Answer(step, plan);
    }

    private static bool IsPlainYes(StepScope step) =>
        step.Turn.CommittedAt is not null && step.Turn.Answer == Affirmation.Yes;

    /// <summary>The plan that may be answered from: the authority's of these words, or a draft that explains every word and only reads.</summary>
    private static Plan? ReadablePlan(StepScope step)
    {
        if (step.Planning.Verified is { } verified && verified.Read == step.Turn.Hash) return verified;
        return step.Settings.PlainReplies ? PlainDraft(step) : null;
    }

    /// <summary>The draft of the present words, where it explains every word and only reads.</summary>
    public static Plan? PlainDraft(StepScope step)
    {
        var draft = step.Planning.Latest;
        return draft is { Explained: true, Act: TurnAct.None } && draft.Read == step.Turn.Hash && draft.Calls.All(call => step.Settings.Tool(call.Tool) is { Effect: ToolEffect.Read })
            ? draft
            : null;
    }

    private static void Answer(StepScope step, Plan plan)
    {
        if (IsSettling(step, plan)) return;
        if (AnswerOffer(step) || AnswerAct(step, plan)) return;
        var busy = false;
        var said = false;
        foreach (var task in Tasks(step))
        {
            (var spoke, busy) = AnswerTask(step, task);
            said |= spoke;
            if (busy) break;
        }

        if (!busy && WordsAreMissing(step)) return;
        said |= !busy && SaySentences(step);
        busy |= EffectsArePending(step);
        if (busy || step.State.Phase == CallPhase.Transferring) return;

        // What wants a yes is said last, so that a yes is to it.
        foreach (var proposal in step.Tools.Proposals) said |= ReadBack(step, proposal);
        if (step.State.Phase == CallPhase.Transferring) return;
        if (plan.Ask.Length > 0 && !HasEnded(step, plan.Ask[0].Task))
        {
            Question(step, plan.Ask[0]);
            said = true;
        }

        if (said || step.Turn.AnswerBegun) Finish(step);
        else NothingToSay(step, plan);
    }

    // A yes, a goodbye or a taking back counts only once the words are said for good.
    private static bool IsSettling(StepScope step, Plan plan)
    {
        if (step.Turn.CommittedAt is not null) return false;
        return plan.Act is TurnAct.WantsPerson or TurnAct.Goodbye or TurnAct.Unclear or TurnAct.OutOfDomain
            || !plan.Withdrawn.IsEmpty
            || ProposalRules.AwaitingAnswer(step.State) is not null
            || plan.Calls.Any(call => call.Requested && step.Settings.Tool(call.Tool) is { IsEffect: true, Authorisation: Authorisation.OnRequest });
    }

    // A person was offered: a plain yes takes the offer, a plain no goes on.
    private static bool AnswerOffer(StepScope step)
    {
        if (step.Voice.YesTo != YesTo.Person || step.Turn.CommittedAt is null) return false;
        switch (step.Turn.Answer)
        {
            case Affirmation.Yes:
                CallRules.HandOver(step, "the caller took the offer of a person");
                return true;
            case Affirmation.No:
                Say(step, FixedPrompts.WhatElse, PromptKind.Answer);
                Finish(step);
                return true;
            default:
                return false;
        }
    }

    private static bool AnswerAct(StepScope step, Plan plan)
    {
        switch (plan.Act)
        {
            case TurnAct.WantsPerson:
                CallRules.HandOver(step, "the caller asked for a person");
                return true;
            case TurnAct.Goodbye when !EffectsArePending(step):
                ProposalRules.WithdrawUnauthorised(step);
                Say(step, FixedPrompts.Goodbye, PromptKind.Goodbye);
                step.Voice = step.Voice with { HangUpAfter = true };
                Finish(step);
                return true;
            case TurnAct.Repeat when step.Voice.LastAnswer is { } last:
                Say(step, last.Value, PromptKind.Answer, readsBack: Reread(step, last.Value));
                Finish(step);
                return true;
            default:
                return false;
        }
    }

    private static (ProposalId, int)? Reread(StepScope step, string text) =>
        ProposalRules.AwaitingAnswer(step.State) is { } proposal && text.EndsWith(Ask, StringComparison.Ordinal) ? (proposal.Id, text.Length - Ask.Length) : null;

    private static string[] Tasks(StepScope step) =>
        step.Tools.Calls.Where(call => call is { Planned: true, Wanted: true }).Select(call => call.Task).Distinct(StringComparer.Ordinal).ToArray();

    private static (bool Spoke, bool Busy) AnswerTask(StepScope step, string task)
    {
        var spoke = false;
        foreach (var id in step.Tools.Calls.Where(call => call is { Planned: true, Wanted: true } && call.Task == task).Select(call => call.Id).ToArray())
        {
            var call = step.Tools[id];
            if (Scheduling.IsBusy(step, call)) return (spoke, true);
            if (call.Proposal is { } proposal)
            {
                if (IsOnItsWay(step, step.Tools[proposal])) return (spoke, true);
            }
            else if (call.ReportedIn == 0 || (call.AskedIn == step.Turn.Number && call.ReportedIn < step.Turn.Number))
            {
                if (call.Status == ToolCallStatus.Failed) return (Report(step, call, call.Failure!.ForCaller, PromptKind.Apology) || spoke, false);
                if (call.Result is { } result && Phrase(step, call, result) is { } text) spoke |= Report(step, call, text, PromptKind.Answer);
            }
        }

        return (spoke, false);
    }

    /// <summary>Results wait that no phrase words: the model is asked for a reply that rests on them, and only that is said.</summary>
    private static bool WordsAreMissing(StepScope step)
    {
        if (!step.Settings.HasAuthority || step.Planning.StalledOn == step.Turn.Hash) return false;
        var unworded = step.Tools.Calls.Where(call => NeedsWords(step, call)).ToArray();
        if (unworded.Length == 0) return false;
        if (!PlanningRules.HasWords(step)) return true;
        foreach (var call in unworded) step.Set(step.Tools[call.Id] with { ReportedIn = step.Turn.Number });
        return false;
    }

    private static bool NeedsWords(StepScope step, ToolCall call) =>
        call is { Planned: true, Wanted: true, Answers: true, Proposal: null, ReportedIn: 0, Result.Rows.Length: > 0 }
        && step.Descriptor(call).Phrases is { One: null, Many: null } && AssuranceRules.MayDisclose(step.State, call);

    private static string? Phrase(StepScope step, ToolCall call, ToolResult result)
    {
        var tool = step.Descriptor(call);
        var phrases = tool.Phrases;
        if (result.Rows.IsEmpty)
        {
            // Absence is claimed only from a complete result, and only where somebody asked or something rests on it.
            if (!call.Answers && !IsLeanedOn(step, call)) return null;
            return result.Truncated ? "I can't see all of it just now. Could you narrow it down?" : Render(step, phrases.Nothing, call, result) ?? "I'm sorry, I found nothing for that.";
        }

        if (!call.Answers || !AssuranceRules.MayDisclose(step.State, call)) return null;
        return Render(step, result.Rows.Length == 1 ? phrases.One ?? phrases.Many : phrases.Many ?? phrases.One, call, result);
    }

    private static string? Render(StepScope step, string? template, ToolCall call, ToolResult result) =>
        Phrasing.Render(template, call.Arguments, result, step.Descriptor(call).Phrases.Row, step.LocalNow);

    private static bool IsLeanedOn(StepScope step, ToolCall call)
    {
        foreach (var other in step.Tools.Calls)
        {
            if (other is not { Planned: true, Wanted: true }) continue;
            foreach (var (_, reference) in other.References) if (reference.Call == call.Id.Number) return true;
        }

        return false;
    }

    private static bool Report(StepScope step, ToolCall call, string text, PromptKind kind)
    {
        step.Set(call with { ReportedIn = step.Turn.Number });
        Say(step, text, kind);
        return true;
    }

    /// <summary>Offers what would be done. The hold may still be on its way: it is placed while the offer is being spoken.</summary>
    private static bool ReadBack(StepScope step, Proposal proposal)
    {
        var tool = step.Descriptor(proposal);
        var call = step.Tools[proposal.Call];
        if (proposal.Status > ProposalStatus.Held || proposal.ReplacedBy is not null || !call.Wanted || step.State.Phase == CallPhase.Transferring) return false;
        if (!AssuranceRules.MayRun(step.State, tool, proposal.Arguments) || IsRequested(tool, call)) return false;
        if (!step.State.Writable)
        {
            Say(step, new ToolFailure.ReadOnly().ForCaller, PromptKind.Apology);
            CallRules.HandOver(step, "no changes can be made");
            return true;
        }

        if (call.Verified != step.Turn.Hash || proposal.ReadBackIn == step.Turn.Number) return false;
        var what = Phrasing.Render(tool.Phrases.ReadBack, proposal.Fields, proposal.Placed, null, step.LocalNow) ?? tool.Description;
        step.Set(proposal with { ReadBackIn = step.Turn.Number, ReadBack = null, Earlier = (proposal.ReadBackIn, proposal.ReadBack) });
        Say(step, what.TrimEnd('.') + "." + Ask, PromptKind.ReadBack, readsBack: (proposal.Id, what.TrimEnd('.').Length));
        return true;
    }

    private static bool IsRequested(ToolDescriptor tool, ToolCall call) => tool.Authorisation == Authorisation.OnRequest && call.Requested;

    // An effect that goes out by itself, now or with the commit: its outcome is the answer.
    private static bool IsOnItsWay(StepScope step, Proposal proposal)
    {
        var tool = step.Descriptor(proposal);
        var call = step.Tools[proposal.Call];
        if (proposal.Status is ProposalStatus.Authorised or ProposalStatus.Dispatched) return true;
        return proposal.Status <= ProposalStatus.Held && proposal.ReplacedBy is null && IsRequested(tool, call) && step.State.Writable
            && AssuranceRules.MayRun(step.State, tool, proposal.Arguments) && (step.Turn.CommittedAt is null || proposal.Status == ProposalStatus.Placing);
    }

    private static void Question(StepScope step, OpenArgument open)
    {
        step.Planning = step.Planning with { Asked = [open] };
        Say(step, open.Question, PromptKind.Question);
        step.Voice = step.Voice with { NoMatches = 0 };
    }

    // Sentences of a model are free text: they may carry no claim of their own (law 7).
    private static bool SaySentences(StepScope step)
    {
        var said = false;
        foreach (var sentence in step.Planning.Sentences)
        {
            if (ClaimDetector.Read(sentence.Value) != Claim.None) continue;
            Say(step, sentence.Value, PromptKind.Answer);
            said = true;
        }

        step.Planning = step.Planning with { Sentences = [] };
        return said;
    }

    private static bool EffectsArePending(StepScope step)
    {
        foreach (var proposal in step.Tools.Proposals)
            if (proposal.Status is ProposalStatus.Authorised or ProposalStatus.Dispatched) return true;
        return false;
    }

    private static bool HasEnded(StepScope step, string task)
    {
        foreach (var proposal in step.Tools.Proposals)
            if (proposal.Task == task && proposal.Status == ProposalStatus.Done && step.Tools[proposal.Call].AskedIn == step.Turn.Number) return true;
        return false;
    }

    /// <summary>What became of effects, whenever it becomes known and the caller is not speaking. Claims are rendered from what is done (law 7).</summary>
    private static bool ReportEffects(StepScope step)
    {
        var said = false;
        foreach (var proposal in step.Tools.Proposals)
        {
            if (proposal.Reported) continue;
            var tool = step.Descriptor(proposal);
            switch (proposal.Status)
            {
                case ProposalStatus.Done:
                    var result = (proposal.Outcome as ToolOutcome.Succeeded)?.Result;
                    var claim = Phrasing.Render(tool.Phrases.Done, proposal.Fields, result, tool.Phrases.Row, step.LocalNow) ?? "That's done.";
                    Say(step, claim, PromptKind.Claim, proposal.Key);
                    break;
                case ProposalStatus.Failed when step.Tools.Dispatched.Contains(proposal.Key) || proposal.ReadBackIn > 0 || IsFinal(step, proposal):
                    var failure = ((ToolOutcome.Failed)proposal.Outcome!).Failure;
                    var refused = failure is ToolFailure.Refused ? Phrasing.Render(tool.Phrases.Refused, proposal.Fields, null, null, step.LocalNow) : null;
                    Say(step, refused ?? failure.ForCaller, PromptKind.Apology);
                    if (failure is not ToolFailure.ReadOnly) break;
                    step.Set(step.Tools[proposal.Id] with { Reported = true });
                    CallRules.HandOver(step, "no changes can be made");
                    return true;
                case ProposalStatus.Unknown:
                    Say(step, new ToolFailure.Unknown().ForCaller, PromptKind.Apology);
                    break;
                case ProposalStatus.HandedOver:
                    Say(step, "I'm sorry, I can't find out whether that went through. A colleague has to look at it.", PromptKind.Apology);
                    step.Set(step.Tools[proposal.Id] with { Reported = true });
                    CallRules.HandOver(step, "an outcome is not known");
                    return true;
                default:
                    continue;
            }

            step.Set(step.Tools[proposal.Id] with { Reported = true });
            said = true;
        }

        return said;
    }

    // A hold that was refused before anyone heard of it is told only if nothing else is being tried in its place.
    private static bool IsFinal(StepScope step, Proposal proposal) => step.Turn.Owed && step.Tools[proposal.Call].Wanted;

    private static void NothingToSay(StepScope step, Plan plan)
    {
        if (!plan.Withdrawn.IsEmpty || plan.Affirmation == Affirmation.No)
        {
            Say(step, "All right. What can I do for you instead?", PromptKind.Answer);
        }
        else if (plan.Act == TurnAct.Social)
        {
            Say(step, "What can I do for you?", PromptKind.Answer);
        }
        else if (step.Turn.CommittedAt is null)
        {
            return;
        }
        else if (step.Voice.NoMatches + 1 >= NoMatchMax)
        {
            CallRules.HandOver(step, "the agent did not understand");
            return;
        }
        else
        {
            step.Voice = step.Voice with { NoMatches = step.Voice.NoMatches + 1 };
            var text = plan.Act == TurnAct.OutOfDomain
                ? FixedPrompts.OutOfDomain
                : FixedPrompts.NotUnderstood;
            Say(step, text, PromptKind.Apology);
            step.Turn = step.Turn with { Owed = false };
            return;
        }

        Finish(step);
    }

    private static void Say(StepScope step, string text, PromptKind kind, EffectKey? claims = null, (ProposalId, int)? readsBack = null)
    {
        if (!step.Turn.AnswerBegun) step.Planning = step.Planning with { Asked = [] };
        if (step.Turn is { Retracts: true, AnswerBegun: false } && kind == PromptKind.Answer) (text, kind) = ("Sorry. " + text, PromptKind.Correction);
        step.Turn = step.Turn with { AnswerBegun = true, AnsweredFromDraft = step.Settings.HasAuthority && step.Planning.Verified?.Read != step.Turn.Hash };
        VoiceRules.Say(step, text, kind, claims, readsBack);
    }

    // The turn is answered; what the caller still wants goes with the next words.
    private static void Finish(StepScope step)
    {
        step.Turn = step.Turn with { Owed = false, Retracts = false };
        step.Voice = step.Voice with { NoMatches = 0 };
    }
}
