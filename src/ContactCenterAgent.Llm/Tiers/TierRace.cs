using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Llm.Tiers;

/// <summary>
/// Who answers a request: the first tier, the next one when it is late or fails, or both where the operator pays for it. The first useful token wins; the others are
/// cancelled and waited for.
/// </summary>
internal sealed class TierRace : IAsyncDisposable
{
    private readonly PlanRequest _request;
    private readonly IReadOnlyList<TierState> _tiers;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancelled;
    private readonly CancellationTokenRegistration _registration;
    private readonly List<TierRun> _running = [];
    private readonly Queue<PlannerSwitched> _switches = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = New();
    private ITimer? _hedge;
    private volatile bool _hedgeDue;
    private int _next;

    internal TierRace(PlanRequest request, IReadOnlyList<TierState> tiers, TimeProvider time, CancellationToken cancellationToken)
    {
        (_request, _tiers, _time, _cancelled) = (request, tiers, time, cancellationToken);
        _registration = cancellationToken.Register(Moved);
        StartNext("", "");
    }

    /// <summary>The run that gave the first useful token; its event is <see cref="TierRun.Current"/>.</summary>
    internal TierRun? Winner { get; private set; }

    /// <summary>No tier is left.</summary>
    internal bool IsLost => Winner is null && _running.Count == 0;

    /// <summary>The next switch to tell of; null = none.</summary>
    internal PlannerSwitched? Switch => _switches.TryDequeue(out var switched) ? switched : null;

    /// <summary>Waits until something has changed.</summary>
    internal async ValueTask AdvanceAsync()
    {
        if (_switches.Count > 0 || IsLost) return;
        Task moved;
        lock (_gate) moved = _moved.Task;
        await moved;
        lock (_gate) _moved = New();
        _cancelled.ThrowIfCancellationRequested();
        await LookAsync();
        if (!_hedgeDue) return;
        _hedgeDue = false;
        if (Winner is null && _running.Count == 1) StartNext(_running[0].Tier.Tier.Name, "tier.hedged");
    }

    /// <summary>The winner broke off before it had given a plan: the rest of the tiers take over.</summary>
    internal async ValueTask GiveUpAsync(string why)
    {
        var winner = Winner!;
        Winner = null;
        await winner.DisposeAsync();
        StartNext(winner.Tier.Tier.Name, why);
    }

    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync();
        if (_hedge is not null) await _hedge.DisposeAsync();
        if (Winner is not null) await Winner.DisposeAsync();
        foreach (var run in _running) await run.DisposeAsync();
        _running.Clear();
    }

    private async ValueTask LookAsync()
    {
        for (var i = 0; i < _running.Count; i++)
        {
            var run = _running[i];
            if (!run.First.IsCompleted) continue;
            _running.RemoveAt(i--);
            if (await run.First is { Length: > 0 } why)
            {
                await run.DisposeAsync();
                if (_running.Count == 0) StartNext(run.Tier.Tier.Name, why);
                else Tell(run.Tier.Tier.Name, _running[0].Tier.Tier.Name, why);
                continue;
            }

            Winner = run;
            foreach (var loser in _running) await loser.DisposeAsync();
            _running.Clear();
        }
    }

    // A tier that says beforehand that it cannot is passed over.
    private void StartNext(string from, string why)
    {
        while (_next < _tiers.Count)
        {
            var tier = _tiers[_next++];
            if (from.Length > 0) Tell(from, tier.Tier.Name, why);
            if (tier.Refuses is { } refuses)
            {
                (from, why) = (tier.Tier.Name, refuses);
                continue;
            }

            _running.Add(new(tier, _request, _time, Moved, _cancelled));
            Hedge(tier);
            return;
        }

        if (from.Length > 0 && _running.Count == 0) Tell(from, "", why);
    }

    private void Hedge(TierState tier)
    {
        if (tier.Tier.Limits.HedgeAfter is not { } after || _next == _tiers.Count) return;
        _hedge?.Dispose();
        _hedge = _time.CreateTimer(
            _ =>
            {
                _hedgeDue = true;
                Moved();
            },
            null,
            after,
            Timeout.InfiniteTimeSpan);
    }

    private void Tell(string from, string to, string why)
    {
        LlmMetrics.Switches.Add(1, new("from", from), new("to", to), new("why", why));
        _switches.Enqueue(new(default, _request.Generation, from, to, why));
    }

    private void Moved()
    {
        lock (_gate) _moved.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
