using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ContactCenterAgent.Llm.Clients;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Realtime;

/// <summary>One session: what of the conversation it has, the responses under way, and the reader of its socket.</summary>
internal sealed class RealtimeSession : IAsyncDisposable
{
    private const int UpdatesMax = 4_096;
    private static readonly TimeSpan CloseMax = TimeSpan.FromSeconds(2);
    private readonly RealtimeSocket _socket;
    private readonly string _model;
    private readonly ConcurrentDictionary<string, RealtimeResponse> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RealtimeResponse> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _conversation = new(1);
    private readonly SemaphoreSlim _updating = new(1);
    private readonly List<(string? Id, string Role, string Text)> _items = [];
    private readonly Task _reading;
    private string _instructions = "";
    private long _usedAt;
    private int _number;
    private volatile bool _lost;

    private RealtimeSession(RealtimeSocket socket, string model)
    {
        (_socket, _model) = (socket, model);
        _reading = ReadAsync();
    }

    internal bool IsOpen => !_lost && _socket.IsOpen;

    internal long UsedAt => Interlocked.Read(ref _usedAt);

    internal static async Task<RealtimeSession> OpenAsync(ModelEndpoint endpoint, CancellationToken cancellationToken) =>
        new(await RealtimeSocket.ConnectAsync(endpoint, cancellationToken), endpoint.Model);

    internal RealtimeSession Touch(long now)
    {
        Interlocked.Exchange(ref _usedAt, now);
        return this;
    }

    internal void Abort() => _socket.Abort();

    /// <summary>Brings the conversation up to date and asks for a response.</summary>
    internal async IAsyncEnumerable<ChatResponseUpdate> RespondAsync(
        List<ChatMessage> messages, int stable, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var response = new RealtimeResponse($"r{Interlocked.Increment(ref _number)}", Channel.CreateBounded<ChatResponseUpdate>(UpdatesMax), _model);
        var own = stable == messages.Count;
        if (own) await _conversation.WaitAsync(cancellationToken);
        try
        {
            _asked[response.Key] = response;
            var create = await UpdateAsync(messages, stable, own, cancellationToken);
            await _socket.SendAsync(RealtimeEvents.Create(response.Key, create, options), cancellationToken);
            await foreach (var update in response.ReadAsync(cancellationToken)) yield return update;
            if (own) _items.Add((response.ItemId, ChatRole.Assistant.Value, response.Text));
        }
        finally
        {
            _asked.TryRemove(response.Key, out _);
            if (response.Id is { } id && _running.TryRemove(id, out _) && !response.IsOver && IsOpen) await CancelAsync(id);
            if (own) _conversation.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _socket.CloseAsync(CloseMax);
        await _reading;
        _socket.Dispose();
        _conversation.Dispose();
        _updating.Dispose();
    }

    private async ValueTask<JsonArray?> UpdateAsync(List<ChatMessage> messages, int stable, bool own, CancellationToken cancellationToken)
    {
        await _updating.WaitAsync(cancellationToken);
        try
        {
            return await BringUpToDateAsync(messages, stable, own, cancellationToken);
        }
        finally
        {
            _updating.Release();
        }
    }

    /// <summary>Adds what the conversation lacks.</summary>
    /// <returns>The input of an out-of-band response; null = the response is the conversation's own.</returns>
    private async ValueTask<JsonArray?> BringUpToDateAsync(List<ChatMessage> messages, int stable, bool own, CancellationToken cancellationToken)
    {
        var instructions = string.Join('\n', messages.Where(m => m.Role == ChatRole.System).Select(m => m.Text));
        if (instructions != _instructions) await _socket.SendAsync(RealtimeEvents.Session(_instructions = instructions), cancellationToken);
        var talk = messages.Select((m, i) => (Message: m, IsStable: i < stable)).Where(m => m.Message.Role != ChatRole.System).ToList();
        var known = talk.Where(m => m.IsStable).Select(m => (m.Message.Role.Value, m.Message.Text)).ToList();
        var extends = known.Count >= _items.Count && _items.Select(i => (i.Role, i.Text)).SequenceEqual(known.Take(_items.Count));
        if (own && !extends) throw new ModelUnavailableException("model.rejected");
        if (extends)
        {
            foreach (var (role, text) in known.Skip(_items.Count).ToList())
            {
                var id = $"m{_items.Count + 1}";
                await _socket.SendAsync(RealtimeEvents.Item(id, role, text), cancellationToken);
                _items.Add((id, role, text));
            }
        }

        if (own) return null;
        var input = new JsonArray();
        if (extends)
            foreach (var (id, role, text) in _items) input.Add(id is null ? RealtimeEvents.Message(role, text) : new JsonObject { ["type"] = "item_reference", ["id"] = id });
        foreach (var (message, isStable) in talk)
            if (!extends || !isStable) input.Add(RealtimeEvents.Message(message.Role.Value, message.Text));
        return input;
    }

    // Nobody waits for it any more; a server that has just finished answers with an error that nobody asked for.
    private async ValueTask CancelAsync(string id)
    {
        try
        {
            await _socket.SendAsync(new() { ["type"] = "response.cancel", ["response_id"] = id }, CancellationToken.None);
        }
        catch (ModelUnavailableException)
        {
            // The session is gone, and the response with it.
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync() is { } happened) using (happened) Take(happened.RootElement);
        }
        catch (Exception broken) when (broken is WebSocketException or JsonException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Whoever waits is told below.
        }

        _lost = true;
        foreach (var (_, response) in _asked) response.Fail("model.cut");
    }

    private void Take(JsonElement happened)
    {
        switch (RealtimeEvents.Type(happened))
        {
            case "response.created" when RealtimeEvents.Key(happened) is { } key && _asked.TryGetValue(key, out var created):
                created.Id = RealtimeEvents.ResponseId(happened);
                if (created.Id is { } begun) _running[begun] = created;
                break;
            case "error" when RealtimeEvents.FailedKey(happened) is { } failed && _asked.TryGetValue(failed, out var refused):
                refused.Fail(RealtimeEvents.IsLimit(happened) ? "model.limited" : "model.rejected");
                break;
            case { } type when RealtimeEvents.ResponseId(happened) is { } id && _running.TryGetValue(id, out var running):
                // What belongs to a response that nobody waits for any more is dropped by its id.
                running.Take(type, happened);
                break;
        }
    }
}
