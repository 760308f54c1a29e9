using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.Azure;
using ContactCenterAgent.Conformance.Npm;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.Acs.Wire;

namespace ContactCenterAgent.Transports.Acs.Tests;

/// <summary>The Azure that the line is tested with, held against Microsoft's own libraries for Node: what it serves, what it tells, what it sends.</summary>
#pragma warning disable CA1001 // The test's lifetime disposes them.
public sealed class MicrosoftClientTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Package = "@azure/communication-call-automation";
    private const string EventGrid = "@azure/eventgrid";

    private readonly byte[] _key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly FakeAzure _azure = new();
    private readonly MediaClock _clock = new(TimeProvider.System, "test");
    private readonly LogLines _log = new();
    private readonly List<IAsyncDisposable> _open = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_open)) await one.DisposeAsync();
        _azure.Dispose();
        _clock.Dispose();
    }

    [NodeFact(Package)]
    public async Task Commands_OfMicrosoftsClient_AreUnderstoodWordForWord()
    {
        var asked = DispatchProxy.Create<IAcsCommands, Recorder>();
        var (rest, client) = await ConnectAsync(asked);
        var answer = new AcsAnswer(Pii.Of("context"), new("https://calls.example.org/lines/acs/calls/1/events"))
        {
            Media = new("wss://calls.example.org/lines/acs/calls/1/media"),
            SampleRate = 24_000,
            MediaDigits = true,
            Transcription = new("wss://calls.example.org/lines/acs/calls/1/media"),
            Locale = "en-GB",
            Intelligence = new("https://words.example.org"),
            Context = "c1",
        };
        var file = new AcsSound { File = new("https://sounds.example.org/a.wav"), Loop = true, Interrupts = true, Context = "c2" };
        var text = new AcsSound { Text = Pii.Of("Good morning"), Context = "c3" };
        var ssml = new AcsSound { Ssml = Pii.Of("<speak/>"), Context = "c4" };
        var (phone, user) = (AcsParty.Phone("+442079460002"), new AcsParty(Pii.Of("8:acs:resource_user")));

        (await client.AnswerAsync(answer, default)).ShouldBe(new AcsConnection("id", Pii.Of("server")));
        await client.RejectAsync(Pii.Of("context"), default);
        foreach (var sound in new[] { file, text, ssml }) await client.PlayAsync("connection", sound, default);
        await client.CancelMediaAsync("connection", default);
        await client.ListenForDigitsAsync("connection", phone, true, default);
        await client.ListenForDigitsAsync("connection", user, false, default);
        await client.SendDigitsAsync("connection", phone, "0123456789*#ABCD", "c5", default);
        await client.HoldAsync("connection", phone, null, default);
        await client.HoldAsync("connection", user, file with { Loop = false, Interrupts = false }, default);
        await client.UnholdAsync("connection", phone, default);
        await client.TransferAsync("connection", new(phone, "+442079460001", "c6"), default);
        await client.TransferAsync("connection", new(user, null, "c7"), default);
        (await client.AddAsync("connection", new(phone, "+442079460001", "c8", TimeSpan.FromSeconds(30)), default)).ShouldBe("id");
        (await client.StartRecordingAsync(Pii.Of("server"), true, default)).ShouldBe("id");
        await client.PauseRecordingAsync("recording", default);
        await client.ResumeRecordingAsync("recording", default);
        await client.StopRecordingAsync("recording", default);
        await client.HangUpAsync("connection", false, default);
        await client.HangUpAsync("connection", true, default);

        rest.Faults.ShouldBeEmpty();
        ((Recorder)asked).Asked.ShouldBe(
        [
            ("AnswerAsync", [answer]),
            ("RejectAsync", [Pii.Of("context")]),
            ("PlayAsync", ["connection", file]),
            ("PlayAsync", ["connection", text]),
            ("PlayAsync", ["connection", ssml]),
            ("CancelMediaAsync", ["connection"]),
            ("ListenForDigitsAsync", ["connection", phone, true]),
            ("ListenForDigitsAsync", ["connection", user, false]),
            ("SendDigitsAsync", ["connection", phone, "0123456789*#ABCD", "c5"]),
            ("HoldAsync", ["connection", phone, null]),
            ("HoldAsync", ["connection", user, file with { Loop = false, Interrupts = false }]),
            ("UnholdAsync", ["connection", phone]),
            ("TransferAsync", ["connection", new AcsInvitation(phone, "+442079460001", "c6")]),
            ("TransferAsync", ["connection", new AcsInvitation(user, null, "c7")]),
            ("AddAsync", ["connection", new AcsInvitation(phone, "+442079460001", "c8", TimeSpan.FromSeconds(30))]),
            ("StartRecordingAsync", [Pii.Of("server"), true]),
            ("PauseRecordingAsync", ["recording"]),
            ("ResumeRecordingAsync", ["recording"]),
            ("StopRecordingAsync", ["recording"]),
            ("HangUpAsync", ["connection", false]),
            ("HangUpAsync", ["connection", true]),
        ], Recorder.Same);
    }

    [NodeFact(Package)]
    public async Task Command_SignedWithAnotherKey_IsRefusedWith401()
    {
        var (rest, client) = await ConnectAsync(_azure, new byte[32]);

        (await Should.ThrowAsync<AcsRefusedException>(() => client.CancelMediaAsync("connection", default))).Status.ShouldBe(401);

        rest.Faults.ShouldBe(["signature"]);
    }

    [NodeFact(Package)]
    public async Task Refusal_OfTheFake_IsReadByMicrosoftsClient()
    {
        var asked = DispatchProxy.Create<IAcsCommands, Recorder>();
        ((Recorder)asked).Refusal = new AcsRefusedException(412, "8523");
        var (_, client) = await ConnectAsync(asked);

        var refused = await Should.ThrowAsync<AcsRefusedException>(() => client.HangUpAsync("connection", true, default));

        (refused.Status, refused.Code).ShouldBe((412, "8523"));
    }

    [NodeFact(Package)]
    public async Task Call_WhoseCommandsGoThroughMicrosoftsClient_RunsFromRingToHangUp()
    {
        var (rest, client) = await ConnectAsync(_azure);
        var (agent, call) = await CallAsync(client);
        var speech = Enumerable.Range(1, 3_200).Select(i => (short)i).ToArray();

        await call.SpeakAsync(speech);
        (await agent.HearAsync(speech.Length))[..speech.Length].ShouldBe(speech);
        agent.Say(speech);
        (await AgentEnd.Within(call.NextAsync())).ShouldBeOfType<FarEvent.Sound>().Samples.ShouldBe(speech[..320]);
        await agent.Leg.TransferAsync(new("asked for a person", Pii.Of("")), CancellationToken.None);
        await call.TellAsync("CallTransferFailed", 486);
        (await agent.NextAsync()).ShouldBeOfType<TransferEnded>().Outcome.ShouldBe(TransferOutcome.Declined);
        await agent.Leg.HangUpAsync(CancellationToken.None);
        (await agent.EndAsync()).End.Lost.ShouldBeFalse();

        _azure.Transfers.ShouldBe(["4:+442079460002"]);
        await _log.ShouldComeAsync("acs.ended azure: agent.hung_up");
        rest.Faults.ShouldBeEmpty();
        await ReadByMicrosoftAsync(client.Node, call);
    }

    [NodeFact(Package)]
    public async Task Call_TurnedAwayAsBusy_IsRejectedThroughMicrosoftsClient()
    {
        var (rest, client) = await ConnectAsync(_azure);
        var options = FakeAzure.Options;
        options.Calls = 1;
        await OpenAsync(client, options);
        await _azure.RingAsync();

        var second = await _azure.RingAsync();

        (await AgentEnd.Within(second.NextAsync())).ShouldBeOfType<FarEvent.Closed>();
        rest.Faults.ShouldBeEmpty();
    }

    [NodeFact(Package)]
    public async Task Frames_ToAzure_SayWhatMicrosoftsOwnDo()
    {
        await using var node = NodeProgram.Start("azure.cjs");
        var samples = Enumerable.Range(0, 320).Select(i => (short)(i * 91)).ToArray();
        var written = new byte[MediaWriter.MessageBytes];

        using var sound = JsonDocument.Parse(written.AsMemory(0, MediaWriter.Sound(samples, written)));
        var theirs = await node.AskAsync("writeSound", new { data = Convert.ToBase64String(MemoryMarshal.AsBytes<short>(samples)) });
        Lower(sound.RootElement.GetProperty("Kind")).ShouldBe(Lower(theirs.GetProperty("kind")));
        sound.RootElement.GetProperty("AudioData").GetProperty("Data").GetString().ShouldBe(theirs.GetProperty("audioData").GetProperty("data").GetString());

        using var stop = JsonDocument.Parse(written.AsMemory(0, MediaWriter.StopAudio(written)));
        theirs = await node.AskAsync("writeStop");
        Lower(stop.RootElement.GetProperty("Kind")).ShouldBe(Lower(theirs.GetProperty("kind")));
        stop.RootElement.GetProperty("StopAudio").GetRawText().ShouldBe(theirs.GetProperty("stopAudio").GetRawText());
    }

    [NodeFact(EventGrid)]
    public async Task IncomingCall_OfTheFake_IsReadByEventGridsLibrary()
    {
        await using var node = NodeProgram.Start("azure.cjs");
        var call = new AzureCall(_azure, "correlation", 16_000);

        var read = (await node.AskAsync("readDelivery", new { text = JsonSerializer.Serialize(new[] { call.Incoming }) }))[0];

        read.GetProperty("eventType").GetString().ShouldBe(IncomingCall.Type);
        var fields = read.GetProperty("data");
        fields.GetProperty("incomingCallContext").GetString().ShouldBe(call.Context);
        fields.GetProperty("correlationId").GetString().ShouldBe("correlation");
        fields.GetProperty("from").GetProperty("phoneNumber").GetProperty("value").GetString().ShouldBe("+442079460000");
    }

    /// <summary>Every callback that was posted and every frame that was sent.</summary>
    private async Task ReadByMicrosoftAsync(NodeProgram node, AzureCall call)
    {
        var kinds = new List<string>();
        foreach (var text in call.Callbacks)
        {
            var read = await node.AskAsync("readEvent", new { text });
            read.GetProperty("callConnectionId").GetString().ShouldBe(call.Connection);
            read.GetProperty("resultInformation").GetProperty("code").GetInt32().ShouldBeInRange(200, 486);
            kinds.Add(read.GetProperty("kind").GetString()!);
            if (kinds[^1] == "ParticipantsUpdated") read.GetProperty("participants")[0].GetProperty("identifier").GetProperty("phoneNumber").GetString().ShouldBe("+442079460000");
        }

        kinds.ShouldBe(["ParticipantsUpdated", "CallConnected", "CallConnected", "CallTransferFailed", "CallDisconnected"]);
        foreach (var text in call.Frames)
        {
            using var frame = JsonDocument.Parse(text);
            var read = await node.AskAsync("readFrame", new { text });
            if (frame.RootElement.GetProperty("kind").GetString() == "AudioData")
                Convert.FromBase64String(read.GetProperty("data").GetString()!).Length.ShouldBe(640);
            else
                (read.GetProperty("encoding").GetString(), read.GetProperty("sampleRate").GetInt32(), read.GetProperty("channels").GetInt32()).ShouldBe(("PCM", 16_000, 1));
        }

        call.Frames.Count.ShouldBe(11);
    }

    private async Task<(AzureRest Server, MicrosoftClient Client)> ConnectAsync(IAcsCommands commands, byte[]? key = null)
    {
        var rest = new AzureRest(commands, _key);
        var host = await WebHost.StartAsync(rest.Map);
        _open.Add(host);
        var client = await MicrosoftClient.ConnectAsync(host.Address, key ?? _key);
        _open.Add(client);
        return (rest, client);
    }

    private async Task<AcsLine> OpenAsync(IAcsCommands commands, AcsOptions options)
    {
        var line = new AcsLine("azure", options, commands, _azure.Keys, _clock, TimeProvider.System, _log);
        var host = await WebHost.StartAsync(line.Map);
        _azure.Line = host.Address;
        _open.Add(host);
        _open.Add(line);
        return line;
    }

    private async Task<(AgentEnd Agent, AzureCall Call)> CallAsync(IAcsCommands commands)
    {
        var options = FakeAzure.Options;
        options.TransferTo = "+442079460002";
        var line = await OpenAsync(commands, options);
        var call = await _azure.RingAsync();
        _open.Add(call);
        var legs = line.AcceptAsync(CancellationToken.None).GetAsyncEnumerator();
        (await AgentEnd.Within(legs.MoveNextAsync().AsTask())).ShouldBeTrue();
        var agent = new AgentEnd(legs.Current);
        _open.Add(agent);
        await agent.Leg.AnswerAsync(CancellationToken.None);
        (await agent.NextAsync()).ShouldBeOfType<LineOpened>();
        return (agent, call);
    }

    private static string Lower(JsonElement text) => text.GetString()!.ToLowerInvariant();
}

/// <summary>Keeps what was asked; says yes to all of it, or no.</summary>
#pragma warning disable CA1852 // A proxy is a class derived from this one, made at run time.
internal class Recorder : DispatchProxy
#pragma warning restore CA1852
{
    public static readonly IEqualityComparer<(string Name, object?[] Arguments)> Same =
        EqualityComparer<(string Name, object?[] Arguments)>.Create((a, b) => a.Name == b.Name && a.Arguments.SequenceEqual(b.Arguments), _ => 0);

    public List<(string Name, object?[] Arguments)> Asked { get; } = [];

    public AcsRefusedException? Refusal { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (Refusal is not null) return Task.FromException(Refusal);
        Asked.Add((targetMethod!.Name, [.. args!.Where(a => a is not CancellationToken)]));
        if (targetMethod.ReturnType == typeof(Task<AcsConnection>)) return Task.FromResult(new AcsConnection("id", Pii.Of("server")));
        return targetMethod.ReturnType == typeof(Task<string>) ? Task.FromResult("id") : Task.CompletedTask;
    }
}
