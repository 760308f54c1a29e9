namespace ContactCenterAgent.Plugins.LLamaSharp;

/// <summary>A model cannot be loaded or cannot answer. The message is one line for the operator.</summary>
/// <param name="code"><c>model.no_file</c>, <c>model.not_gguf</c>, <c>model.wrong_architecture</c>, <c>model.no_library</c>, <c>model.no_cuda</c>, <c>model.out_of_gpu_memory</c>, <c>model.over_budget</c>,
/// <c>model.broken</c>, <c>model.busy</c>, <c>model.too_long</c>.</param>
/// <param name="message">What to do about it.</param>
/// <param name="inner">What was thrown below.</param>
public sealed class LLamaModelException(string code, string message, Exception? inner = null) : Exception($"{code}: {message}", inner)
{
    /// <summary>Stable code.</summary>
    public string Code { get; } = code;
}
