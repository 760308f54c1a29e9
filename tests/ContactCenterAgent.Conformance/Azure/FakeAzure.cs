using ContactCenterAgent.Abstractions;
using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Core;
using ContactCenterAgent.Transports.Acs;

namespace ContactCenterAgent.Conformance.Azure;

/// <summary>Azure Communication Services as far as its documents describe it: rings at the webhook, takes commands, calls back, opens the media socket.</summary>
internal sealed class FakeAzure : IAcsCommands, IDisposable
{
    public const string Secret = "a secret of Event Grid";

    private readonly ConcurrentDictionary<string, AzureCall> _calls = new(StringComparer.Ordinal);
    private readonly HttpClient _http = new();
    private readonly TaskCompletionSource _transferred = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeAzure() => Keys = new(Issuer);

    public Issuer Issuer { get; } = new();

    /// <summary>What the line fetches keys with.</summary>
    public HttpClient Keys { get; }

    /// <summary>Where the line is.</summary>
    public Uri? Line { get; set; }

    public bool RefusesAnswers { get; set; }

    public List<string> Transfers { get; } = [];

    /// <summary>Complete once a transfer has been asked for.</summary>
    public Task Transferred => _transferred.Task;

    /// <summary>Connections that were ended.</summary>
    public List<string> HangUps { get; } = [];

    public static AcsOptions Options => new() { PublicUrl = "https://calls.example.org", WebhookSecret = Secret, Token = Issuer.Options };

    /// <summary>Rings.</summary>
    public async Task<AzureCall> RingAsync(int sampleRate = 16_000, string? correlation = null)
    {
        var call = new AzureCall(this, correlation ?? Guid.NewGuid().ToString(), sampleRate);
        _calls[call.Context] = call;
        (await PostEventsAsync(new[] { call.Incoming })).ShouldBe(HttpStatusCode.OK);
        return call;
    }

    public async Task<HttpStatusCode> PostEventsAsync(object events, string secret = Secret) => (await PostAsync($"/lines/acs/events?code={Uri.EscapeDataString(secret)}", events, token: null)).StatusCode;

    public async Task<HttpResponseMessage> PostAsync(string path, object events, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Line!, path)) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(events)) };
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        return await _http.SendAsync(request);
    }

    public async Task<AcsConnection> AnswerAsync(AcsAnswer answer, CancellationToken cancellationToken)
    {
        if (RefusesAnswers) throw new HttpRequestException("409");
        var call = _calls[answer.IncomingCallContext.Value];
        await call.AnsweredAsync(answer);
        return new(call.Connection, Pii.Of("server-call"));
    }

    public Task RejectAsync(Pii<string> incomingCallContext, CancellationToken cancellationToken)
    {
        _calls[incomingCallContext.Value].Rejected();
        return Task.CompletedTask;
    }

    public Task PlayAsync(string connection, AcsSound sound, CancellationToken cancellationToken) => throw NotAsked();

    public Task CancelMediaAsync(string connection, CancellationToken cancellationToken) => throw NotAsked();

    public Task ListenForDigitsAsync(string connection, AcsParty of, bool on, CancellationToken cancellationToken) => throw NotAsked();

    public Task SendDigitsAsync(string connection, AcsParty to, string digits, string? context, CancellationToken cancellationToken) => throw NotAsked();

    public Task HoldAsync(string connection, AcsParty party, AcsSound? music, CancellationToken cancellationToken) => throw NotAsked();

    public Task UnholdAsync(string connection, AcsParty party, CancellationToken cancellationToken) => throw NotAsked();

    public Task<string> AddAsync(string connection, AcsInvitation who, CancellationToken cancellationToken) => throw NotAsked();

    public Task<string> StartRecordingAsync(Pii<string> serverCall, bool paused, CancellationToken cancellationToken) => throw NotAsked();

    public Task PauseRecordingAsync(string recording, CancellationToken cancellationToken) => throw NotAsked();

    public Task ResumeRecordingAsync(string recording, CancellationToken cancellationToken) => throw NotAsked();

    public Task StopRecordingAsync(string recording, CancellationToken cancellationToken) => throw NotAsked();

    private static NotSupportedException NotAsked() => new("The line asks for nothing of the kind.");

    public async Task HangUpAsync(string connection, bool forEveryone, CancellationToken cancellationToken)
    {
        HangUps.Add(connection);
        await _calls.Values.Single(c => c.Connection == connection).TellAsync("CallDisconnected", 200, 7_000);
    }

    public Task TransferAsync(string connection, AcsInvitation to, CancellationToken cancellationToken)
    {
        Transfers.Add(to.Target.RawId.Value);
        _transferred.TrySetResult();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _http.Dispose();
        Keys.Dispose();
        Issuer.Dispose();
    }
}
