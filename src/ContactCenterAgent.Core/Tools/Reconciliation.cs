using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tools;

/// <summary>
/// Compares the calls that are open with the calls that the latest plan wants. Same identity = the same call, kept; changed = superseded with
/// its dependants; gone = cancelled. Finished and dispatched calls are history and are never gone; a proposal ends only by its own rules.
/// </summary>
internal static class Reconciliation
{
    public static void Apply(StepScope step, Plan plan, bool verified)
    {
        var kept = OpenAll(step, plan, verified);
        foreach (var call in step.Tools.Calls)
            if (call is { Planned: true, Wanted: true } && !kept.Contains(call.Id.Number)) Drop(step, plan, call);
        foreach (var proposal in step.Tools.Proposals)
            if (proposal.Status < ProposalStatus.Dispatched && !kept.Contains(proposal.Call.Number)) Replace(step, proposal, kept);
        DropDependants(step);
        AssuranceRules.Derive(step);
    }

    /// <summary>Opens the reads that the beginning of a plan names; what it does not name may still come.</summary>
    public static void Begin(StepScope step, Plan plan)
    {
        OpenAll(step, plan with { Calls = plan.Calls.RemoveAll(call => step.Settings.Tool(call.Tool) is not { IsEffect: false }) }, verified: false);
        AssuranceRules.Derive(step);
    }

    /// <summary>The numbers of the calls that stand for the plan's wishes.</summary>
    private static HashSet<int> OpenAll(StepScope step, Plan plan, bool verified)
    {
        var numbers = new Dictionary<string, int>(plan.Calls.Length, StringComparer.Ordinal);
        var kept = new HashSet<int>();
        foreach (var wish in plan.Calls)
        {
            if (Read(step, wish, numbers) is not { } wanted) continue;
            var match = Match(step, wanted, kept);

            // A doubtful plan proposes nothing new; what it leaves standing, stands.
            if (match is null && wanted.Tool.IsEffect && plan.Confidence < step.Settings.ConfidenceMin) continue;
            if (match is null && !wish.Another && IsFulfilled(step, wish.Task)) continue;
            var call = match is null ? Open(step, plan, wanted, verified) : Keep(step, plan, wanted, match, verified);
            kept.Add(call.Id.Number);
            numbers[wish.Label] = call.Id.Number;
        }

        return kept;
    }

    /// <summary>The words that authorised an effect ask for nothing else of the same task: a plan of them that comes after the effect (a slow model's) looks for no second one.</summary>
    public static bool IsFulfilled(StepScope step, string task)
    {
        if (step.Turn.CommittedAt is not { } committed) return false;
        foreach (var proposal in step.Tools.Proposals)
        {
            if (proposal.Task != task || proposal.AuthorisedBy != step.Turn.Hash || proposal.Status is not (ProposalStatus.Done or ProposalStatus.Unknown or ProposalStatus.HandedOver)) continue;

            // The same words may have been said before: what they did then is not what they do now.
            foreach (var call in step.Tools.Calls) if (call.Proposal == proposal.Id && call.StartedAt >= committed) return true;
        }

        return false;
    }

    /// <summary>A planner's wish in terms of the calls that exist; null where it names a tool, a parameter or a call that is not there.</summary>
    private static Wanted? Read(StepScope step, PlannedCall wish, Dictionary<string, int> numbers)
    {
        if (step.Settings.Tool(wish.Tool) is not { } tool) return null;
        var arguments = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var references = ImmutableSortedDictionary.CreateBuilder<string, (int Call, string Field)>(StringComparer.Ordinal);
        foreach (var (name, value) in wish.Arguments)
        {
            if (tool.Parameter(name) is null) return null;
            if (value is ArgumentValue.Known known) arguments[name] = known.Canonical;
            else if (value is ArgumentValue.From from && numbers.TryGetValue(from.Label, out var number)) references[name] = (number, from.Field);
            else return null;
        }

        var open = ImmutableArray.CreateBuilder<string>();
        foreach (var parameter in tool.Parameters)
        {
            if (arguments.ContainsKey(parameter.Name) || references.ContainsKey(parameter.Name)) continue;
            if (parameter.Default is { } fallback) arguments[parameter.Name] = fallback;
            else if (!parameter.Required) continue;
            else if (tool.Effect == ToolEffect.Read && tool.Widens is { } widening && widening.Open.ContainsKey(parameter.Name)) open.Add(parameter.Name);
            else return null;
        }

        return new(tool, wish, arguments.ToImmutable(), references.ToImmutable(), open.ToImmutable());
    }

    private static ToolCall? Match(StepScope step, Wanted wanted, HashSet<int> kept)
    {
        ToolCall? best = null;
        foreach (var call in step.Tools.Calls)
        {
            if (!call.Planned || call.Tool != wanted.Tool.Name || kept.Contains(call.Id.Number)) continue;
            if (IsMatchable(step, call, wanted) && IsSame(step, call, wanted)) best = call;
        }

        return best;
    }

    private static bool IsMatchable(StepScope step, ToolCall call, Wanted wanted)
    {
        if (call.Status == ToolCallStatus.Superseded) return false;
        var askedNow = !wanted.Wish.Evidence.IsEmpty;
        if (call.Proposal is { } id)
        {
            var proposal = step.Tools[id];

            // What another one took the place of is over; wanted again, it is a new one. What the caller took back is not proposed anew by itself.
            if (proposal is { Status: ProposalStatus.Withdrawn or ProposalStatus.Released, ReplacedBy: not null }) return false;
            return proposal.Status != ProposalStatus.Expired && (proposal.IsOpen || call.AskedIn == step.Turn.Number || !askedNow);
        }

        if (!call.Wanted || step.Tools.IsOutdated(call, wanted.Tool.BackEnd)) return false;
        return call.Turn == step.Turn.Number || !(call.Status == ToolCallStatus.Failed || (wanted.Wish.Fresh && askedNow));
    }

    private static bool IsSame(StepScope step, ToolCall call, Wanted wanted)
    {
        if (!call.Open.SequenceEqual(wanted.Open)) return false;
        foreach (var parameter in wanted.Tool.Parameters)
        {
            if (parameter.Type == ParameterType.Wording) continue;
            call.References.TryGetValue(parameter.Name, out var mineFrom);
            wanted.References.TryGetValue(parameter.Name, out var theirsFrom);
            if (mineFrom.Call > 0 && mineFrom == theirsFrom) continue;
            var mine = call.Arguments.GetValueOrDefault(parameter.Name) ?? Value(step, mineFrom);
            var theirs = wanted.Arguments.GetValueOrDefault(parameter.Name) ?? Value(step, theirsFrom);
            if ((mine ?? theirs) is null && mineFrom != theirsFrom) return false;
            if (mine != theirs) return false;
        }

        return true;
    }

    private static string? Value(StepScope step, (int Call, string Field) reference) =>
        reference.Call > 0 ? Scheduling.Resolve(step.Tools, reference) : null;

    private static ToolCall Keep(StepScope step, Plan plan, Wanted wanted, ToolCall call, bool verified)
    {
        var wish = wanted.Wish;
        var asked = !wish.Evidence.IsEmpty;
        call = call with
        {
            Wanted = true,
            Task = wish.Task,
            Agreement = (call.Agreement.Wanted + 1, 0),
            Settled = call.Settled || IsSettled(step, wanted, call.Agreement.Wanted + 1),
            AskedIn = asked ? step.Turn.Number : call.AskedIn,
            Answers = wish.Answers,
            Requested = wish.Requested,
            Verified = verified ? plan.Read : call.Verified,
            Arguments = TakeWording(call, wanted),
        };
        step.Set(call);
        if (call.Proposal is { } id && step.Tools[id] is { IsOpen: true, ReplacedBy: not null } proposal) step.Set(proposal with { ReplacedBy = null });
        return call;
    }

    // Free wording follows the caller until the call is dispatched; it makes no other call of it.
    private static ImmutableSortedDictionary<string, string> TakeWording(ToolCall call, Wanted wanted)
    {
        var arguments = call.Arguments;
        if (call.StartedAt is not null) return arguments;
        foreach (var parameter in wanted.Tool.Parameters)
            if (parameter.Type == ParameterType.Wording && wanted.Arguments.TryGetValue(parameter.Name, out var words)) arguments = arguments.SetItem(parameter.Name, words);
        return arguments;
    }

    private static ToolCall Open(StepScope step, Plan plan, Wanted wanted, bool verified) => step.Add(id => new ToolCall
    {
        Id = id,
        Task = wanted.Wish.Task,
        Tool = wanted.Tool.Name,
        Operation = wanted.Tool.Effect == ToolEffect.Reserve ? ToolOperation.Place : ToolOperation.Invoke,
        Arguments = wanted.Arguments,
        References = wanted.References,
        Open = wanted.Open,
        Planned = true,
        Turn = step.Turn.Number,
        AskedIn = step.Turn.Number,
        Answers = wanted.Wish.Answers,
        Requested = wanted.Wish.Requested,
        Another = wanted.Wish.Another,
        Fresh = wanted.Wish.Fresh,
        Agreement = (1, 0),
        Settled = IsSettled(step, wanted, 1),
        Verified = verified ? plan.Read : WordsHash.None,
    });

    /// <summary>Only words that have settled count: the recogniser calls them stable, or enough partials agree (more for a person's identity).</summary>
    private static bool IsSettled(StepScope step, Wanted wanted, int agreed)
    {
        if (Agrees(step, wanted.Tool, agreed)) return true;
        var words = step.Turn.Heard.Words;
        foreach (var index in wanted.Wish.Evidence)
            if (index >= 0 && index < words.Length && !words[index].Stable) return false;
        return true;
    }

    /// <summary>Whether so many partials in a row settle what they ask for, without the recogniser's word.</summary>
    public static bool Agrees(StepScope step, ToolDescriptor tool, int partials) =>
        partials >= (tool.Grants is null ? step.Settings.AgreeToStart : step.Settings.AgreeOnPerson);

    private static void Drop(StepScope step, Plan plan, ToolCall call)
    {
        if (call.Proposal is not null)
        {
            step.Set(call with { Wanted = false });
            return;
        }

        switch (call.Status)
        {
            case ToolCallStatus.Waiting:
                step.Set(call with { Status = ToolCallStatus.Superseded, Wanted = false });
                break;
            case ToolCallStatus.Running:
                GiveUp(step, call, plan.Read == step.Turn.Hash && (step.Turn.FinalIn || step.Turn.ClosedAt is not null));
                break;
            default:
                step.Set(call with { Wanted = false });
                break;
        }
    }

    // Absence means nothing to a proposal; another one of the same task and tool in its place does.
    private static void Replace(StepScope step, Proposal proposal, HashSet<int> kept)
    {
        foreach (var number in kept)
        {
            var call = step.Tools.Calls[number - 1];
            if (call.Task != proposal.Task || call.Tool != proposal.Tool) continue;
            var status = proposal.Status == ProposalStatus.Authorised ? DispatchRules.Unstaged(step, proposal) : proposal.Status;
            step.Set(proposal with { ReplacedBy = call.Id, Status = status, AuthorisedBy = WordsHash.None });
            return;
        }
    }

    /// <summary>One more plan does without a running call. Settled words drop it at once, others when enough agree.</summary>
    public static void GiveUp(StepScope step, ToolCall call, bool settled)
    {
        var missed = call.Agreement.Missed + 1;
        if (missed >= (settled ? 1 : step.Settings.AgreeToDrop) && !ReadCache.WillServe(step, call)) Supersede(step, call);
        else step.Set(call with { Agreement = (0, missed) });
    }

    public static void Supersede(StepScope step, ToolCall call)
    {
        var running = call.Status == ToolCallStatus.Running;
        step.Set(call with { Status = ToolCallStatus.Superseded, Wanted = false });
        if (running) step.Do(new CancelTool(call.Id));
    }

    // What rests on a dead call is dead, unless it has ended.
    private static void DropDependants(StepScope step)
    {
        foreach (var call in step.Tools.Calls)
        {
            if (call is not { Planned: true, Proposal: null, Status: ToolCallStatus.Waiting or ToolCallStatus.Running }) continue;
            foreach (var (_, reference) in call.References)
            {
                if (step.Tools.Calls[reference.Call - 1].Status != ToolCallStatus.Superseded) continue;
                Supersede(step, step.Tools[call.Id]);
                break;
            }
        }
    }

    private sealed record Wanted(
        ToolDescriptor Tool,
        PlannedCall Wish,
        ImmutableSortedDictionary<string, string> Arguments,
        ImmutableSortedDictionary<string, (int Call, string Field)> References,
        ImmutableArray<string> Open);
}
