using Azure;
using Azure.Communication;
using Azure.Communication.CallAutomation;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;

namespace ContactCenterAgent.Plugins.Azure.Tests;

public sealed class AzureAcsCommandsTests
{
    private static readonly AcsParty Phone = AcsParty.Phone("+441632960123");
    private static readonly AcsParty User = new(Pii.Of("8:acs:1"));
    private readonly RecordedClient _client = new();

    private AzureAcsCommands Commands => new(_client);

    [Fact]
    public async Task Answer_WithEverything_AsksForStreamingBothWaysAndTranscription()
    {
        var answer = new AcsAnswer(Pii.Of("context"), new("https://desk.example/calls/1"))
        {
            Media = new("wss://desk.example/media/1"),
            MediaDigits = true,
            Transcription = new("wss://desk.example/words/1"),
            Intelligence = new("https://ai.example"),
            Context = "call 1",
        };
        var connection = await Commands.AnswerAsync(answer, default);

        (connection.Connection, connection.ServerCall.Value).ShouldBe(("connection", "server"));
        var sent = _client.Last<AnswerCallOptions>();
        (sent.IncomingCallContext, sent.CallbackUri.OriginalString, sent.OperationContext).ShouldBe(("context", "https://desk.example/calls/1", "call 1"));
        sent.CallIntelligenceOptions.CognitiveServicesEndpoint.Host.ShouldBe("ai.example");
        var media = sent.MediaStreamingOptions;
        media.TransportUri.ShouldBe(new("wss://desk.example/media/1"));
        (media.AudioFormat, media.EnableBidirectional, media.EnableDtmfTones, media.StartMediaStreaming).ShouldBe((AudioFormat.Pcm16KMono, true, true, true));
        media.MediaStreamingAudioChannel.ShouldBe(MediaStreamingAudioChannel.Unmixed);
        var words = sent.TranscriptionOptions;
        (words.TransportUri.OriginalString, words.Locale, words.StartTranscription, words.EnableIntermediateResults).ShouldBe(("wss://desk.example/words/1", "en-GB", true, true));
    }

    [Fact]
    public async Task Answer_WithNothing_AsksForNothing()
    {
        await Commands.AnswerAsync(new(Pii.Of("context"), new("https://desk.example/calls/1")), default);
        var sent = _client.Last<AnswerCallOptions>();
        (sent.MediaStreamingOptions, sent.TranscriptionOptions, sent.CallIntelligenceOptions).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Reject_IsBusy()
    {
        await Commands.RejectAsync(Pii.Of("context"), default);
        _client.Last<RejectCallOptions>().CallRejectReason.ShouldBe(CallRejectReason.Busy);
    }

    [Fact]
    public async Task Play_OfEachKind_IsThatSource()
    {
        await Commands.PlayAsync("c", new() { Text = Pii.Of("Hello"), Voice = "en-GB-RyanNeural", Interrupts = true, Context = "p1" }, default);
        var sent = _client.Last<PlayToAllOptions>();
        var text = sent.PlaySources.Single().ShouldBeOfType<TextSource>();
        (text.Text, text.VoiceName, sent.InterruptCallMediaOperation, sent.OperationContext, sent.Loop).ShouldBe(("Hello", "en-GB-RyanNeural", true, "p1", false));

        await Commands.PlayAsync("c", new() { File = new("https://desk.example/a.wav"), Loop = true }, default);
        _client.Last<PlayToAllOptions>().PlaySources.Single().ShouldBeOfType<FileSource>().FileUri.OriginalString.ShouldBe("https://desk.example/a.wav");
        await Commands.PlayAsync("c", new() { Ssml = Pii.Of("<speak/>") }, default);
        _client.Last<PlayToAllOptions>().PlaySources.Single().ShouldBeOfType<SsmlSource>().SsmlText.ShouldBe("<speak/>");
        await Should.ThrowAsync<ArgumentException>(() => Commands.PlayAsync("c", new(), default));
        await Commands.CancelMediaAsync("c", default);
        _client.Last<(string, string)>().ShouldBe(("cancel", "c"));
    }

    [Fact]
    public async Task Digits_AreTheLibrarysTones()
    {
        await Commands.SendDigitsAsync("c", Phone, "0123456789*#ABCD", "d1", default);
        var sent = _client.Last<SendDtmfTonesOptions>();
        sent.Tones.Select(t => t.ToString().ToLowerInvariant()).ShouldBe(
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "asterisk", "pound", "a", "b", "c", "d"]);
        (sent.TargetParticipant.RawId, sent.OperationContext).ShouldBe(("4:+441632960123", "d1"));
        await Should.ThrowAsync<ArgumentException>(() => Commands.SendDigitsAsync("c", Phone, "12x", null, default));
        await Commands.ListenForDigitsAsync("c", Phone, on: true, default);
        _client.Last<(string, string)>().ShouldBe(("listen", "4:+441632960123"));
        await Commands.ListenForDigitsAsync("c", Phone, on: false, default);
        _client.Last<(string, string)>().ShouldBe(("unlisten", "4:+441632960123"));
    }

    [Fact]
    public async Task Hold_WithMusicAndBack()
    {
        await Commands.HoldAsync("c", Phone, new() { File = new("https://desk.example/music.wav"), Context = "h1" }, default);
        var sent = _client.Last<HoldOptions>();
        sent.PlaySource.ShouldBeOfType<FileSource>();
        sent.OperationContext.ShouldBe("h1");
        await Commands.HoldAsync("c", Phone, null, default);
        _client.Last<HoldOptions>().PlaySource.ShouldBeNull();
        await Commands.UnholdAsync("c", Phone, default);
        _client.Last<(string, string)>().ShouldBe(("unhold", "4:+441632960123"));
    }

    [Fact]
    public async Task Transfer_ToANumberOrAUser_NamesTheTargetAndTheCallerId()
    {
        await Commands.TransferAsync("c", new(Phone, "+442079460000", "t1"), default);
        var number = _client.Last<TransferToParticipantOptions>();
        (number.Target.RawId, number.SourceCallerIdNumber.PhoneNumber, number.OperationContext).ShouldBe(("4:+441632960123", "+442079460000", "t1"));

        await Commands.TransferAsync("c", new(User, null), default);
        _client.Last<TransferToParticipantOptions>().Target.ShouldBeOfType<CommunicationUserIdentifier>().Id.ShouldBe("8:acs:1");
        await Commands.TransferAsync("c", new(new(Pii.Of("8:orgid:2")), null), default);
        _client.Last<TransferToParticipantOptions>().Target.ShouldBeOfType<MicrosoftTeamsUserIdentifier>();
        await Should.ThrowAsync<ArgumentException>(() => Commands.TransferAsync("c", new(Phone, null), default));
        await Should.ThrowAsync<ArgumentException>(() => Commands.TransferAsync("c", new(new(Pii.Of("28:app")), null), default));
    }

    [Fact]
    public async Task Add_ANumber_RingsForTheTimeGiven()
    {
        (await Commands.AddAsync("c", new(Phone, "+442079460000", "a1", TimeSpan.FromSeconds(25)), default)).ShouldBe("invitation");
        var sent = _client.Last<AddParticipantOptions>();
        (sent.InvitationTimeoutInSeconds, sent.OperationContext).ShouldBe((25, "a1"));
        (sent.ParticipantToAdd.Target.RawId, sent.ParticipantToAdd.SourceCallerIdNumber.PhoneNumber).ShouldBe(("4:+441632960123", "+442079460000"));
    }

    [Fact]
    public async Task Recording_BeginsPausedAndIsPausedResumedStopped()
    {
        (await Commands.StartRecordingAsync(Pii.Of("server"), paused: true, default)).ShouldBe("recording");
        var sent = _client.Last<StartRecordingOptions>();
        (sent.PauseOnStart, sent.RecordingContent, sent.RecordingChannel, sent.RecordingFormat)
            .ShouldBe((true, RecordingContent.Audio, RecordingChannel.Unmixed, RecordingFormat.Wav));
        await Commands.PauseRecordingAsync("recording", default);
        await Commands.ResumeRecordingAsync("recording", default);
        await Commands.StopRecordingAsync("recording", default);
        _client.Sent[^3..].ShouldBe([("pause", "recording"), ("resume", "recording"), ("stop", "recording")]);
    }

    [Fact]
    public async Task HangUp_LeavesOrEndsForAll()
    {
        await Commands.HangUpAsync("c", forEveryone: true, default);
        _client.Last<(string, bool)>().ShouldBe(("c", true));
    }

    [Fact]
    public async Task Refusal_OfTheService_KeepsItsCodeAndLosesItsMessage()
    {
        _client.Fails = new RequestFailedException(404, "no call of +441632960123", "8522", null);
        var refused = await Should.ThrowAsync<AcsRefusedException>(() => Commands.HangUpAsync("c", true, default));
        (refused.Status, refused.Code).ShouldBe((404, "8522"));
        refused.ToString().ShouldNotContain("+44");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task Service_ThatIsBusyOrAway_IsUnavailable(int status)
    {
        _client.Fails = new RequestFailedException(status, "busy");
        await Should.ThrowAsync<ToolUnavailableException>(() => Commands.CancelMediaAsync("c", default));
    }
}
