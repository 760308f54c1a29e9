using System.Buffers.Binary;
using LLama;
using LLama.Batched;
using LLama.Common;
using LLama.Exceptions;
using LLama.Native;

namespace ContactCenterAgent.Plugins.LLamaSharp;

/// <summary>A model's weights and the one batch that all requests share.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly LLamaWeights _weights;

    private readonly ModelParams _parameters;

    private LoadedModel(LLamaWeights weights, ModelParams parameters, bool onGpu)
    {
        (_weights, _parameters, OnGpu) = (weights, parameters, onGpu);
        Batch = new(weights, parameters);
    }

    internal BatchedExecutor Batch { get; private set; }

    internal LLamaWeights Weights => _weights;

    internal bool OnGpu { get; }

    /// <exception cref="LLamaModelException">It cannot be loaded; the message says why and what to do.</exception>
    internal static LoadedModel Load(LLamaOptions options)
    {
        CheckFile(options);
        var onGpu = ChooseLibrary(options);
        var log = LoadLog.Begin();
        LLamaWeights? weights = null;
        try
        {
            var parameters = Parameters(options, onGpu);
            weights = LLamaWeights.LoadFromFile(parameters);
            CheckBudget(options, weights);
            return new(weights, parameters, onGpu);
        }
        catch (Exception fault) when (fault is RuntimeError or ArgumentException)
        {
            weights?.Dispose();
            throw log.Explain(options.ModelPath, fault);
        }
        catch
        {
            weights?.Dispose();
            throw;
        }
        finally
        {
            LoadLog.End();
        }
    }

    /// <summary>Begins with an empty batch and cache: after one that failed nobody knows what they hold.</summary>
    internal void Renew()
    {
        Batch.Dispose();
        Batch = new(_weights, _parameters);
    }

    public void Dispose()
    {
        Batch.Dispose();
        _weights.Dispose();
    }

    private static ModelParams Parameters(LLamaOptions options, bool onGpu) => new(options.ModelPath)
    {
        ContextSize = checked((uint)(options.ContextTokens * options.Seats)),
        SeqMax = checked((uint)options.Seats),
        // One cache for all seats: a request may use what the others leave, and a seat that waits costs nothing.
        KVUnified = true,
        BatchSize = checked((uint)options.BatchTokens),
        UBatchSize = checked((uint)options.BatchTokens),
        GpuLayerCount = onGpu ? options.GpuLayers : 0,
        Threads = options.Threads ?? Environment.ProcessorCount,
        BatchThreads = options.Threads ?? Environment.ProcessorCount,
    };

    private static void CheckFile(LLamaOptions options)
    {
        var file = new FileInfo(options.ModelPath);
        if (!file.Exists) throw new LLamaModelException("model.no_file", $"There is no file {options.ModelPath}.");
        Span<byte> magic = stackalloc byte[4];
        using (var stream = file.OpenRead())
            if (stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) < 4 || BinaryPrimitives.ReadUInt32LittleEndian(magic) != 0x46554747)
                throw new LLamaModelException("model.not_gguf", $"{options.ModelPath} is not a GGUF file.");
        if (file.Length > options.MemoryMaxBytes) throw OverBudget(options, file.Length, 0);
    }

    private static void CheckBudget(LLamaOptions options, LLamaWeights weights)
    {
        // Two halves (keys, values) of two bytes a number, for every layer and every token of every seat.
        var native = weights.NativeHandle;
        var perToken = 4L * native.LayerCount * native.KVHeadCount * (weights.EmbeddingSize / Math.Max(1, native.HeadCount));
        var cache = perToken * options.ContextTokens * options.Seats;
        if ((long)weights.SizeInBytes + cache > options.MemoryMaxBytes) throw OverBudget(options, (long)weights.SizeInBytes, cache);
    }

    private static LLamaModelException OverBudget(LLamaOptions options, long weights, long cache) => new(
        "model.over_budget",
        $"{options.ModelPath} needs {weights:n0} bytes and a KV cache of {cache:n0}; MemoryMaxBytes is {options.MemoryMaxBytes:n0}. Lower Seats or ContextTokens, or take a smaller model.");

    private static bool ChooseLibrary(LLamaOptions options)
    {
        try
        {
            var config = NativeLibraryConfig.LLama;
            if (!config.LibraryHasLoaded) config.WithCuda(options.Gpu != GpuUse.Off).WithVulkan(false).WithAutoFallback().WithSearchDirectory(AppContext.BaseDirectory);
            var gpu = NativeApi.llama_supports_gpu_offload();
            if (!gpu && options.Gpu == GpuUse.Required)
                throw new LLamaModelException("model.no_cuda", "The GPU is required, and no CUDA 12 library could be loaded: is LLamaSharp.Backend.Cuda12 there, and the driver of CUDA 12?");
            return gpu && options.Gpu != GpuUse.Off;
        }
        catch (Exception fault) when (fault is TypeInitializationException or RuntimeError or DllNotFoundException)
        {
            throw new LLamaModelException("model.no_library", "No native library of llama.cpp could be loaded: is LLamaSharp.Backend.Cpu there, for this processor?", fault);
        }
    }
}
