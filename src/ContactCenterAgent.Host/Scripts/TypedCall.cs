using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host.Timelines;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Transports.Typed;

namespace ContactCenterAgent.Host.Scripts;

/// <summary>A call whose caller types: key by key at a terminal, or line by line from a pipe.</summary>
internal static class TypedCall
{
    /// <summary>Words a minute at which a pipe's words come: as fast as somebody speaks.</summary>
    private const int PipeWpm = 165;

    /// <summary>Runs the call to its end.</summary>
    public static async Task<ScriptResult> RunAsync(ScriptStage stage, ScriptScreen screen, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var view = new CallView(time);
        await using var open = await stage.OpenAsync(view, cancellationToken);
        await using var host = new CallHost(open.Services);
        var record = System.Console.IsInputRedirected
            ? await PipeAsync(host, view, screen, cancellationToken)
            : await KeysAsync(host, view, screen, cancellationToken);
        var committed = (await open.Services.Ledger.EntriesAsync(record.Call, cancellationToken)).Where(e => e.State == Abstractions.LedgerState.Done);
        return new(
            "typed", record.Disposition != Disposition.Failed, ScriptResult.Milliseconds(view.MeanLatency), SequentialMs: null,
            ScriptResult.Entries(view), [.. committed.Select(e => e.Key.Tool)]);
    }

    private static Task<Abstractions.CallRecord> PipeAsync(CallHost host, CallView view, ScriptScreen screen, CancellationToken cancellationToken)
    {
        screen.Title("typed", "You are the caller: a line for each thing that you say. /keys 123# presses keys, /hangup hangs up.");
        var line = new TypedLine("typed", new() { Wpm = PipeWpm, TakeTurns = true }, TimeProvider.System);
        return screen.WatchAsync(view, host.RunAsync(line.FromReader(System.Console.In, null, null), cancellationToken));
    }

    private static async Task<Abstractions.CallRecord> KeysAsync(CallHost host, CallView view, ScriptScreen screen, CancellationToken cancellationToken)
    {
        screen.Title("typed", "You are the caller: every word counts as you type it, Enter ends the sentence. /keys 123# presses keys, /hangup hangs up.");
        using var keys = new KeyReader(TimeProvider.System);
        var line = new TypedLine("typed", new() { Quiet = TimeSpan.FromSeconds(2) }, TimeProvider.System);
        return await screen.WatchAsync(view, host.RunAsync(line.FromReader(keys, null, null), cancellationToken), () => keys.Line);
    }
}
