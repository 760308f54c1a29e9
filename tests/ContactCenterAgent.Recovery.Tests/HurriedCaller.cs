using System.Collections.Immutable;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Recovery.Tests;

/// <summary>A caller who hears every prompt in no time, says each turn in one breath and hangs up when there is nothing left to say.</summary>
internal sealed class HurriedCaller(params string[] turns) : ICallTransport
{
    private readonly Channel<CallEvent> _events = Channel.CreateUnbounded<CallEvent>();
    private int _turn;

    public string Line => "hurried";

    public Pii<string>? CallerNumber => null;

    public async Task RunAsync(ICallEventSink sink, CancellationToken cancellationToken)
    {
        await foreach (var happened in _events.Reader.ReadAllAsync(cancellationToken)) await sink.WriteAsync(happened, cancellationToken);
    }

    public ValueTask AnswerAsync(CancellationToken cancellationToken) => Happens(new LineOpened(default));

    public ValueTask SayAsync(Say prompt, CancellationToken cancellationToken)
    {
        _events.Writer.TryWrite(new PlaybackStarted(default, prompt.Prompt));
        _events.Writer.TryWrite(new PlaybackEnded(default, prompt.Prompt, prompt.Text.Value.Length));
        if (prompt.Kind is PromptKind.Filler or PromptKind.Echo) return ValueTask.CompletedTask;
        if (_turn == turns.Length) return Happens(new LineClosed(default, Lost: false));
        ImmutableArray<Word> words = [.. turns[_turn++].Split(' ').Select(text => new Word(text, TimeSpan.Zero, TimeSpan.Zero, true))];
        return Happens(new FinalHeard(default, new(words, [])));
    }

    public ValueTask StopPlaybackAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken) => Happens(new TransferEnded(default, TransferOutcome.NoAnswer));

    public ValueTask HangUpAsync(CancellationToken cancellationToken) => Happens(new LineClosed(default, Lost: false));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask Happens(CallEvent happened)
    {
        _events.Writer.TryWrite(happened);
        return ValueTask.CompletedTask;
    }
}
