namespace ContactCenterAgent.Llm;

/// <summary>What is known of a tier before it is asked. Read on every request: answers at once.</summary>
public interface ITierSignal
{
    /// <summary>Why the tier should not be asked now, as a code (<c>tier.down</c>, <c>tier.full</c>, <c>tier.limited</c>); null = it may be.</summary>
    string? Refuses { get; }
}
