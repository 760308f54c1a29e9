using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ContactCenterAgent.Llm.Clients;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Realtime;

/// <summary>
/// Real-time sessions over WebSocket, in text, as a chat client: one session a call. Messages that will come again become items of the session's conversation, once; the rest goes
/// with an out-of-band response that leaves the conversation as it is, so that partial words never pile up in it.
/// </summary>
/// <remarks>
/// Thread-safe; one answer of a session's own conversation at a time, out-of-band ones beside it. A session that was lost is opened again with the next request. Sessions that nobody has
/// used for a while are closed. Tools and text are streamed; schemas are not: a real-time session takes no <c>response_format</c>.
/// (Platform documentation, "Realtime conversations", "Create responses outside the default conversation".)
/// </remarks>
/// <param name="endpoint">The server; <c>https</c> becomes <c>wss</c>.</param>
/// <param name="time">The clock of idle sessions.</param>
public sealed class RealtimeChatClient(ModelEndpoint endpoint, TimeProvider time) : IChatClient, IAsyncDisposable
{
    private const int SessionsMax = 512;
    private static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, RealtimeSession> _sessions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _opening = new(1);

    /// <summary>Sessions that are open.</summary>
    public int Sessions => _sessions.Count;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var all = messages.ToList();
        var (call, stable) = Hints(options, all.Count);
        var session = await SessionAsync(call, cancellationToken);
        await foreach (var update in session.RespondAsync(all, stable, options, cancellationToken)) yield return update;
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).GatherAsync();

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType == typeof(ModelHints) ? ModelHints.Instance
        : null;

    /// <summary>Drops every session without a goodbye; <see cref="DisposeAsync"/> is the polite way.</summary>
    public void Dispose()
    {
        foreach (var (_, session) in _sessions) session.Abort();
        _opening.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, session) in _sessions) await session.DisposeAsync();
        _opening.Dispose();
    }

    private async ValueTask<RealtimeSession> SessionAsync(string call, CancellationToken cancellationToken)
    {
        if (_sessions.TryGetValue(call, out var open) && open.IsOpen) return open.Touch(time.GetTimestamp());
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_sessions.TryGetValue(call, out open) && open.IsOpen) return open.Touch(time.GetTimestamp());
            await SweepAsync();
            if (_sessions.Count >= SessionsMax) throw new ModelUnavailableException("model.limited");
            return _sessions[call] = (await RealtimeSession.OpenAsync(endpoint, cancellationToken)).Touch(time.GetTimestamp());
        }
        finally
        {
            _opening.Release();
        }
    }

    private async ValueTask SweepAsync()
    {
        foreach (var (call, session) in _sessions)
            if ((!session.IsOpen || time.GetElapsedTime(session.UsedAt) > IdleMax) && _sessions.TryRemove(call, out _)) await session.DisposeAsync();
    }

    private static (string Call, int Stable) Hints(ChatOptions? options, int count)
    {
        var hints = options?.AdditionalProperties;
        var call = hints is not null && hints.TryGetValue(ModelHints.Call, out var id) ? id as string : null;
        return (call ?? "", hints is not null && hints.TryGetValue(ModelHints.Stable, out var stable) && stable is int known ? Math.Min(known, count) : count);
    }
}
