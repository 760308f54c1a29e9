using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Runtime;

/// <summary>
/// Carries line commands out in their order, off the loop. A transport that throws has lost its line; one that accepts nothing any more fills the
/// queue, which comes to the same.
/// </summary>
internal sealed partial class CallLine(ICallTransport transport, CallInbox inbox, CallId call, ILogger log)
{
    private const int WaitingMax = 256;

    private readonly ILogger _log = log;
    private readonly Channel<Command> _commands = Channel.CreateBounded<Command>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
    private readonly TaskCompletionSource _carriedOut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lost;

    internal void Run(Command command)
    {
        if (!_commands.Writer.TryWrite(command)) Lose("queue_full");
    }

    /// <summary>Lets what was commanded be carried out, within a limit; nothing more may come.</summary>
    internal async ValueTask CompleteAsync(TimeSpan within, TimeProvider time)
    {
        _commands.Writer.TryComplete();
        await _carriedOut.Task.EndsWithinAsync(within, time);
    }

    /// <summary>Carries commands out until <see cref="CompleteAsync"/> or the token.</summary>
    internal async Task CommandAsync(CancellationToken cancellationToken)
    {
        // Not ReadAllAsync: it goes on wherever it likes, and virtual time has one thread.
        while (await _commands.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_commands.Reader.TryRead(out var command)) await CarryOutCaughtAsync(command, cancellationToken);
        }

        _carriedOut.TrySetResult();
    }

    /// <summary>Listens until the line is over, and makes sure that its end is an event.</summary>
    internal async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await transport.RunAsync(inbox, cancellationToken);
            inbox.Post(new LineClosed(default, Lost: true));
        }
#pragma warning disable CA1031 // As above.
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Lose(fault.GetType().Name);
        }
    }

    private async ValueTask CarryOutCaughtAsync(Command command, CancellationToken cancellationToken)
    {
        try
        {
            await CarryOutAsync(command, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever the transport throws, its line is lost; the call ends by rule.
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Lose(fault.GetType().Name);
        }
    }

    private async ValueTask CarryOutAsync(Command command, CancellationToken cancellationToken)
    {
        switch (command)
        {
            case AnswerLine: await transport.AnswerAsync(cancellationToken); break;
            case Say say: await transport.SayAsync(say, cancellationToken); break;
            case StopPlayback: await transport.StopPlaybackAsync(cancellationToken); break;
            case TransferToPerson transfer: await transport.TransferAsync(transfer, cancellationToken); break;
            case HangUp: await transport.HangUpAsync(cancellationToken); break;
            default: throw new ArgumentException($"{command.GetType().Name} is no line command.", nameof(command));
        }
    }

    private void Lose(string fault)
    {
        if (Interlocked.Exchange(ref _lost, 1) != 0) return;
        LogLost(transport.Line, fault, call);
        inbox.Post(new LineClosed(default, Lost: true));
    }

    [LoggerMessage(10, LogLevel.Error, "line.lost {Line}: {Fault}, call {Call}")]
    private partial void LogLost(string line, string fault, CallId call);
}
