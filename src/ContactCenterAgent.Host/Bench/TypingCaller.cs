using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Host.Bench;

/// <summary>What a caller says in one breath.</summary>
/// <param name="Text">The words.</param>
/// <param name="IsWrite">It says yes to a change; else it asks.</param>
internal sealed record TypedTurn(string Text, bool IsWrite);

/// <summary>
/// A caller at the typed line who types as fast as people speak and measures the wait for each answer on a clock of their own: from the last word to the first message that an answer begins.
/// </summary>
internal sealed class TypingCaller(WebSocket socket, TimeProvider time)
{
    private static readonly TimeSpan Word = TimeSpan.FromMilliseconds(360), Final = TimeSpan.FromMilliseconds(300), Quiet = TimeSpan.FromMilliseconds(700), Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly string[] Outcomes = [nameof(PromptKind.Claim), nameof(PromptKind.Apology)];
    private static readonly string[] Answers = [nameof(PromptKind.Answer), nameof(PromptKind.ReadBack), nameof(PromptKind.Question), .. Outcomes];

    private readonly ConcurrentQueue<(string Kind, long At)> _said = new();
    private long _lastEvent;
    private int _open;

    /// <summary>A caller's socket to the typed line of a host.</summary>
    public static async Task<ClientWebSocket> CallAsync(Uri console, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", console.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new Uri($"ws://{console.Authority}/call"), cancellationToken);
        return socket;
    }

    /// <summary>Has the whole conversation and hangs up.</summary>
    /// <returns>The wait for each turn's answer; null = none came.</returns>
    public async Task<ImmutableArray<TimeSpan?>> RunAsync(ImmutableArray<TypedTurn> turns, CancellationToken cancellationToken)
    {
        _lastEvent = time.GetTimestamp();
        var reading = ReadAsync(cancellationToken);
        await UntilAsync(() => !_said.IsEmpty && IsQuiet, cancellationToken);
        var waits = ImmutableArray.CreateBuilder<TimeSpan?>();
        foreach (var turn in turns) waits.Add(await SayAsync(turn, cancellationToken));
        await SendAsync(new() { ["type"] = "hangup" }, cancellationToken);
        await reading;
        return waits.ToImmutable();
    }

    private async Task<TimeSpan?> SayAsync(TypedTurn turn, CancellationToken cancellationToken)
    {
        foreach (var word in turn.Text.Split(' '))
        {
            await Task.Delay(Word, time, cancellationToken);
            await SendAsync(new() { ["type"] = "word", ["text"] = word }, cancellationToken);
        }

        var (ended, before) = (time.GetTimestamp(), _said.Count);
        await Task.Delay(Final, time, cancellationToken);
        await SendAsync(new() { ["type"] = "final" }, cancellationToken);
        await UntilAsync(() => Answer(turn, before) is not null && IsQuiet, cancellationToken);
        return Answer(turn, before) is { } at ? time.GetElapsedTime(ended, at) : null;
    }

    private bool IsQuiet => Volatile.Read(ref _open) == 0 && time.GetElapsedTime(Volatile.Read(ref _lastEvent)) >= Quiet;

    // What is said once more about the change before its outcome is no answer to a yes.
    private long? Answer(TypedTurn turn, int before)
    {
        foreach (var (kind, at) in _said.Skip(before)) if ((turn.IsWrite ? Outcomes : Answers).Contains(kind)) return at;
        return null;
    }

    private async Task UntilAsync(Func<bool> reached, CancellationToken cancellationToken)
    {
        for (var since = time.GetTimestamp(); !reached() && time.GetElapsedTime(since) < Patience;) await Task.Delay(LookEvery, time, cancellationToken);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await ReceiveAsync(buffer, cancellationToken) is { } message)
            {
                var now = time.GetTimestamp();
                switch (message.RootElement.GetProperty("type").GetString())
                {
                    case "say":
                        Interlocked.Increment(ref _open);
                        _said.Enqueue((message.RootElement.GetProperty("kind").GetString()!, now));
                        break;
                    case "said":
                        Interlocked.Decrement(ref _open);
                        break;
                }

                Volatile.Write(ref _lastEvent, now);
                message.Dispose();
            }
        }
        catch (WebSocketException)
        {
            // The host has closed: what it says last may be lost with the connection.
        }
    }

    private async Task<JsonDocument?> ReceiveAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) return JsonDocument.Parse(buffer.AsMemory(0, length));
        }
    }

    private Task SendAsync(JsonObject message, CancellationToken cancellationToken) =>
        socket.SendAsync(new ArraySegment<byte>(System.Text.Encoding.UTF8.GetBytes(message.ToJsonString())), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
}
