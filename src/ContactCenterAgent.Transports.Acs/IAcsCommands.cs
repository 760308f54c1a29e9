using ContactCenterAgent.Core;

namespace ContactCenterAgent.Transports.Acs;

/// <summary>What Azure Communication Services is asked to do with a call (Microsoft documentation, "Call Automation overview").</summary>
/// <remarks>Each returns when Azure has accepted it; what comes of it comes as a callback. What Azure refuses is thrown.</remarks>
public interface IAcsCommands
{
    /// <summary>Answers a call that rings.</summary>
    /// <returns>The connection's id: the call's name from then on.</returns>
    Task<string> AnswerAsync(AcsAnswer answer, CancellationToken cancellationToken);

    /// <summary>Turns a call away that rings: busy.</summary>
    /// <param name="incomingCallContext">As it came with the call.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task RejectAsync(Pii<string> incomingCallContext, CancellationToken cancellationToken);

    /// <summary>Speaks a text with Azure's own voice.</summary>
    /// <param name="connection">The connection's id.</param>
    /// <param name="text">Plain text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task PlayAsync(string connection, Pii<string> text, CancellationToken cancellationToken);

    /// <summary>Stops what <see cref="PlayAsync"/> began.</summary>
    /// <param name="connection">The connection's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task CancelMediaAsync(string connection, CancellationToken cancellationToken);

    /// <summary>Ends the call for everyone.</summary>
    /// <param name="connection">The connection's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task HangUpAsync(string connection, CancellationToken cancellationToken);

    /// <summary>Puts the caller through.</summary>
    /// <param name="connection">The connection's id.</param>
    /// <param name="target">A telephone number (E.164), or a raw id (<c>8:acs:…</c>).</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task TransferAsync(string connection, string target, CancellationToken cancellationToken);
}

/// <summary>How a call is answered.</summary>
/// <param name="IncomingCallContext">As it came with the call; a secret.</param>
/// <param name="Callback">Where Azure tells what happens.</param>
/// <param name="Media">Where Azure opens its media socket, for both ways of mixed sound and keys, and for the transcription.</param>
/// <param name="SampleRate">16000 or 24000.</param>
/// <param name="TranscriptionLocale">Like <c>en-GB</c>; null = no transcription.</param>
public sealed record AcsAnswer(Pii<string> IncomingCallContext, Uri Callback, Uri Media, int SampleRate, string? TranscriptionLocale);
