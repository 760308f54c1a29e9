using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Turns;

/// <summary>
/// Asks the planners and takes their answers. The draft reads every change of words; the authority reads them at the draft threshold. While the caller speaks, a run
/// under way finishes; newer words wait as one.
/// </summary>
internal static class PlanningRules
{
    private const int KnownMax = 24;
    private const int HistoryMax = 40;

    public static bool IsStale(StepScope step)
    {
        var generation = step.Happened switch
        {
            PlanProposed plan => plan.Generation,
            ReplySentence sentence => sentence.Generation,
            _ => default,
        };
        return generation != step.Planning.Draft?.Generation && generation != step.Planning.Authority?.Generation;
    }

    public static void WordsChanged(StepScope step)
    {
        step.Planning = step.Planning with { Sentences = [] };
        if (step.Settings.Speculation == Speculation.On && step.Planning.Draft is null) Ask(step, PlannerRole.Draft);
    }

    public static void AskAuthority(StepScope step)
    {
        var planning = step.Planning;
        if (!step.Settings.HasAuthority || planning.StalledOn == step.Turn.Hash || planning.Verified?.Read == step.Turn.Hash) return;
        if (planning.Authority is { } running)
        {
            // A run under way finishes, unless the caller is quiet and it reads other words: nothing may rest on its plan.
            if (running.Hash != step.Turn.Hash && (step.Turn.FinalIn || Endpointing.IsPausing(step))) AskAnew(step, running.Generation);
            return;
        }

        Ask(step, PlannerRole.Authority);
    }

    /// <summary>The sequential twin plans once, when the words are final.</summary>
    public static void AskForCommitted(StepScope step) =>
        Ask(step, step.Settings.HasAuthority ? PlannerRole.Authority : PlannerRole.Draft);

    /// <summary>Asks the authority for words to results that no tool has a phrase for, once for each result that has come since it was last asked.</summary>
    /// <returns>Whether it knows all results, so that its sentences may be said.</returns>
    public static bool HasWords(StepScope step)
    {
        if (step.Planning.AuthoritySaw >= Ended(step.Tools)) return step.Planning.Authority is null || !step.Planning.Sentences.IsEmpty;
        if (step.Planning.Authority is not { } running) Ask(step, PlannerRole.Authority, replies: true);
        else if (IsTooEarly(step, running.Hash)) AskAnew(step, running.Generation);
        return false;
    }

    // It has said nothing yet, and what it would say could not rest on the results that have come since: one run with them verifies the plan and words them.
    private static bool IsTooEarly(StepScope step, WordsHash reads) =>
        reads == step.Turn.Hash && step.Planning.Verified?.Read != step.Turn.Hash && step.Planning.Sentences.IsEmpty;

    private static void AskAnew(StepScope step, Generation running)
    {
        step.Do(new CancelPlanner(running));
        Ask(step, PlannerRole.Authority);
    }

    private static int Ended(ToolPlan tools)
    {
        var ended = 0;
        foreach (var call in tools.Calls) if (call.Outcome is not null) ended++;
        return ended;
    }

    private static void Ask(StepScope step, PlannerRole role, bool replies = false)
    {
        var generation = new Generation(step.Planning.LastGeneration + 1);
        var run = (generation, step.Turn.Hash);
        step.Planning = role == PlannerRole.Draft
            ? step.Planning with { LastGeneration = generation.Value, Draft = run }
            : step.Planning with { LastGeneration = generation.Value, Authority = run, Sentences = [], AuthoritySaw = Ended(step.Tools) };
        step.Do(new AskPlanner(Request(step, generation, role) with { Replies = replies }));
    }

    public static void Apply(StepScope step)
    {
        var proposed = (PlanProposed)step.Happened;
        var plan = proposed.Plan;
        if (plan.Growing)
        {
            Reconciliation.Begin(step, plan);
            return;
        }

        var byAuthority = !step.Settings.HasAuthority
            || proposed.Generation == step.Planning.Authority?.Generation
            || step.Planning.StalledOn == plan.Read;
        if (step.Settings.HasAuthority && proposed.Generation == step.Planning.Authority?.Generation) Compare(step, plan);
        step.Planning = step.Planning with { Latest = plan };
        var verified = byAuthority && plan.Read == step.Turn.Hash;
        if (verified) step.Planning = step.Planning with { Verified = plan };
        Reconciliation.Apply(step, plan, verified);
        if (verified && step.Turn.AnsweredFromDraft) TakeBack(step);
    }

    // How far drafts may be answered from: the authority's first word on them tells.
    private static void Compare(StepScope step, Plan plan)
    {
        if (plan.Read != step.Turn.Hash || step.Planning.Verified?.Read == plan.Read || ReplyRules.PlainDraft(step) is not { } draft) return;
        step.Planning = draft.AnswersLike(plan)
            ? step.Planning with { DraftsAgreed = step.Planning.DraftsAgreed + 1 }
            : step.Planning with { DraftsDiffered = step.Planning.DraftsDiffered + 1 };
    }

    // What was answered from the draft is not what the authority reads in the same words: the answer is taken back and made anew.
    private static void TakeBack(StepScope step)
    {
        step.Turn = step.Turn with { AnsweredFromDraft = false };
        var wrong = false;
        foreach (var call in step.Tools.Calls) wrong |= call.ReportedIn == step.Turn.Number && call is { Planned: true, Wanted: false };
        if (!wrong) return;
        TurnRules.StopSound(step);
        step.Turn = step.Turn with { Retracts = true, AnswerBegun = false, Owed = true };
    }

    public static void Sentence(StepScope step)
    {
        var sentence = (ReplySentence)step.Happened;
        if (sentence.Generation != step.Planning.Authority?.Generation) return;
        step.Planning = step.Planning with { Sentences = step.Planning.Sentences.Add(sentence.Text) };
    }

    public static void Ended(StepScope step)
    {
        var generation = ((PlannerEnded)step.Happened).Generation;
        if (step.Planning.Draft is { } draft && draft.Generation == generation)
        {
            step.Planning = step.Planning with { Draft = null };
            if (draft.Hash != step.Turn.Hash && step.Turn.Hash != WordsHash.None && IsAlive(step)) Ask(step, PlannerRole.Draft);
        }
        else if (step.Planning.Authority is { } authority && authority.Generation == generation)
        {
            step.Planning = step.Planning with { Authority = null };

            // A run that ended without a plan has failed as surely as one that stalled.
            if (authority.Hash == step.Turn.Hash && step.Planning.Verified?.Read != step.Turn.Hash) FallBack(step);
            else if (authority.Hash != step.Turn.Hash && step.Turn.ClosedAt is not null && IsAlive(step)) AskAuthority(step);
        }
    }

    public static void Stalled(StepScope step)
    {
        var generation = ((PlannerStalled)step.Happened).Generation;
        if (step.Planning.Authority?.Generation != generation) return;
        step.Planning = step.Planning with { Authority = null };
        FallBack(step);
    }

    // The draft of the same words becomes the authority: the embedded tier answers alone.
    private static void FallBack(StepScope step)
    {
        step.Planning = step.Planning with { StalledOn = step.Turn.Hash };
        if (!IsAlive(step)) return;
        if (step.Planning.Latest is { } latest && latest.Read == step.Turn.Hash)
        {
            step.Planning = step.Planning with { Verified = latest };
            Reconciliation.Apply(step, latest, verified: true);
        }
        else if (step.Planning.Draft is null)
        {
            Ask(step, PlannerRole.Draft);
        }
    }

    /// <summary>What the caller still wants at the end of a committed turn goes with the next words; what has been done or taken back does not.</summary>
    public static void TakeTasks(StepScope step)
    {
        if (step.Planning.Verified is not { } plan || plan.Read != step.Turn.Hash) return;
        step.Turn = step.Turn with { TasksTaken = true };
        step.Planning = step.Planning with { Tasks = plan.Tasks.RemoveAll(task => HasEnded(step, plan, task.Id)) };
    }

    private static bool HasEnded(StepScope step, Plan plan, string task)
    {
        if (Reconciliation.IsFulfilled(step, task) && !plan.Calls.Any(call => call.Task == task && call.Another)) return true;
        foreach (var call in step.Tools.Calls)
        {
            if (call is not { Planned: true, Wanted: true, Proposal: { } id } || call.Task != task) continue;
            if (step.Tools[id].Status is ProposalStatus.Done or ProposalStatus.Withdrawn or ProposalStatus.Released) return true;
        }

        return false;
    }

    public static void CancelAll(StepScope step)
    {
        if (step.Planning.Draft is { } draft) step.Do(new CancelPlanner(draft.Generation));
        if (step.Planning.Authority is { } authority) step.Do(new CancelPlanner(authority.Generation));
        step.Planning = step.Planning with { Draft = null, Authority = null, Sentences = [] };
    }

    private static bool IsAlive(StepScope step) =>
        step.State.Phase is CallPhase.Listening or CallPhase.Hearing or CallPhase.Owing or CallPhase.Speaking;

    private static PlanRequest Request(StepScope step, Generation generation, PlannerRole role)
    {
        var state = step.State;
        var open = state.Tools.Proposals.Where(p => p.IsOpen && p.ReplacedBy is null).Select(Known).ToImmutableArray();
        var awaiting = ProposalRules.AwaitingAnswer(state);
        return new()
        {
            Generation = generation,
            Call = state.Id,
            Line = state.Line,
            Role = role,
            Turn = state.Turn.Heard,
            Hash = state.Turn.Hash,
            LocalNow = step.LocalNow,
            Tools = state.Settings.Tools,
            Tasks = state.Planning.Tasks,
            Asked = state.Planning.Asked,
            Known = KnownCalls(state),
            ReadBack = awaiting is null ? null : Known(awaiting),
            Offered = Offered(state) is { } offered ? Known(offered) : null,
            Proposals = open,
            History = role == PlannerRole.Draft ? [] : [.. state.History.Skip(Math.Max(0, state.History.Length - HistoryMax))],
            Assurance = AssuranceRules.Highest(state),
            CallerNumber = state.CallerNumber,
        };
    }

    private static KnownProposal Known(Proposal proposal) =>
        new(proposal.Id, proposal.Task, proposal.Tool, proposal.Arguments, proposal.Digest, proposal.Status) { Fields = proposal.Fields };

    private static Proposal? Offered(CallState state)
    {
        Proposal? last = null;
        foreach (var proposal in state.Tools.Proposals)
            if (proposal.ReadBackIn > (last?.ReadBackIn ?? 0) && proposal.ReadBackIn < state.Turn.Number) last = proposal;
        return last;
    }

    private static ImmutableArray<KnownCall> KnownCalls(CallState state)
    {
        var known = ImmutableArray.CreateBuilder<KnownCall>();
        var calls = state.Tools.Calls;
        for (var i = Math.Max(0, calls.Length - KnownMax); i < calls.Length; i++)
        {
            var call = calls[i];
            if (call is not { Operation: ToolOperation.Invoke, Status: ToolCallStatus.Succeeded or ToolCallStatus.Running } || !(call.Wanted || call.ReportedIn > 0)) continue;
            var seen = AssuranceRules.MayDisclose(state, call) ? call.Result : null;
            known.Add(new(call.Task, call.Tool, call.Arguments, seen));
        }

        return known.ToImmutable();
    }
}
