using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>Holds and effects of one call, through the ledger. Used by one caller at a time.</summary>
internal sealed class CallEffects(CallId call, IToolLedger ledger, TimeProvider time)
{
    private int _holds;

    internal StagedEffect Draft(int number, Tool tool, ImmutableSortedDictionary<string, string> arguments, Digest digest) => new()
    {
        Number = number,
        Tool = tool.Descriptor.Name,
        Digest = digest,
        Arguments = new(arguments),
        ReadBack = Pii.Of(Words(tool.Descriptor, arguments, null)),
    };

    /// <summary>Places a hold under an id of ours, which the ledger has before it is sent. One that fails is given back: it may have been placed all the same.</summary>
    internal async Task<StagedEffect> PlaceAsync(Tool tool, StagedEffect staged, bool verified)
    {
        var terms = tool.Descriptor.Hold!;
        var hold = HoldId.For(new(call, ++_holds));
        var timeToLive = verified ? terms.TimeToLive : terms.Unverified;
        var until = time.GetUtcNow() + timeToLive;
        await ledger.HoldIntendedAsync(hold, call, staged.Tool, until, CancellationToken.None);
        try
        {
            var json = await InvokeAsync(tool, tool.Invoke, staged, (ToolContext.Hold, hold.Value), (ToolContext.TimeToLive, timeToLive));
            if (!ToolResult.TryParse(json, out var result)) throw new InvalidOperationException("The tool's answer is not of its form.");
            return staged with { Status = ProposalStatus.Held, Hold = hold, HeldUntil = until, ReadBack = Pii.Of(Words(tool.Descriptor, staged.Arguments.Value, result)) };
        }
#pragma warning disable CA1031 // A tool may throw anything; each becomes a typed failure.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await ReleaseAsync(tool, hold);
            ToolFailure failure = fault is ToolRefusedException refused ? new ToolFailure.Refused(refused.Reason) : new ToolFailure.Unavailable();
            return staged with { Status = ProposalStatus.Failed, Outcome = Pii.Of(Answers.Failed(failure)) };
        }
    }

    /// <summary>Carries an authorised effect out, once a key. An unknown outcome is looked up, never repeated.</summary>
    internal async Task<StagedEffect> DispatchAsync(Tool tool, StagedEffect staged)
    {
        // A hold in its last seconds may run out on the way: a new one first, and the old one after.
        if (staged is { Hold: { } old, HeldUntil: { } until } && until - time.GetUtcNow() <= HoldTerms.Guard)
        {
            staged = await PlaceAsync(tool, staged, verified: true);
            await ReleaseAsync(tool, old);
            if (staged.Status != ProposalStatus.Held) return staged;
        }

        var (key, entry) = await KeyAsync(staged);
        var outcome = entry?.State is LedgerState.Unknown or LedgerState.Intended && !entry.Local ? await LookUpAsync(tool, key) : await SendAsync(tool, staged, key);
        if (outcome.State == LedgerState.Done && staged.Hold is { } held) await ledger.HoldEndedAsync(held, HoldEnd.Confirmed, CancellationToken.None);
        if (outcome.State == LedgerState.Failed && staged.Hold is { } lost) await ReleaseAsync(tool, lost);
        return outcome.State switch
        {
            LedgerState.Done => staged with { Status = ProposalStatus.Done, Outcome = Pii.Of(Answers.Done(outcome.ResultJson!)) },
            LedgerState.Failed => staged with { Status = ProposalStatus.Failed, Outcome = Pii.Of(Answers.Failed(outcome.Failure ?? new ToolFailure.Broken())) },
            _ => staged with { Status = ProposalStatus.Unknown, Outcome = Pii.Of(Answers.Failed(new ToolFailure.Unknown())) },
        };
    }

    /// <summary>Takes back what was not sent, and its hold.</summary>
    internal async Task<StagedEffect> WithdrawAsync(Tool tool, StagedEffect staged)
    {
        if (staged.Hold is not { } hold) return staged with { Status = ProposalStatus.Withdrawn };
        await ReleaseAsync(tool, hold);
        return staged with { Status = ProposalStatus.Released };
    }

    // A further occurrence only after a known failure.
    private async Task<(EffectKey Key, LedgerEntry? Entry)> KeyAsync(StagedEffect staged)
    {
        for (var occurrence = 1; ; occurrence++)
        {
            var key = new EffectKey(call, staged.Tool, staged.Digest, occurrence);
            var entry = await ledger.FindAsync(key, CancellationToken.None);
            if (entry?.State != LedgerState.Failed) return (key, entry);
        }
    }

    private Task<LedgerOutcome> SendAsync(Tool tool, StagedEffect staged, EffectKey key)
    {
        var function = staged.Hold is null ? tool.Invoke : tool.Confirm!;
        return tool.Local
            ? ledger.ExecuteOnceAsync(key, (connection, transaction, _) => InvokeAsync(tool, function, staged, [.. Context(staged, key), (ToolContext.Connection, connection), (ToolContext.Transaction, transaction)]), CancellationToken.None)
            : ledger.ExecuteRemoteOnceAsync(key, _ => InvokeAsync(tool, function, staged, [.. Context(staged, key)]), CancellationToken.None);
    }

    private async Task<LedgerOutcome> LookUpAsync(Tool tool, EffectKey key)
    {
        var unknown = new LedgerOutcome(LedgerState.Unknown, null, new ToolFailure.Unknown());
        if (tool.LookUp is not { } lookUp) return unknown;
        try
        {
            using var deadline = new CancellationTokenSource(tool.Descriptor.Deadline, time);
            if (JsonNode.Parse(await ToolCalls.InvokeAsync(lookUp, [], [KeyValuePair.Create(ToolContext.Key, (object?)key.ToString())], deadline.Token)) is not JsonObject answer) return unknown;
            var state = answer["state"]?.ToString();
            answer.Remove("state");
            LedgerOutcome? found = state switch
            {
                "done" => new(LedgerState.Done, answer.ToJsonString(), null),
                "absent" => new(LedgerState.Failed, null, new ToolFailure.Unavailable()),
                _ => null,
            };
            if (found is not null) await ledger.ResolveAsync(key, found, CancellationToken.None);
            return found ?? unknown;
        }
#pragma warning disable CA1031 // A look-up that fails leaves the outcome unknown.
        catch (Exception)
#pragma warning restore CA1031
        {
            return unknown;
        }
    }

    // The ledger has the release before it is sent: what fails here is released by the host's outbox or runs out.
    private async Task ReleaseAsync(Tool tool, HoldId hold)
    {
        await ledger.QueueReleaseAsync(hold, tool.Descriptor.Name, CancellationToken.None);
        try
        {
            using var deadline = new CancellationTokenSource(tool.Descriptor.Deadline, time);
            var json = await ToolCalls.InvokeAsync(tool.Release!, [], [KeyValuePair.Create(ToolContext.Hold, (object?)hold.Value)], deadline.Token);
            var expired = (JsonNode.Parse(json) as JsonObject)?["expired"]?.GetValue<bool>() == true;
            await ledger.HoldEndedAsync(hold, expired ? HoldEnd.Expired : HoldEnd.Released, CancellationToken.None);
        }
#pragma warning disable CA1031 // A release that fails stays in the durable outbox.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private async Task<string> InvokeAsync(Tool tool, AIFunction function, StagedEffect staged, params (string Name, object? Value)[] context)
    {
        using var deadline = new CancellationTokenSource(tool.Descriptor.Deadline, time);
        return await ToolCalls.InvokeAsync(function, staged.Arguments.Value, context.Select(c => KeyValuePair.Create(c.Name, c.Value)), deadline.Token);
    }

    private static IEnumerable<(string, object?)> Context(StagedEffect staged, EffectKey key)
    {
        yield return (ToolContext.Key, key.ToString());
        if (staged.Hold is { } hold) yield return (ToolContext.Hold, hold.Value);
    }

    private string Words(ToolDescriptor tool, ImmutableSortedDictionary<string, string> arguments, ToolResult? placed) =>
        Phrasing.Render(tool.Phrases.ReadBack, arguments, placed, null, time.GetLocalNow().DateTime)
        ?? $"{tool.Description} ({string.Join(", ", arguments.Where(a => tool.Parameter(a.Key)!.Type != ParameterType.EntityId).Select(a => $"{a.Key.Replace('_', ' ')}: {a.Value}"))})";
}
