using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Runtime;

/// <summary>Does what the plan decided: runs one function of one tool to its one outcome. Shared by all calls; never throws but for a bug of ours.</summary>
internal sealed partial class ToolRunner
{
    private readonly FrozenDictionary<string, Tool> _tools;
    private readonly IToolLedger _ledger;
    private readonly BackEndBudgets _budgets;
    private readonly ToolCaller _caller;
    private readonly ReadHedges _hedges;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    internal ToolRunner(ImmutableArray<Tool> tools, IToolLedger ledger, BackEndBudgets budgets, ToolCaller caller, ReadHedges hedges, TimeProvider time, ILogger log)
    {
        _tools = tools.ToFrozenDictionary(t => t.Descriptor.Name, StringComparer.Ordinal);
        (_ledger, _budgets, _caller, _hedges, _time, _log) = (ledger, budgets, caller, hedges, time, log);
    }

    /// <summary>Runs a tool call.</summary>
    /// <param name="start">What to run.</param>
    /// <param name="journal">On disk before any hold or effect is sent.</param>
    /// <param name="cancellationToken">Cancels a read, a placing, or what has not been sent yet.</param>
    internal async Task<ToolOutcome> RunAsync(StartTool start, CallJournal journal, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        using var activity = CallMetrics.Source.StartActivity("tool");
        activity?.SetTag("tool", start.Tool);
        var outcome = await RunCaughtAsync(start, journal, began, cancellationToken);
        var code = (outcome as ToolOutcome.Failed)?.Failure.Code ?? "ok";
        activity?.SetTag("outcome", code);
        CallMetrics.ToolSeconds.Record(
            _time.GetElapsedTime(began).TotalSeconds, new("tool", start.Tool), new("operation", start.Operation), new("outcome", code));
        return outcome;
    }

    /// <summary>Whether a started call may be cancelled: a read or a placing. An effect runs to its end.</summary>
    internal bool CanCancel(StartTool start) =>
        start.Operation == ToolOperation.Place || (start.Operation == ToolOperation.Invoke && _tools.TryGetValue(start.Tool, out var tool) && !tool.Descriptor.IsEffect);

    private async Task<ToolOutcome> RunCaughtAsync(StartTool start, CallJournal journal, long began, CancellationToken cancellationToken)
    {
        try
        {
            if (!_tools.TryGetValue(start.Tool, out var tool)) return Fail(new ToolFailure.Invalid(""));
            using var place = await EnterAsync(tool, start, cancellationToken);
            if (place is null) return Fail(new ToolFailure.OverBudget("back_end_waiting"));
            var left = start.Deadline - _time.GetElapsedTime(began);
            return (start.Operation, tool.Descriptor.Effect) switch
            {
                (ToolOperation.Place, _) => await PlaceAsync(tool, start, journal, left, cancellationToken),
                (ToolOperation.LookUp, _) => Succeed(await LookUpAsync(tool, start.Key!.Value, left, cancellationToken)),
                (ToolOperation.Invoke, ToolEffect.Read or ToolEffect.Disclose) => await ReadAsync(tool, start, left, cancellationToken),
                _ => await EffectAsync(tool, start, journal, left, cancellationToken),
            };
        }
#pragma warning disable CA1031 // A tool may throw anything; each becomes a typed failure.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return Fail(Failure(start, fault));
        }
    }

    private async Task<BackEndBudgets.Lease?> EnterAsync(Tool tool, StartTool start, CancellationToken cancellationToken)
    {
        var priority = start.Operation is ToolOperation.Confirm or ToolOperation.LookUp ? BackEndPriority.Reserved
            : start.Speculative ? BackEndPriority.Speculative : BackEndPriority.Authorised;
        using var limit = new CancellationTokenSource(start.Deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _budgets.EnterAsync(tool.Descriptor.BackEnd, priority, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolUnavailableException("The back end had no place in time.");
        }
    }

    // What tells a third party something or is billed is never asked twice.
    private async Task<ToolOutcome> ReadAsync(Tool tool, StartTool start, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        return Succeed(tool.Descriptor.Effect == ToolEffect.Read
            ? await _hedges.RunAsync(start.Tool, () => _budgets.TryEnter(tool.Descriptor.BackEnd), Once, _time, cancellationToken)
            : await Once(cancellationToken));

        Task<string> Once(CancellationToken ct) => _caller.CallAsync(start.Tool, tool.Invoke, ToolArguments.Of(start), deadline - _time.GetElapsedTime(began), ct);
    }

    private async Task<ToolOutcome> PlaceAsync(Tool tool, StartTool start, CallJournal journal, TimeSpan deadline, CancellationToken cancellationToken)
    {
        await journal.FlushAsync(cancellationToken);
        await _ledger.HoldIntendedAsync(start.Hold!.Value, start.Call.Call, start.Tool, _time.GetUtcNow() + start.TimeToLive!.Value, cancellationToken);
        // Whatever comes of it, the core gives a hold back that it does not keep: by our id, which is harmless where there is none.
        return Succeed(await _caller.CallAsync(start.Tool, tool.Invoke, ToolArguments.Of(start), deadline, cancellationToken));
    }

    private async Task<ToolOutcome> EffectAsync(Tool tool, StartTool start, CallJournal journal, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var key = start.Key!.Value;
        var function = start.Operation == ToolOperation.Confirm ? tool.Confirm! : tool.Invoke;
        var sent = false;
        await journal.FlushAsync(cancellationToken);
        LedgerOutcome outcome;
        try
        {
            outcome = tool.Local
                ? await _ledger.ExecuteOnceAsync(key, (connection, transaction, ct) => Send(ToolArguments.Of(start).Within(connection, transaction), ct), cancellationToken)
                : await _ledger.ExecuteRemoteOnceAsync(key, ct => Send(ToolArguments.Of(start), ct), cancellationToken);
        }
        catch (Exception fault) when (sent && !tool.Local && fault is not (ToolRefusedException or ToolUnavailableException))
        {
            LogUnknown(start.Tool, fault.GetType().Name, start.Call);
            return Fail(new ToolFailure.Unknown());
        }

        if (outcome.State != LedgerState.Done)
            return Fail(outcome.Failure ?? (outcome.State == LedgerState.Failed ? new ToolFailure.Broken() : new ToolFailure.Unknown()));
        if (start.Operation == ToolOperation.Confirm) await _ledger.HoldEndedAsync(start.Hold!.Value, HoldEnd.Confirmed, CancellationToken.None);
        return Succeed(outcome.ResultJson!);

        Task<string> Send(AIFunctionArguments arguments, CancellationToken ct)
        {
            sent = true;
            return _caller.CallAsync(start.Tool, function, arguments, deadline, ct);
        }
    }

    /// <summary>Asks what became of a key, first the ledger, then the back end, and saves the answer.</summary>
    /// <returns>The tool's answer: <c>state</c> is <c>done</c> (with the effect's result beside it), <c>absent</c> or <c>unknown</c>.</returns>
    internal async Task<string> LookUpAsync(Tool tool, EffectKey key, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var entry = await _ledger.FindAsync(key, cancellationToken);
        if (entry is null or { State: LedgerState.Failed }) return StateJson("absent");
        if (entry.State == LedgerState.Done) return DoneJson(entry.ResultJson!);
        if (tool.LookUp is not { } lookUp) return StateJson("unknown");

        var json = await _caller.CallAsync(tool.Descriptor.Name, lookUp, ToolArguments.OfLookUp(key.ToString()), deadline, cancellationToken);
        switch (StateOf(json))
        {
            case "done":
                var result = JsonNode.Parse(json)!.AsObject();
                result.Remove("state");
                await _ledger.ResolveAsync(key, new(LedgerState.Done, result.ToJsonString(), null), CancellationToken.None);
                await ConfirmHoldOfAsync(key);
                return json;
            case "absent":
                await _ledger.ResolveAsync(key, new(LedgerState.Failed, null, new ToolFailure.Unavailable()), CancellationToken.None);
                return json;
            default:
                return StateJson("unknown");
        }
    }

    /// <summary>What a look-up's answer says.</summary>
    internal static string? StateOf(string json) => (JsonNode.Parse(json) as JsonObject)?["state"]?.ToString();

    private static string StateJson(string state) => new JsonObject { ["state"] = state }.ToJsonString();

    private static string DoneJson(string result)
    {
        var answer = JsonNode.Parse(result) as JsonObject ?? [];
        answer["state"] = "done";
        return answer.ToJsonString();
    }

    /// <summary>The hold behind an effect that turned out to be done: the last of its tool that was asked for before it and has no end.</summary>
    internal async Task ConfirmHoldOfAsync(EffectKey key)
    {
        var entry = await _ledger.FindAsync(key, CancellationToken.None);
        var holds = await _ledger.HoldsAsync(key.Call, CancellationToken.None);
        var behind = holds.LastOrDefault(h => h.Tool == key.Tool && h.End is null && h.IntendedAt <= entry!.IntendedAt);
        if (behind is not null) await _ledger.HoldEndedAsync(behind.Hold, HoldEnd.Confirmed, CancellationToken.None);
    }

    private ToolFailure Failure(StartTool start, Exception fault)
    {
        switch (fault)
        {
            case ToolRefusedException refused: return new ToolFailure.Refused(refused.Reason);
            case ToolUnavailableException: return new ToolFailure.Unavailable();
            case StoreReadOnlyException: return new ToolFailure.ReadOnly();
            case OperationCanceledException: return new ToolFailure.Cancelled();
            case TimeoutException: return new ToolFailure.TimedOut(start.Deadline);
            case ArgumentException { ParamName: { } name } when _tools.TryGetValue(start.Tool, out var tool) && tool.Descriptor.Parameter(name) is not null:
                return new ToolFailure.Invalid(name);
        }

        LogBroken(start.Tool, fault.GetType().Name, start.Call);
        return new ToolFailure.Broken();
    }

    private static ToolOutcome.Succeeded Succeed(string json) =>
        ToolResult.TryParse(json, out var result) ? new ToolOutcome.Succeeded(result) : throw new JsonException("The ledger holds a result that is no tool result.");

    private static ToolOutcome.Failed Fail(ToolFailure failure) => new ToolOutcome.Failed(failure);

    [LoggerMessage(40, LogLevel.Error, "tool.broken {Tool}: {Fault}, tool call {ToolCall}")]
    private partial void LogBroken(string tool, string fault, ToolCallId toolCall);

    [LoggerMessage(41, LogLevel.Error, "tool.unknown {Tool}: {Fault}, tool call {ToolCall}; it is looked up by its key")]
    private partial void LogUnknown(string tool, string fault, ToolCallId toolCall);
}
