using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using System.Text;
using LLama;
using LLama.Batched;
using LLama.Native;
using LLama.Sampling;
using LLama.Transformers;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Plugins.LLamaSharp;

/// <summary>
/// A GGUF model in the process as an <see cref="IChatClient"/>. One instance serves all calls: their requests are decoded in one batch, and what the beginning of a request has in
/// common with an earlier one is in the KV cache already.
/// </summary>
/// <remarks>
/// Thread-safe. A <see cref="ChatOptions.ResponseFormat"/> with a JSON schema, or a tool that is required, constrains the answer by a grammar. Usage tells how much of the prompt was in
/// the cache (<see cref="UsageDetails.CachedInputTokenCount"/>). Disposal waits for the round under way.
/// </remarks>
public sealed class LLamaChatClient : IChatClient, IAsyncDisposable
{
    private readonly LoadedModel _model;
    private readonly BatchLoop _loop;
    private readonly LLamaOptions _options;
    private readonly ChatClientMetadata _metadata;

    private LLamaChatClient(LoadedModel model, LLamaOptions options, Func<BatchedExecutor, Task<DecodeResult>> infer)
    {
        (_model, _options, _loop) = (model, options, new(model, options, infer));
        _metadata = new("llamasharp", null, Path.GetFileNameWithoutExtension(options.ModelPath));
    }

    /// <summary>Whether layers run on a GPU.</summary>
    public bool OnGpu => _model.OnGpu;

    /// <summary>Requests that wait or are being answered: a signal for admission.</summary>
    public int Load => _loop.Load;

    internal int Rounds => _loop.Rounds;

    /// <summary>Loads a model and warms it up.</summary>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    /// <exception cref="LLamaModelException">It cannot be loaded; the message says why and what to do.</exception>
    public static Task<LLamaChatClient> LoadAsync(LLamaOptions options, CancellationToken cancellationToken) =>
        LoadAsync(options, batch => batch.Infer(CancellationToken.None), cancellationToken);

    /// <summary>Loads with another way to decode a batch: a test lets one fail.</summary>
    internal static async Task<LLamaChatClient> LoadAsync(LLamaOptions options, Func<BatchedExecutor, Task<DecodeResult>> infer, CancellationToken cancellationToken)
    {
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        var client = new LLamaChatClient(LoadedModel.Load(options), options, infer);
        try
        {
            _ = await client.GetResponseAsync([new(ChatRole.System, options.WarmUp)], new() { MaxOutputTokens = 1 }, cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="LLamaModelException"><c>model.busy</c> or <c>model.too_long</c>; or the batch failed.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prompt = Tokens(messages);
        var outputMax = Math.Min(options?.MaxOutputTokens ?? _options.OutputTokensMax, _options.ContextTokens - prompt.Length);
        if (outputMax < 1) throw new LLamaModelException("model.too_long", $"The prompt has {prompt.Length} tokens; a request may have {_options.ContextTokens}.");
        var form = AnswerForm.Of(options);
        // The loop owns the request from here on, whatever becomes of this enumeration.
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var request = new Generation(options?.ConversationId, prompt, Sampler(options, form.Grammar), outputMax, reading.Token);
        try
        {
            _loop.Add(request);
            var whole = new StringBuilder();
            await foreach (var words in request.Words)
            {
                // Words may be ahead of whoever reads them: none is given after a cancellation or the client's end.
                cancellationToken.ThrowIfCancellationRequested();
                _loop.Stopped.ThrowIfCancellationRequested();
                if (form.Function is null) yield return Update(new TextContent(words));
                else whole.Append(words);
            }

            if (form.Function is { } function) yield return Update(FunctionCallContent.CreateFromParsedArguments(whole.ToString(), "call_1", function, JsonArguments.Read));
            yield return Update(new UsageContent(new()
            {
                InputTokenCount = prompt.Length,
                CachedInputTokenCount = request.Cached,
                OutputTokenCount = request.Output,
                TotalTokenCount = prompt.Length + request.Output,
            }), request.ReachedLimit ? ChatFinishReason.Length : form.Function is null ? ChatFinishReason.Stop : ChatFinishReason.ToolCalls);
        }
        finally
        {
            await reading.CancelAsync();
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(ChatClientMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    /// <summary>Begins the end; <see cref="DisposeAsync"/> waits for it.</summary>
    public void Dispose() => _loop.Stop();

    private ChatResponseUpdate Update(AIContent content, ChatFinishReason? reason = null) =>
        new(ChatRole.Assistant, [content]) { ModelId = _metadata.DefaultModelId, FinishReason = reason };

    private LLamaToken[] Tokens(IEnumerable<ChatMessage> messages)
    {
        var template = new LLamaTemplate(_model.Weights, strict: false) { AddAssistant = true };
        foreach (var message in messages) template.Add(message.Role.Value, message.Text);
        return _model.Weights.Tokenize(PromptTemplateTransformer.ToModelPrompt(template), add_bos: true, special: true, Encoding.UTF8);
    }

    private static ISamplingPipeline Sampler(ChatOptions? options, string? grammar)
    {
        var rules = grammar is null ? null : new Grammar(grammar, "root");
        return options?.Temperature is { } warm and > 0
            ? new DefaultSamplingPipeline { Temperature = warm, TopP = options.TopP ?? 0.9f, Seed = (uint)(options.Seed ?? 0), Grammar = rules }
            : new GreedySamplingPipeline { Grammar = rules };
    }
}
