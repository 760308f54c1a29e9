using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Runtime;

/// <summary>Runs calls from their first ring to their record. Thread-safe: any number at once.</summary>
/// <remarks>Call <see cref="StartAsync"/> once before the first call. Disposal stops the outbox; what it had queued stays in the ledger.</remarks>
public sealed class CallHost : IAsyncDisposable
{
    private readonly CallServices _services;
    private readonly Step _step;
    private readonly ReleaseOutbox _outbox;
    private readonly ToolRunner _tools;
    private readonly ILogger _log;

    /// <summary>Makes a host.</summary>
    /// <exception cref="ArgumentException">Two tools have one name, or a reservation lacks its confirm, release or terms.</exception>
    public CallHost(CallServices services)
        : this(services, CallAgent.Step)
    {
    }

    internal CallHost(CallServices services, Step step)
    {
        Check(services.Tools);
        _services = services with
        {
            Settings = services.Settings with { Tools = [.. services.Tools.Select(t => t.Descriptor)], HasAuthority = services.Authority is not null },
        };
        _step = step;
        _log = services.Loggers.CreateLogger("ContactCenterAgent.Call");
        var log = services.Loggers.CreateLogger("ContactCenterAgent.Tool");
        var budgets = new BackEndBudgets(services.Options);
        var caller = new ToolCaller(services.Time, services.Options, log);
        _outbox = new(services.Tools, services.Ledger, budgets, caller, services.Time, services.Options, log);
        _tools = new(services.Tools, services.Ledger, budgets, caller, services.Hedges ?? new(services.Options.HedgedReads), services.Time, log);
    }

    /// <summary>What the calls are run with.</summary>
    public CallServices Services => _services;

    /// <summary>Releases of holds that the back ends have not taken yet.</summary>
    public int OpenReleases => _outbox.Open;

    /// <summary>Settles what a dead process left open: effects by key, holds through the outbox.</summary>
    public Task<RecoveryReport> StartAsync(CancellationToken cancellationToken) =>
        new LedgerRecovery(_services.Tools, _services.Ledger, _tools, _outbox, _services.Loggers.CreateLogger("ContactCenterAgent.Recovery")).RunAsync(cancellationToken);

    /// <summary>Runs one call to its end. The transport is disposed of.</summary>
    /// <param name="transport">The call's leg.</param>
    /// <param name="cancellationToken">The host cannot wait any longer: the line counts as lost, and what was authorised finishes.</param>
    /// <returns>The record that was saved.</returns>
    public async Task<CallRecord> RunAsync(ICallTransport transport, CancellationToken cancellationToken)
    {
        // Without an authority the draft is the last word.
        var services = _services.Authority is null || _services.Trust.IsEarned ? _services : _services with { Settings = _services.Settings with { PlainReplies = false } };
        await using var call = new CallRun(services, _step, _tools, _outbox, transport, _log);
        return await call.RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _outbox.DisposeAsync();

    private static void Check(ImmutableArray<Tool> tools)
    {
        foreach (var tool in tools)
        {
            var name = tool.Descriptor.Name;
            if (tools.Count(t => t.Descriptor.Name == name) > 1) throw new ArgumentException($"Two tools are called {name}.", nameof(tools));
            if (tool.Descriptor.Effect == Core.Tools.ToolEffect.Reserve && (tool.Confirm is null || tool.Release is null || tool.Descriptor.Hold is null))
                throw new ArgumentException($"The reservation {name} lacks its confirm, its release or the terms of its hold.", nameof(tools));
        }
    }
}
