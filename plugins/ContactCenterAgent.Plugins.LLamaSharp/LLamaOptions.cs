using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Plugins.LLamaSharp;

/// <summary>Where a model's layers run.</summary>
public enum GpuUse
{
    /// <summary>On the GPU where there is one, else on the CPU.</summary>
    Auto,

    /// <summary>On the GPU; without one the model is not loaded.</summary>
    Required,

    /// <summary>On the CPU.</summary>
    Off,
}

/// <summary>A GGUF model in the process.</summary>
public sealed class LLamaOptions
{
    /// <summary>The GGUF file.</summary>
    [Required]
    public string ModelPath { get; set; } = "";

    /// <summary>Where the layers run. Default: <see cref="GpuUse.Auto"/>. The native library is chosen once a process: the first model's wish counts.</summary>
    public GpuUse Gpu { get; set; }

    /// <summary>Layers on the GPU. Default: 999, which is all of any model.</summary>
    [Range(0, 999)]
    public int GpuLayers { get; set; } = 999;

    /// <summary>Requests that are answered at once, in one batch. Each has its own place in the KV cache. Default 4.</summary>
    [Range(1, 64)]
    public int Seats { get; set; } = 4;

    /// <summary>Requests that may wait for a seat; a further one fails as <c>model.busy</c>. Default 16.</summary>
    [Range(0, 1_024)]
    public int WaitingMax { get; set; } = 16;

    /// <summary>Tokens of one request, prompt and answer. Default 4,096.</summary>
    [Range(64, 131_072)]
    public int ContextTokens { get; set; } = 4_096;

    /// <summary>Tokens that are decoded in one go. Default 512.</summary>
    [Range(16, 8_192)]
    public int BatchTokens { get; set; } = 512;

    /// <summary>Tokens of an answer where the request names no limit. Default 512.</summary>
    [Range(1, 8_192)]
    public int OutputTokensMax { get; set; } = 512;

    /// <summary>Processor threads. Null: as many as the machine has cores.</summary>
    [Range(1, 256)]
    public int? Threads { get; set; }

    /// <summary>What the weights and the KV cache may take together, bytes. Null: no limit of ours.</summary>
    public long? MemoryMaxBytes { get; set; }

    /// <summary>Words that every prompt begins with, decoded at start so that the first caller does not wait for it. Default: one word, which still touches every layer.</summary>
    public string WarmUp { get; set; } = "Hello";
}
