using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Communication;
using Azure.Communication.CallAutomation;
using Azure.Core;

namespace ContactCenterAgent.Plugins.Azure.Tests;

/// <summary>The client library's own classes with their calls written down instead of sent.</summary>
internal sealed class RecordedClient : CallAutomationClient
{
    public List<object> Sent { get; } = [];

    public Exception? Fails { get; set; }

    public T Last<T>() => Sent[^1].ShouldBeOfType<T>();

    public override Task<Response<AnswerCallResult>> AnswerCallAsync(AnswerCallOptions options, CancellationToken cancellationToken = default) => Send(
        options, CallAutomationModelFactory.AnswerCallResult(null, CallAutomationModelFactory.CallConnectionProperties("connection", "server")));

    public override Task<Response> RejectCallAsync(RejectCallOptions options, CancellationToken cancellationToken = default) => Send(options);

    public override CallConnection GetCallConnection(string callConnectionId) => new Connection(this, callConnectionId);

    public override CallRecording GetCallRecording() => new Recording(this);

    private Task<Response> Send(object what)
    {
        Sent.Add(what);
        return Fails is null ? Task.FromResult<Response>(new Accepted()) : Task.FromException<Response>(Fails);
    }

    private async Task<Response<T>> Send<T>(object what, T result) => Response.FromValue(result, await Send(what));

    private sealed class Connection(RecordedClient client, string id) : CallConnection
    {
        public override string CallConnectionId => id;

        public override CallMedia GetCallMedia() => new Media(client, id);

        public override Task<Response> HangUpAsync(bool forEveryone, CancellationToken cancellationToken = default) => client.Send((id, forEveryone));

        public override Task<Response<AddParticipantResult>> AddParticipantAsync(AddParticipantOptions options, CancellationToken cancellationToken = default) =>
            client.Send(options, CallAutomationModelFactory.AddParticipantsResult(invitationId: "invitation"));

        public override Task<Response<TransferCallToParticipantResult>> TransferCallToParticipantAsync(
            TransferToParticipantOptions options, CancellationToken cancellationToken = default) =>
            client.Send(options, CallAutomationModelFactory.TransferCallToParticipantResult());
    }

    private sealed class Media(RecordedClient client, string id) : CallMedia
    {
        public override Task<Response<CancelAllMediaOperationsResult>> CancelAllMediaOperationsAsync(CancellationToken cancellationToken = default) =>
            client.Send<CancelAllMediaOperationsResult>(("cancel", id), null!);

        public override Task<Response<PlayResult>> PlayToAllAsync(PlayToAllOptions options, CancellationToken cancellationToken = default) => client.Send<PlayResult>(options, null!);

        public override Task<Response> HoldAsync(HoldOptions options, CancellationToken cancellationToken = default) => client.Send(options);

        public override Task<Response> UnholdAsync(CommunicationIdentifier targetParticipant, CancellationToken cancellationToken = default) => client.Send(("unhold", targetParticipant.RawId));

        public override Task<Response<SendDtmfTonesResult>> SendDtmfTonesAsync(SendDtmfTonesOptions options, CancellationToken cancellationToken = default) =>
            client.Send(options, CallAutomationModelFactory.SendDtmfTonesResult());

        public override Task<Response> StartContinuousDtmfRecognitionAsync(CommunicationIdentifier targetParticipant, CancellationToken cancellationToken = default) =>
            client.Send(("listen", targetParticipant.RawId));

        public override Task<Response> StopContinuousDtmfRecognitionAsync(CommunicationIdentifier targetParticipant, CancellationToken cancellationToken = default) =>
            client.Send(("unlisten", targetParticipant.RawId));
    }

    private sealed class Recording(RecordedClient client) : CallRecording
    {
        public override Task<Response<RecordingStateResult>> StartAsync(StartRecordingOptions options, CancellationToken cancellationToken = default) =>
            client.Send(options, CallAutomationModelFactory.RecordingStateResult("recording"));

        public override Task<Response> PauseAsync(string recordingId, CancellationToken cancellationToken = default) => client.Send(("pause", recordingId));

        public override Task<Response> ResumeAsync(string recordingId, CancellationToken cancellationToken = default) => client.Send(("resume", recordingId));

        public override Task<Response> StopAsync(string recordingId, CancellationToken cancellationToken = default) => client.Send(("stop", recordingId));
    }

    private sealed class Accepted : Response
    {
        public override int Status => 202;

        public override string ReasonPhrase => "Accepted";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = null;
            return false;
        }
    }
}
