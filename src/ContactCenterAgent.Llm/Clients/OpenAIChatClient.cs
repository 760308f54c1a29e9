using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace ContactCenterAgent.Llm.Clients;

/// <summary>
/// Any server that speaks OpenAI's chat protocol as an <see cref="IChatClient"/>: OpenAI, Azure OpenAI, llama-server, vLLM, Ollama. Text and tool arguments are streamed as
/// they come (<see cref="ToolArgumentsContent"/>), usage at the end.
/// </summary>
/// <remarks>
/// Thread-safe. Nothing is retried here: the next tier is the retry. Failures are <see cref="ModelUnavailableException"/>s, also a stream that ends without saying why. After a
/// refusal for load the server is left alone for as long as it asked (<see cref="Refuses"/>). Disposal leaves a given <see cref="HttpClient"/> to its owner.
/// </remarks>
public sealed class OpenAIChatClient : IChatClient, ITierSignal
{
    /// <summary>Longest time that a server may keep us away by itself.</summary>
    private static readonly TimeSpan RestMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RestDefault = TimeSpan.FromSeconds(5);
    private readonly ModelEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly HttpClient? _own;
    private readonly OpenAI.Chat.ChatClient _chat;
    private long _restsUntil;

    /// <summary>Makes a client. Nothing is sent yet.</summary>
    /// <param name="endpoint">The server.</param>
    /// <param name="time">The clock of <c>Retry-After</c>.</param>
    /// <param name="http">Connections; null = its own pool.</param>
    public OpenAIChatClient(ModelEndpoint endpoint, TimeProvider time, HttpClient? http = null)
    {
        (_endpoint, _time) = (endpoint, time);
        http ??= _own = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), KeepAlivePingDelay = TimeSpan.FromSeconds(30) });
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint.Address,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(http),
        };
#pragma warning disable OPENAI001 // A policy is the only way to Azure's header and to Entra's tokens; the loopback tests see both on the wire.
        _chat = new(endpoint.Model, Authentication(endpoint), options);
#pragma warning restore OPENAI001
    }

    /// <inheritdoc/>
    public string? Refuses => _time.GetUtcNow().UtcTicks < Interlocked.Read(ref _restsUntil) ? "tier.limited" : null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var answer = new OpenAIAnswer(_endpoint.Model);
        var updates = _chat.CompleteChatStreamingAsync(OpenAIRequest.Messages(messages), OpenAIRequest.Options(options, _endpoint), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (updates)
        {
            while (await MoveAsync(updates, answer.HasBegun, cancellationToken))
                if (answer.Take(updates.Current) is { } update) yield return update;
        }

        if (!answer.HasEnded) throw new ModelUnavailableException("model.cut");
        yield return answer.End();
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).GatherAsync();

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType.IsInstanceOfType(_chat) ? _chat
        : serviceType == typeof(ModelHints) ? ModelHints.Instance
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", _endpoint.Address, _endpoint.Model)
        : null;

    /// <inheritdoc/>
    public void Dispose() => _own?.Dispose();

    private async ValueTask<bool> MoveAsync(IAsyncEnumerator<OpenAI.Chat.StreamingChatCompletionUpdate> updates, bool begun, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ClientResultException refused)
        {
            throw Unavailable(refused);
        }
#pragma warning disable CA1031 // Whatever the connection or the package throws, the model has not answered.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            throw new ModelUnavailableException(begun ? "model.cut" : "model.unreachable", inner: broken);
        }
    }

    private ModelUnavailableException Unavailable(ClientResultException refused)
    {
        var code = refused.Status switch
        {
            429 => "model.limited",
            401 or 403 => "model.refused_key",
            0 => "model.unreachable",
            >= 500 => "model.failed",
            _ => "model.rejected",
        };
        var rest = RetryAfter(refused.GetRawResponse());
        if (code == "model.limited" || rest is not null)
            Interlocked.Exchange(ref _restsUntil, (_time.GetUtcNow() + (rest ?? RestDefault)).UtcTicks);
        return new(code, rest, refused);
    }

    // RFC 9110 section 10.2.3: seconds or a date; Azure also sends milliseconds.
    private TimeSpan? RetryAfter(PipelineResponse? response)
    {
        if (response is null) return null;
        TimeSpan? rest = null;
        if (response.Headers.TryGetValue("retry-after-ms", out var text) && double.TryParse(text, out var milliseconds)) rest = TimeSpan.FromMilliseconds(milliseconds);
        else if (!response.Headers.TryGetValue("Retry-After", out text)) return null;
        else if (double.TryParse(text, out var seconds)) rest = TimeSpan.FromSeconds(Math.Min(seconds, RestMax.TotalSeconds));
        else if (DateTimeOffset.TryParse(text, out var at)) rest = at - _time.GetUtcNow();
        return rest is { } wait ? wait < TimeSpan.Zero ? TimeSpan.Zero : wait > RestMax ? RestMax : wait : null;
    }

    private static AuthenticationPolicy Authentication(ModelEndpoint endpoint)
    {
        if (endpoint.Tokens is { } tokens) return new BearerTokenPolicy(tokens, endpoint.TokenScope);
        var key = new ApiKeyCredential(endpoint.Key ?? "none");
        return endpoint.Server == ModelServer.Azure
            ? ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(key, "api-key")
            : ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(key);
    }
}
