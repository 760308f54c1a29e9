using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Llm.Tiers;

/// <summary>One tier's answer to one request, with a limit on each wait. Disposal cancels it and waits for it to stop.</summary>
internal sealed class TierRun : IAsyncDisposable
{
    /// <summary>We called it off.</summary>
    internal const string Cancelled = "tier.cancelled";

    /// <summary>How long a cancelled tier may take to stop before it is left to end by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancel;
    private readonly IAsyncEnumerator<CallEvent> _events;
    private readonly long _began;
    private Task<bool>? _moving;

    internal TierRun(TierState tier, PlanRequest request, TimeProvider time, Action ended, CancellationToken cancellationToken)
    {
        (Tier, _time, _began) = (tier, time, time.GetTimestamp());
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _events = tier.Tier.Planner.PlanAsync(request, _cancel.Token).GetAsyncEnumerator(_cancel.Token);
        First = BeginAsync(ended);
    }

    internal TierState Tier { get; }

    /// <summary>Ends with the first useful token (empty) or with the reason why there is none.</summary>
    internal Task<string> First { get; }

    /// <summary>The event that <see cref="First"/> or <see cref="NextAsync"/> came to.</summary>
    internal CallEvent Current => _events.Current;

    /// <summary>Moves to the next event.</summary>
    /// <returns>Empty, or why there is none: <c>tier.failed</c>, or the given code where it took too long.</returns>
    internal async ValueTask<string> NextAsync(TimeSpan within, string late)
    {
        try
        {
            var next = _events.MoveNextAsync();
            if (next.IsCompleted) return await next ? "" : "tier.failed";
            _moving = next.AsTask();
            return await _moving.WaitAsync(within, _time, _cancel.Token) ? "" : "tier.failed";
        }
        catch (TimeoutException)
        {
            return late;
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            return Cancelled;
        }
#pragma warning disable CA1031 // A tier's bug costs the tier, not the caller.
        catch (Exception)
#pragma warning restore CA1031
        {
            return "tier.failed";
        }
    }

    public async ValueTask DisposeAsync()
    {
        _cancel.Cancel();
        await First;
        if (_moving is { IsCompleted: false } moving)
            await StopAsync(moving).WaitAsync(Grace, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        // A stream that ignores its cancellation cannot be disposed of while it moves.
        if (_moving is not { IsCompleted: false }) await _events.DisposeAsync();
        _cancel.Dispose();
    }

    private async Task<string> BeginAsync(Action ended)
    {
        var why = await Tier.Breaker.TryAsync(FirstAsync);
        if (why.Length == 0) LlmMetrics.FirstUseful.Record(_time.GetElapsedTime(_began).TotalSeconds, new KeyValuePair<string, object?>("tier", Tier.Tier.Name));
        ended();
        return why;
    }

    private async ValueTask<string> FirstAsync()
    {
        var why = await NextAsync(Tier.Tier.Limits.FirstUseful, "tier.slow");
        if (why.Length == 0) return Current is PlanProposed or ReplySentence ? "" : "tier.failed";
        // Called off while the tier is being tried again: that says nothing good of it.
        return why == Cancelled && Tier.Breaker.IsTrying ? "tier.slow" : why;
    }

    private static async Task StopAsync(Task moving) => await moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
}

/// <summary>A tier with what is remembered of it between requests.</summary>
internal sealed record TierState(PlannerTier Tier, TierBreaker Breaker)
{
    /// <summary>Why it should not be asked now; null = it may be.</summary>
    internal string? Refuses
    {
        get
        {
            foreach (var signal in Tier.Signals) if (signal.Refuses is { } why) return why;
            return null;
        }
    }
}
