namespace ContactCenterAgent.Llm;

/// <summary>A model cannot answer now: its server is full, unreachable, refused our key, or broke off. The message holds no personal data and no secret.</summary>
/// <param name="code">Stable code: <c>model.limited</c>, <c>model.unreachable</c>, <c>model.refused_key</c>, <c>model.failed</c>, <c>model.cut</c>, <c>model.rejected</c>.</param>
/// <param name="retryAfter">How long the server wants to be left alone; null = it did not say.</param>
/// <param name="inner">The cause; its text is not logged.</param>
public sealed class ModelUnavailableException(string code, TimeSpan? retryAfter = null, Exception? inner = null) : Exception($"The model cannot answer: {code}.", inner)
{
    /// <summary>Stable code.</summary>
    public string Code { get; } = code;

    /// <summary>How long the server wants to be left alone; null = it did not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
