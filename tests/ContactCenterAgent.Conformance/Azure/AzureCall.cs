using ContactCenterAgent.Abstractions;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using ContactCenterAgent.Conformance.WebSockets;

namespace ContactCenterAgent.Conformance.Azure;

/// <summary>One call at Azure: its callbacks and its media socket.</summary>
internal sealed class AzureCall(FakeAzure azure, string correlation, int sampleRate) : IFarEnd
{
    private readonly TaskCompletionSource<WebCaller?> _media = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _path = "";

    public string Context { get; } = Guid.NewGuid().ToString("n");

    public string Connection { get; } = Guid.NewGuid().ToString();

    public AcsAnswer? Answer { get; private set; }

    /// <summary>What was told in callbacks, as it was posted.</summary>
    public List<string> Callbacks { get; } = [];

    /// <summary>What was sent on the media socket.</summary>
    public List<string> Frames { get; } = [];

    public object Incoming => new
    {
        id = Guid.NewGuid().ToString(),
        topic = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Communication/CommunicationServices/c",
        subject = "/caller/4:+442079460000/recipient/4:+442079460001",
        eventType = "Microsoft.Communication.IncomingCall",
        data = new
        {
            to = new { kind = "phoneNumber", rawId = "4:+442079460001", phoneNumber = new { value = "+442079460001" } },
            from = new { kind = "phoneNumber", rawId = "4:+442079460000", phoneNumber = new { value = "+442079460000" } },
            serverCallId = "c2VydmVy",
            callerDisplayName = "",
            incomingCallContext = Context,
            correlationId = correlation,
        },
        dataVersion = "1.0",
        metadataVersion = "1",
        eventTime = "2026-01-05T10:00:00Z",
    };

    public async Task AnsweredAsync(AcsAnswer answer)
    {
        Answer = answer;
        _path = answer.Callback.AbsolutePath;
        answer.Callback.Scheme.ShouldBe("https");
        answer.Media!.Scheme.ShouldBe("wss");
        await TellAsync("ParticipantsUpdated");
        await TellAsync("CallConnected", id: "connected");
        await TellAsync("CallConnected", id: "connected");
        _media.TrySetResult(await OpenMediaAsync());
    }

    public void Rejected() => _media.TrySetResult(null);

    public async Task<WebCaller> OpenMediaAsync(string? token = null)
    {
        var socket = await WebCaller.ConnectAsync(new UriBuilder(new Uri(azure.Line!, Answer!.Media!.AbsolutePath)) { Scheme = "ws" }.Uri, ("Authorization", "Bearer " + (token ?? azure.Issuer.Token())));
        if (socket.Status == 101)
            await SendAsync(socket, new { kind = "AudioMetadata", audioMetadata = new { subscriptionId = "s", encoding = "PCM", sampleRate, channels = 1, length = sampleRate / 50 * 2 } });
        return socket;
    }

    public async Task TellAsync(string type, int code = 200, int subCode = 0, string? id = null)
    {
        var happened = new
        {
            id = id ?? Guid.NewGuid().ToString(),
            source = "calling/callConnections/" + Connection,
            type = "Microsoft.Communication." + type,
            specversion = "1.0",
            datacontenttype = "application/json",
            data = Particulars(type, new(StringComparer.Ordinal)
            {
                ["callConnectionId"] = Connection,
                ["serverCallId"] = "c2VydmVy",
                ["correlationId"] = correlation,
                ["resultInformation"] = new { code, subCode, message = "" },
            }),
        };
        Callbacks.Add(JsonSerializer.Serialize(new[] { happened }));
        using var answer = await azure.PostAsync(_path, new[] { happened }, azure.Issuer.Token());
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public async Task SpeakAsync(ReadOnlyMemory<short> samples)
    {
        var size = sampleRate / 50;
        for (var at = 0; at < samples.Length; at += size) await SendAsync(new { kind = "AudioData", audioData = new { timestamp = "2026-01-05T10:00:00Z", data = Base64(samples.Span.Slice(at, size)), silent = false } });
    }

    public async Task SendAsync<T>(T message) => await SendAsync((await MediaAsync())!, message);

    public Task PressAsync(char key) => SendAsync(new { kind = "DtmfData", dtmfData = new { data = $"{key}" } });

    public Task SpoilAsync() => SendAsync(new { kind = "AudioData", audioData = new { timestamp = "2026-01-05T10:00:00Z", data = Base64(new short[100]), silent = false } });

    /// <summary>What was sent on the socket is read before the callback tells the end: they are two connections.</summary>
    public async Task HangUpAsync()
    {
        var media = (await MediaAsync())!;
        await media.CloseAsync();
        while (await media.ReadAsync() is not null)
        {
        }

        await TellAsync("CallDisconnected", 200, 5_001);
    }

    public void Break() => _media.Task.Result!.Break();

    public async Task<FarEvent> NextAsync()
    {
        if (await MediaAsync() is not { } media) return new FarEvent.Closed();
        while (await media.ReadAsync() is var (_, bytes))
        {
            using var json = JsonDocument.Parse(bytes);
            switch (json.RootElement.GetProperty("Kind").GetString())
            {
                case "AudioData":
                    return new FarEvent.Sound(MemoryMarshal.Cast<byte, short>(Convert.FromBase64String(json.RootElement.GetProperty("AudioData").GetProperty("Data").GetString()!)).ToArray());
                case "StopAudio":
                    json.RootElement.GetProperty("StopAudio").ValueKind.ShouldBe(JsonValueKind.Object);
                    return new FarEvent.Cleared();
            }
        }

        return new FarEvent.Closed();
    }

    public async ValueTask DisposeAsync()
    {
        if (_media.Task.IsCompleted && await _media.Task is { } media) media.Dispose();
    }

    private Task<WebCaller?> MediaAsync() => _media.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

    private static Dictionary<string, object> Particulars(string type, Dictionary<string, object> fields)
    {
        var caller = new { kind = "phoneNumber", rawId = "4:+442079460000", phoneNumber = new { value = "+442079460000" } };
        if (type == "ParticipantsUpdated") (fields["participants"], fields["sequenceNumber"]) = (new[] { new { identifier = caller, isMuted = false, isOnHold = false } }, 1);
        if (type == "CallTransferAccepted") (fields["transferee"], fields["transferTarget"]) = (caller, new { kind = "phoneNumber", rawId = "4:+442079460002", phoneNumber = new { value = "+442079460002" } });
        return fields;
    }

    private Task SendAsync<T>(WebCaller socket, T message)
    {
        Frames.Add(JsonSerializer.Serialize(message));
        return socket.SendAsync(message);
    }

    private static string Base64(ReadOnlySpan<short> samples) => Convert.ToBase64String(MemoryMarshal.AsBytes(samples));
}
