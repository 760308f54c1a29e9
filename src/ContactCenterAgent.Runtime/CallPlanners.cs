using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Runtime;

/// <summary>
/// Runs the planners of one call: one task a generation, a deadline on its first useful token and on each pause. A run that throws, stalls or ends
/// without saying so is reported as such; the core asks the next tier.
/// </summary>
internal sealed partial class CallPlanners(
    IPlanner draft, IPlanner? authority, CallInbox inbox, TaskScope scope, TimeProvider time, RuntimeOptions options, CallId call, ILogger log)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Generation, CancellationTokenSource> _running = [];
    private readonly ILogger _log = log;

    internal void Ask(PlanRequest request) => scope.Start(ct => RunAsync(request, ct));

    internal void Cancel(Generation generation) => scope.Start(async _ =>
    {
        // Off the loop: what a cancellation wakes runs where it was cancelled.
        await Task.Yield();
        CancellationTokenSource? running;
        lock (_gate) _running.TryGetValue(generation, out running);
        running?.CancelUnlessOver();
    });

    private async Task RunAsync(PlanRequest request, CancellationToken cancellationToken)
    {
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_gate) _running[request.Generation] = cancel;
        var planner = request.Role == PlannerRole.Authority && authority is not null ? authority : draft;
        await using var run = new PlannerRun(planner, request, cancel, time, options);
        try
        {
            while (await run.NextAsync() is { } happened)
            {
                await inbox.WriteAsync(happened, cancel.Token);
                if (happened is PlannerStalled or PlannerEnded) return;
            }

            await inbox.WriteAsync(new PlannerEnded(default, request.Generation), cancel.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Cancelled by the core or by the end of the call: nobody waits for anything of it.
        }
#pragma warning disable CA1031 // A planner's bug costs one generation.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogStalled(fault.GetType().Name, request.Role, request.Generation, call);
            CallMetrics.PlannerStalls.Add(1);
            await inbox.WriteAsync(new PlannerStalled(default, request.Generation), cancellationToken);
        }
        finally
        {
            lock (_gate) _running.Remove(request.Generation);
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "planner.stalled {Fault}: role {Role}, {Generation}, call {Call}")]
    private partial void LogStalled(string fault, PlannerRole role, Generation generation, CallId call);
}
