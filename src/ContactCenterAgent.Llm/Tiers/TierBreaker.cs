using Polly;
using Polly.CircuitBreaker;

namespace ContactCenterAgent.Llm.Tiers;

/// <summary>A tier's circuit breaker. Polly keeps the states; deadlines are our own, on our clock, so that everything stays on the caller's context.</summary>
internal sealed class TierBreaker
{
    internal const string Open = "tier.open";
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<string> _pipeline;

    internal TierBreaker(TierLimits limits, TimeProvider time)
    {
        _pipeline = new ResiliencePipelineBuilder<string> { TimeProvider = time }.AddCircuitBreaker(new()
        {
            FailureRatio = limits.BreakAtFailures,
            MinimumThroughput = limits.BreakAtRequests,
            SamplingDuration = limits.BreakWindow,
            BreakDuration = limits.BreakFor,
            ShouldHandle = static args => new(args.Outcome.Result is { Length: > 0 } why && why != TierRun.Cancelled),
            StateProvider = _state,
        }).Build();
    }

    /// <summary>Tries something that gives a failure's code, or an empty text where all is well.</summary>
    /// <returns>That code, or that the tier is left alone.</returns>
    internal async ValueTask<string> TryAsync(Func<ValueTask<string>> attempt)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, CancellationToken.None);
        try
        {
            var outcome = await _pipeline.ExecuteOutcomeAsync(static async (_, attempt) => Outcome.FromResult(await attempt()), context, attempt);
            return outcome.Exception is null ? outcome.Result! : Open;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>A success turned out to be none.</summary>
    internal async ValueTask FailAsync() => await TryAsync(static () => new("tier.stalled"));

    /// <summary>One request tries a tier that was left alone.</summary>
    internal bool IsTrying => _state.CircuitState == CircuitState.HalfOpen;
}
