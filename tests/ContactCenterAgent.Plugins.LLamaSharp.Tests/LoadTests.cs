namespace ContactCenterAgent.Plugins.LLamaSharp.Tests;

public sealed class LoadTests
{
    [Fact]
    public async Task File_ThatIsNotThere_SaysSo() => (await FailAsync(new() { ModelPath = "/nowhere/model.gguf" })).Code.ShouldBe("model.no_file");

    [Fact]
    public async Task File_OfAnotherKind_SaysSo()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "this is no model");
        (await FailAsync(new() { ModelPath = file })).Code.ShouldBe("model.not_gguf");
        File.Delete(file);
    }

    [Fact]
    public async Task Architecture_ThatTheLibraryDoesNotKnow_IsNamed()
    {
        using var model = new TinyModel("abacus");
        var fault = await FailAsync(new() { ModelPath = model.Path });
        fault.Code.ShouldBe("model.wrong_architecture");
        fault.Message.ShouldContain("abacus");
    }

    [Fact]
    public async Task File_ThatIsCutOff_IsBrokenWithTheLibrarysReason()
    {
        using var model = new TinyModel();
        await using (var file = File.OpenWrite(model.Path)) file.SetLength(file.Length / 2);
        var fault = await FailAsync(new() { ModelPath = model.Path });
        fault.Code.ShouldBe("model.broken");
        fault.Message.ShouldContain("cannot be loaded: ");
        fault.Message.ShouldNotEndWith(": .");
    }

    [Fact]
    public async Task Gpu_ThatIsRequiredAndAbsent_SaysSo()
    {
        using var model = new TinyModel();
        (await FailAsync(new() { ModelPath = model.Path, Gpu = GpuUse.Required })).Code.ShouldBe("model.no_cuda");
    }

    [Theory]
    [InlineData(100_000, "the file alone is larger")]
    [InlineData(2_000_000, "weights and cache together are larger")]
    public async Task Budget_ThatIsTooSmall_SaysWhatIsNeeded(long bytes, string because)
    {
        using var model = new TinyModel();
        var fault = await FailAsync(new() { ModelPath = model.Path, MemoryMaxBytes = bytes, ContextTokens = 2048, Seats = 8 });
        fault.Code.ShouldBe("model.over_budget", because);
        fault.Message.ShouldContain("MemoryMaxBytes is");
    }

    [Theory]
    [InlineData("llama_model_load: error loading model: unknown model architecture: 'abacus'", "model.wrong_architecture")]
    [InlineData("ggml_backend_cuda_buffer_type_alloc_buffer: allocating 9000.00 MiB on device 0: cudaMalloc failed: out of memory", "model.out_of_gpu_memory")]
    [InlineData("llama_model_load: error loading model: unable to allocate CUDA0 buffer", "model.out_of_gpu_memory")]
    [InlineData("gguf_init_from_file_impl: invalid magic characters", "model.not_gguf")]
    [InlineData("llama_model_load: error loading model: missing tensor 'blk.0.attn_q.weight'", "model.broken")]
    public void Reason_InTheLibrarysWords_BecomesACode(string said, string code) =>
        LoadLog.Of(said).Explain("m.gguf", new InvalidOperationException()).Code.ShouldBe(code);

    private static async Task<LLamaModelException> FailAsync(LLamaOptions options) =>
        await Should.ThrowAsync<LLamaModelException>(() => LLamaChatClient.LoadAsync(options, default));
}
