using Azure;
using Azure.Communication;
using Azure.Communication.CallAutomation;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;

namespace ContactCenterAgent.Plugins.Azure;

/// <summary>The commands through Microsoft's <see cref="CallAutomationClient"/>: it signs, retries and repeats safely by itself.</summary>
/// <param name="client">Made with a connection string or with a credential of Microsoft Entra ID. One serves all calls.</param>
public sealed class AzureAcsCommands(CallAutomationClient client) : IAcsCommands
{
    /// <inheritdoc/>
    public Task<AcsConnection> AnswerAsync(AcsAnswer answer, CancellationToken cancellationToken) => Faults.NamedAsync(async () =>
    {
        var options = new AnswerCallOptions(answer.IncomingCallContext.Value, answer.Callback)
        {
            OperationContext = answer.Context,
            CallIntelligenceOptions = answer.Intelligence is { } intelligence ? new() { CognitiveServicesEndpoint = intelligence } : null,
            MediaStreamingOptions = answer.Media is { } media ? Media(media, answer) : null,
            TranscriptionOptions = answer.Transcription is { } words
                ? new(words, answer.Locale) { StartTranscription = true, EnableIntermediateResults = true }
                : null,
        };
        var properties = (await client.AnswerCallAsync(options, cancellationToken)).Value.CallConnectionProperties;
        return new AcsConnection(properties.CallConnectionId, Pii.Of(properties.ServerCallId));
    });

    /// <inheritdoc/>
    public Task RejectAsync(Pii<string> incomingCallContext, CancellationToken cancellationToken) => Faults.NamedAsync(() =>
        client.RejectCallAsync(new RejectCallOptions(incomingCallContext.Value) { CallRejectReason = CallRejectReason.Busy }, cancellationToken));

    /// <inheritdoc/>
    public Task PlayAsync(string connection, AcsSound sound, CancellationToken cancellationToken) => Faults.NamedAsync(() => Call(connection).GetCallMedia().PlayToAllAsync(
        new PlayToAllOptions(Sounds.Of(sound)) { Loop = sound.Loop, InterruptCallMediaOperation = sound.Interrupts, OperationContext = sound.Context }, cancellationToken));

    /// <inheritdoc/>
    public Task CancelMediaAsync(string connection, CancellationToken cancellationToken) =>
        Faults.NamedAsync(() => Call(connection).GetCallMedia().CancelAllMediaOperationsAsync(cancellationToken));

    /// <inheritdoc/>
    public Task ListenForDigitsAsync(string connection, AcsParty of, bool on, CancellationToken cancellationToken) => Faults.NamedAsync(() =>
    {
        var media = Call(connection).GetCallMedia();
        return on
            ? media.StartContinuousDtmfRecognitionAsync(Parties.Of(of), cancellationToken)
            : media.StopContinuousDtmfRecognitionAsync(Parties.Of(of), cancellationToken);
    });

    /// <inheritdoc/>
    public Task SendDigitsAsync(string connection, AcsParty to, string digits, string? context, CancellationToken cancellationToken)
    {
        var options = new SendDtmfTonesOptions(Tones.Of(digits), Parties.Of(to)) { OperationContext = context };
        return Faults.NamedAsync(() => Call(connection).GetCallMedia().SendDtmfTonesAsync(options, cancellationToken));
    }

    /// <inheritdoc/>
    public Task HoldAsync(string connection, AcsParty party, AcsSound? music, CancellationToken cancellationToken) => Faults.NamedAsync(() => Call(connection).GetCallMedia().HoldAsync(
        new HoldOptions(Parties.Of(party)) { PlaySource = music is null ? null : Sounds.Of(music), OperationContext = music?.Context }, cancellationToken));

    /// <inheritdoc/>
    public Task UnholdAsync(string connection, AcsParty party, CancellationToken cancellationToken) =>
        Faults.NamedAsync(() => Call(connection).GetCallMedia().UnholdAsync(Parties.Of(party), cancellationToken));

    /// <inheritdoc/>
    public Task TransferAsync(string connection, AcsInvitation to, CancellationToken cancellationToken)
    {
        var options = Parties.Transfer(to);
        return Faults.NamedAsync(() => Call(connection).TransferCallToParticipantAsync(options, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<string> AddAsync(string connection, AcsInvitation who, CancellationToken cancellationToken)
    {
        var options = new AddParticipantOptions(Parties.Invite(who)) { OperationContext = who.Context, InvitationTimeoutInSeconds = (int?)who.RingMax?.TotalSeconds };
        return Faults.NamedAsync(async () => (await Call(connection).AddParticipantAsync(options, cancellationToken)).Value.InvitationId);
    }

    /// <inheritdoc/>
    public Task<string> StartRecordingAsync(Pii<string> serverCall, bool paused, CancellationToken cancellationToken) => Faults.NamedAsync(async () =>
    {
        // Unmixed, so that what the caller said can be told from what the agent said.
        var options = new StartRecordingOptions(new ServerCallLocator(serverCall.Value))
        {
            PauseOnStart = paused,
            RecordingContent = RecordingContent.Audio,
            RecordingChannel = RecordingChannel.Unmixed,
            RecordingFormat = RecordingFormat.Wav,
        };
        return (await client.GetCallRecording().StartAsync(options, cancellationToken)).Value.RecordingId;
    });

    /// <inheritdoc/>
    public Task PauseRecordingAsync(string recording, CancellationToken cancellationToken) => Faults.NamedAsync(() => client.GetCallRecording().PauseAsync(recording, cancellationToken));

    /// <inheritdoc/>
    public Task ResumeRecordingAsync(string recording, CancellationToken cancellationToken) => Faults.NamedAsync(() => client.GetCallRecording().ResumeAsync(recording, cancellationToken));

    /// <inheritdoc/>
    public Task StopRecordingAsync(string recording, CancellationToken cancellationToken) => Faults.NamedAsync(() => client.GetCallRecording().StopAsync(recording, cancellationToken));

    /// <inheritdoc/>
    public Task HangUpAsync(string connection, bool forEveryone, CancellationToken cancellationToken) =>
        Faults.NamedAsync(() => Call(connection).HangUpAsync(forEveryone, cancellationToken));

    private CallConnection Call(string connection) => client.GetCallConnection(connection);

    // Unmixed: the caller's own channel, without the agent's voice in it.
    private static MediaStreamingOptions Media(Uri address, AcsAnswer answer) => new(address, MediaStreamingAudioChannel.Unmixed)
    {
        MediaStreamingContent = MediaStreamingContent.Audio,
        AudioFormat = answer.SampleRate == 24_000 ? AudioFormat.Pcm24KMono : AudioFormat.Pcm16KMono,
        EnableBidirectional = true,
        EnableDtmfTones = answer.MediaDigits,
        StartMediaStreaming = true,
    };
}
