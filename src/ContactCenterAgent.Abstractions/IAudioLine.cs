using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Abstractions;

/// <summary>A line that brings sound: SIP, a carrier's stream, a browser. Ears, voice and turns are added above it, the same for all of them.</summary>
public interface IAudioLine
{
    /// <summary>The line's configured name.</summary>
    string Name { get; }

    /// <summary>Legs as they arrive, until the token fires or the line is over.</summary>
    IAsyncEnumerable<IAudioLeg> AcceptAsync(CancellationToken cancellationToken);
}

/// <summary>One call's sound and signalling on a line.</summary>
/// <remarks>
/// Commands return when they have been accepted; what comes of them comes as an event. After <see cref="LineClosed"/> every command is accepted and does nothing.
/// </remarks>
public interface IAudioLeg : IAsyncDisposable
{
    /// <summary>The line's name.</summary>
    string Line { get; }

    /// <summary>What the network shows; null = withheld.</summary>
    Pii<string>? CallerNumber { get; }

    /// <summary>The call's id where the line has told it to somebody already; null = the runtime gives one.</summary>
    CallId? Call => null;

    /// <summary>Samples a second, both ways; constant for the leg's life. 8000 or 16000.</summary>
    int SampleRate { get; }

    /// <summary>Runs the leg to its end: sound to and from <paramref name="audio"/>; to <paramref name="sink"/> <see cref="LineOpened"/>, <see cref="DigitPressed"/> (each once),
    /// <see cref="TransferEnded"/> and, last, <see cref="LineClosed"/>.</summary>
    Task RunAsync(IAudioEnd audio, ICallEventSink sink, CancellationToken cancellationToken);

    /// <summary>Answers.</summary>
    ValueTask AnswerAsync(CancellationToken cancellationToken);

    /// <summary>Drops what was taken from <see cref="IAudioEnd.Play"/> and has not been heard: a carrier's buffer, where there is one.</summary>
    ValueTask ClearAsync(CancellationToken cancellationToken);

    /// <summary>Puts the caller through. Ends with <see cref="TransferEnded"/>; unless that was answered the caller is back on this leg.</summary>
    ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken);

    /// <summary>The same, for a leg that may ask first whether anybody is there to take the caller.</summary>
    /// <param name="transfer">Why, and what to tell the person.</param>
    /// <param name="handingOver">Awaited once somebody has answered, before the caller is sent there; never where nobody is asked first. Its token fires when the leg is over.</param>
    /// <param name="cancellationToken">Gives up before it was accepted.</param>
    ValueTask TransferAsync(TransferToPerson transfer, Func<CancellationToken, ValueTask> handingOver, CancellationToken cancellationToken) => TransferAsync(transfer, cancellationToken);

    /// <summary>Ends the leg now.</summary>
    ValueTask HangUpAsync(CancellationToken cancellationToken);
}

/// <summary>Our end of a leg's sound. Both methods are called from a media clock that serves many calls: they return at once, take no lock for long and allocate nothing.</summary>
public interface IAudioEnd
{
    /// <summary>Takes what the caller said next: 16-bit linear, mono, at the leg's rate; already in order, with lost packets concealed.</summary>
    void Hear(ReadOnlySpan<short> samples);

    /// <summary>Gives what the caller is to hear next, at the pace of the line: one frame (20 ms) a call.</summary>
    /// <param name="frame">To be filled from its start; what is not filled is silence.</param>
    /// <returns>Samples that were filled; 0 = nothing to say.</returns>
    int Play(Span<short> frame);
}
