using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Runtime.Tests;

/// <summary>A leg that a test plays by hand: events in, commands out.</summary>
internal sealed class ScriptedLeg : ICallTransport
{
    private readonly Channel<CallEvent> _events = Channel.CreateUnbounded<CallEvent>();

    public List<string> Commands { get; } = [];
    public Func<string, Exception?> Throws { get; set; } = _ => null;
    public bool EndsTransfers { get; set; } = true;
    public bool Disposed { get; private set; }
    public string Line => "bench";
    public Pii<string>? CallerNumber => Pii.Of("+441632960123");

    public void Happens(CallEvent happened) => _events.Writer.TryWrite(happened);

    /// <summary>The leg's loop ends without a word.</summary>
    public void Vanish() => _events.Writer.TryComplete();

    public async Task RunAsync(ICallEventSink sink, CancellationToken cancellationToken)
    {
        while (await _events.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_events.Reader.TryRead(out var happened)) await sink.WriteAsync(happened, cancellationToken);
        }
    }

    public ValueTask AnswerAsync(CancellationToken cancellationToken) => Do("answer", new LineOpened(default));
    public ValueTask SayAsync(Say prompt, CancellationToken cancellationToken) => Do($"say {prompt.Kind}: {prompt.Text.Value}", null);
    public ValueTask StopPlaybackAsync(CancellationToken cancellationToken) => Do("stop", null);
    public ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken) =>
        Do($"transfer {transfer.Reason}", EndsTransfers ? new TransferEnded(default, TransferOutcome.Answered) : null);
    public ValueTask HangUpAsync(CancellationToken cancellationToken) => Do("hang up", new LineClosed(default, Lost: false));

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }

    private ValueTask Do(string command, CallEvent? answer)
    {
        Commands.Add(command);
        if (Throws(command) is { } fault) throw fault;
        if (answer is not null) Happens(answer);
        return ValueTask.CompletedTask;
    }
}
