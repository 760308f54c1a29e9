using System.Text.RegularExpressions;
using LLama.Native;

namespace ContactCenterAgent.Plugins.LLamaSharp;

/// <summary>What the native library says while a model is loaded: the only place where it says why it failed.</summary>
internal sealed partial class LoadLog
{
    private static readonly Lock Gate = new();
    private static LoadLog? _present;
    private static bool _installed;

    private readonly List<string> _lines = [];

    /// <summary>Begins to listen; one load at a time.</summary>
    internal static LoadLog Begin()
    {
        lock (Gate)
        {
            _present = new();
            if (_installed) return _present;
            _installed = true;
        }

        // The library keeps one callback for the process. It must say nothing by itself: prompts would be among its lines.
        NativeLogConfig.llama_log_set((_, message) => { lock (Gate) _present?._lines.Add(message); });
        return _present;
    }

    /// <summary>What was said, already at hand.</summary>
    internal static LoadLog Of(params ReadOnlySpan<string> lines)
    {
        var log = new LoadLog();
        log._lines.AddRange(lines);
        return log;
    }

    internal static void End()
    {
        lock (Gate) _present = null;
    }

    /// <summary>Why a load failed.</summary>
    internal LLamaModelException Explain(string path, Exception fault)
    {
        string said;
        lock (Gate) said = string.Concat(_lines);
        return Architecture().Match(said) is { Success: true } match
            ? new("model.wrong_architecture", $"The native library does not know the architecture {match.Groups["name"].Value} of {path}. Take a newer library or another model.", fault)
            : OutOfMemory().IsMatch(said)
            ? new("model.out_of_gpu_memory", $"The GPU has no room for {path}. Lower GpuLayers, Seats or ContextTokens, or take a smaller model.", fault)
            : said.Contains("invalid magic", StringComparison.Ordinal)
            ? new("model.not_gguf", $"{path} is not a GGUF file.", fault)
            : new("model.broken", $"{path} cannot be loaded: {LastError().Match(said).Groups["what"].Value}.", fault);
    }

    [GeneratedRegex("unknown model architecture: '(?<name>[^']*)'", RegexOptions.None, 1000)]
    private static partial Regex Architecture();

    [GeneratedRegex("(cudaMalloc failed|unable to allocate CUDA|out of memory|failed to allocate (CUDA|Vulkan)|ErrorOutOfDeviceMemory)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OutOfMemory();

    [GeneratedRegex("error loading model: (?<what>[^\\n]*)", RegexOptions.None, 1000)]
    private static partial Regex LastError();
}
