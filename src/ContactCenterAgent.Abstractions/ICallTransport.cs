using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Abstractions;

/// <summary>A line that calls arrive on. Bytes and words know nothing of calls; this port turns them into events and back.</summary>
public interface ICallLine
{
    /// <summary>The line's configured name.</summary>
    string Name { get; }

    /// <summary>Calls as they arrive, until the token fires or the line is over.</summary>
    IAsyncEnumerable<ICallTransport> AcceptAsync(CancellationToken cancellationToken);
}

/// <summary>One call's leg on a line.</summary>
/// <remarks>
/// Events carry no times of their own worth trusting: the loop stamps them as they enter its inbox, but for word times, which are call times of the words.
/// Commands return when they have been accepted, not when they are done; what comes of them comes as an event.
/// After <see cref="LineClosed"/> every command is accepted and does nothing.
/// </remarks>
public interface ICallTransport : IAsyncDisposable
{
    /// <summary>The line's name.</summary>
    string Line { get; }

    /// <summary>What the network shows; null = withheld.</summary>
    Pii<string>? CallerNumber { get; }

    /// <summary>The call's id where the line has told it to somebody already; null = the runtime gives one.</summary>
    CallId? Call => null;

    /// <summary>The file of the call's recording, relative to the folder of the recordings; null = nothing has been recorded. Final once <see cref="RunAsync"/> has returned.</summary>
    string? Recording => null;

    /// <summary>Words, digits, voice activity, playback and hang-up, in order. <paramref name="sink"/> waits when the call's inbox is full.</summary>
    Task RunAsync(ICallEventSink sink, CancellationToken cancellationToken);

    /// <summary>Answers.</summary>
    ValueTask AnswerAsync(CancellationToken cancellationToken);

    /// <summary>Queues a prompt. Ends with <see cref="PlaybackEnded"/>.</summary>
    ValueTask SayAsync(Say prompt, CancellationToken cancellationToken);

    /// <summary>Stops the sound now and drops what waits.</summary>
    ValueTask StopPlaybackAsync(CancellationToken cancellationToken);

    /// <summary>Puts the caller through. Ends with <see cref="TransferEnded"/>.</summary>
    ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken);

    /// <summary>Ends the leg once queued prompts have been played.</summary>
    ValueTask HangUpAsync(CancellationToken cancellationToken);
}

/// <summary>Where a transport puts what happened.</summary>
public interface ICallEventSink
{
    /// <summary>Call time now.</summary>
    TimeSpan Now { get; }

    /// <summary>Puts an event into the call's inbox; waits when it is full.</summary>
    ValueTask WriteAsync(CallEvent happened, CancellationToken cancellationToken);
}
