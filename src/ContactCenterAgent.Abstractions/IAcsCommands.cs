using ContactCenterAgent.Core;

namespace ContactCenterAgent.Abstractions;

/// <summary>
/// What is asked of Azure Communication Services, Call Automation: the commands; what becomes of them comes as callbacks to the line. One implementation speaks the REST interface itself, another
/// uses Microsoft's client library.
/// </summary>
/// <remarks>
/// Thread-safe. A command returns when it has been accepted. Retries of what may be retried (429, 503) are the implementation's, with one repeatability id a command.
/// Every command throws <see cref="AcsRefusedException"/> where the service says no and <see cref="ToolUnavailableException"/> where it cannot be reached.
/// </remarks>
public interface IAcsCommands
{
    /// <summary>Answers an incoming call.</summary>
    Task<AcsConnection> AnswerAsync(AcsAnswer answer, CancellationToken cancellationToken);

    /// <summary>Declines an incoming call as busy.</summary>
    /// <param name="incomingCallContext">Of the event of the incoming call; a secret.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task RejectAsync(Pii<string> incomingCallContext, CancellationToken cancellationToken);

    /// <summary>Plays to everybody in the call, behind what is playing.</summary>
    Task PlayAsync(string connection, AcsSound sound, CancellationToken cancellationToken);

    /// <summary>Stops all that is playing and waits to be played.</summary>
    Task CancelMediaAsync(string connection, CancellationToken cancellationToken);

    /// <summary>Begins or ends to report a party's keys.</summary>
    Task ListenForDigitsAsync(string connection, AcsParty of, bool on, CancellationToken cancellationToken);

    /// <summary>Sends keys to a party.</summary>
    /// <param name="connection">The call's connection.</param>
    /// <param name="to">Who hears them.</param>
    /// <param name="digits">Of 0-9, *, #, A-D.</param>
    /// <param name="context">Comes back in the callback; null = none.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ArgumentException">Another character is among the digits.</exception>
    Task SendDigitsAsync(string connection, AcsParty to, string digits, string? context, CancellationToken cancellationToken);

    /// <summary>Puts a party on hold.</summary>
    /// <param name="connection">The call's connection.</param>
    /// <param name="party">Who is put on hold.</param>
    /// <param name="music">What they hear; null = the service's own.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task HoldAsync(string connection, AcsParty party, AcsSound? music, CancellationToken cancellationToken);

    /// <summary>Takes a party off hold.</summary>
    Task UnholdAsync(string connection, AcsParty party, CancellationToken cancellationToken);

    /// <summary>Transfers the call to a telephone number or a user.</summary>
    Task TransferAsync(string connection, AcsInvitation to, CancellationToken cancellationToken);

    /// <summary>Brings a further party into the call.</summary>
    /// <returns>The invitation's id.</returns>
    Task<string> AddAsync(string connection, AcsInvitation who, CancellationToken cancellationToken);

    /// <summary>Begins to record the call.</summary>
    /// <param name="serverCall">The call's id at the service (<see cref="AcsConnection.ServerCall"/>).</param>
    /// <param name="paused">It begins paused: nobody has consented yet.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The recording's id.</returns>
    Task<string> StartRecordingAsync(Pii<string> serverCall, bool paused, CancellationToken cancellationToken);

    /// <summary>Pauses a recording: a card number is coming.</summary>
    Task PauseRecordingAsync(string recording, CancellationToken cancellationToken);

    /// <summary>Goes on with a paused recording.</summary>
    Task ResumeRecordingAsync(string recording, CancellationToken cancellationToken);

    /// <summary>Ends a recording.</summary>
    Task StopRecordingAsync(string recording, CancellationToken cancellationToken);

    /// <summary>Leaves the call, or ends it for everybody.</summary>
    Task HangUpAsync(string connection, bool forEveryone, CancellationToken cancellationToken);
}

/// <summary>How a call is answered.</summary>
/// <param name="IncomingCallContext">Of the event of the incoming call; a secret.</param>
/// <param name="Callback">Where the call's events go; https.</param>
public sealed record AcsAnswer(Pii<string> IncomingCallContext, Uri Callback)
{
    /// <summary>Sound both ways over a WebSocket (wss) as PCM, mono; null = no sound of ours.</summary>
    public Uri? Media { get; init; }

    /// <summary>Samples a second of <see cref="Media"/>: 16000 or 24000. Default 16000.</summary>
    public int SampleRate { get; init; } = 16_000;

    /// <summary>Keys come over <see cref="Media"/> as well.</summary>
    public bool MediaDigits { get; init; }

    /// <summary>The service's own transcription over a WebSocket (wss), with intermediate results; null = none.</summary>
    public Uri? Transcription { get; init; }

    /// <summary>The language that is transcribed, BCP 47. Default <c>en-GB</c>.</summary>
    public string Locale { get; init; } = "en-GB";

    /// <summary>The Azure AI services resource that speaks and transcribes; needed for <see cref="Transcription"/> and for text to be played.</summary>
    public Uri? Intelligence { get; init; }

    /// <summary>Comes back in every event of the call; null = none.</summary>
    public string? Context { get; init; }
}

/// <summary>An answered call.</summary>
/// <param name="Connection">The call connection's id: part of every command.</param>
/// <param name="ServerCall">The call's id at the service, for recordings; a secret.</param>
public sealed record AcsConnection(string Connection, Pii<string> ServerCall);

/// <summary>A party of a call by its raw id: <c>4:+441632960123</c> a telephone number, <c>8:acs:...</c> a user.</summary>
/// <param name="RawId">The raw id; personal.</param>
public readonly record struct AcsParty(Pii<string> RawId)
{
    /// <summary>A telephone number.</summary>
    /// <param name="number">E.164.</param>
    public static AcsParty Phone(string number) => new(Pii.Of($"4:{number}"));

    /// <summary>Whether it is a telephone number.</summary>
    public bool IsPhone => RawId.Value.StartsWith("4:", StringComparison.Ordinal);
}

/// <summary>Who is brought in, or who gets the call.</summary>
/// <param name="Target">A telephone number or a user.</param>
/// <param name="CallerId">The resource's number that a telephone target sees, E.164; needed for one.</param>
/// <param name="Context">Comes back in the callback; null = none.</param>
/// <param name="RingMax">How long it may ring; null = the service's own limit. At most 180 s.</param>
public sealed record AcsInvitation(AcsParty Target, string? CallerId, string? Context = null, TimeSpan? RingMax = null);

/// <summary>Something to play: a file, or text that the service speaks. Exactly one of the first three.</summary>
public sealed record AcsSound
{
    /// <summary>WAV, mono, 16 bit, 16 kHz, at an address that the service can reach.</summary>
    public Uri? File { get; init; }

    /// <summary>Plain words; personal.</summary>
    public Pii<string>? Text { get; init; }

    /// <summary>Speech Synthesis Markup Language; personal.</summary>
    public Pii<string>? Ssml { get; init; }

    /// <summary>The voice that speaks <see cref="Text"/>: <c>en-GB-SoniaNeural</c>.</summary>
    public string Voice { get; init; } = "en-GB-SoniaNeural";

    /// <summary>Again and again, until it is stopped.</summary>
    public bool Loop { get; init; }

    /// <summary>It takes the place of what is playing.</summary>
    public bool Interrupts { get; init; }

    /// <summary>Comes back in the callbacks; null = none.</summary>
    public string? Context { get; init; }
}

/// <summary>The service said no.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">The service's own code, or empty. Never its message: it may name people.</param>
public sealed class AcsRefusedException(int status, string code) : Exception($"acs.refused: status {status}, code {code}")
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The service's own code, or empty.</summary>
    public string Code { get; } = code;
}
