using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance.Npm;
using ContactCenterAgent.Core;

namespace ContactCenterAgent.Transports.Acs.Tests;

/// <summary>The commands through Microsoft's own Call Automation library for Node, over HTTP. Knows no paths and no bodies: those are the library's.</summary>
internal sealed class MicrosoftClient : IAcsCommands, IAsyncDisposable
{
    private static readonly Dictionary<char, string> Tones = new()
    {
        ['0'] = "zero",
        ['1'] = "one",
        ['2'] = "two",
        ['3'] = "three",
        ['4'] = "four",
        ['5'] = "five",
        ['6'] = "six",
        ['7'] = "seven",
        ['8'] = "eight",
        ['9'] = "nine",
        ['*'] = "asterisk",
        ['#'] = "pound",
        ['A'] = "a",
        ['B'] = "b",
        ['C'] = "c",
        ['D'] = "d",
    };

    private MicrosoftClient(NodeProgram node) => Node = node;

    public NodeProgram Node { get; }

    public static async Task<MicrosoftClient> ConnectAsync(Uri endpoint, byte[] key)
    {
        var client = new MicrosoftClient(NodeProgram.Start("azure.cjs"));
        await client.Node.AskAsync("connect", new { connectionString = $"endpoint={endpoint};accesskey={Convert.ToBase64String(key)}" });
        return client;
    }

    public async Task<AcsConnection> AnswerAsync(AcsAnswer answer, CancellationToken cancellationToken)
    {
        var connection = await AskAsync("answer", new
        {
            incomingCallContext = answer.IncomingCallContext.Value,
            callback = answer.Callback,
            media = answer.Media,
            sampleRate = answer.SampleRate,
            mediaDigits = answer.MediaDigits,
            transcription = answer.Transcription,
            locale = answer.Locale,
            intelligence = answer.Intelligence,
            context = answer.Context,
        });
        return new(connection.GetProperty("connection").GetString()!, Pii.Of(connection.GetProperty("serverCall").GetString()!));
    }

    public Task RejectAsync(Pii<string> incomingCallContext, CancellationToken cancellationToken) => AskAsync("reject", new { incomingCallContext = incomingCallContext.Value });

    public Task PlayAsync(string connection, AcsSound sound, CancellationToken cancellationToken) => AskAsync("play", new { connection, sound = Of(sound) });

    public Task CancelMediaAsync(string connection, CancellationToken cancellationToken) => AskAsync("cancelMedia", new { connection });

    public Task ListenForDigitsAsync(string connection, AcsParty of, bool on, CancellationToken cancellationToken) => AskAsync("listen", new { connection, party = of.RawId.Value, on });

    public Task SendDigitsAsync(string connection, AcsParty to, string digits, string? context, CancellationToken cancellationToken) =>
        AskAsync("sendDigits", new { connection, party = to.RawId.Value, tones = digits.Select(d => Tones[d]), context });

    public Task HoldAsync(string connection, AcsParty party, AcsSound? music, CancellationToken cancellationToken) =>
        AskAsync("hold", new { connection, party = party.RawId.Value, sound = music is null ? null : Of(music) });

    public Task UnholdAsync(string connection, AcsParty party, CancellationToken cancellationToken) => AskAsync("unhold", new { connection, party = party.RawId.Value });

    public Task TransferAsync(string connection, AcsInvitation to, CancellationToken cancellationToken) =>
        AskAsync("transfer", new { connection, party = to.Target.RawId.Value, callerId = to.CallerId, context = to.Context });

    public async Task<string> AddAsync(string connection, AcsInvitation who, CancellationToken cancellationToken) =>
        (await AskAsync("add", new { connection, party = who.Target.RawId.Value, callerId = who.CallerId, context = who.Context, ringMax = who.RingMax?.TotalSeconds })).GetString()!;

    public async Task<string> StartRecordingAsync(Pii<string> serverCall, bool paused, CancellationToken cancellationToken) =>
        (await AskAsync("startRecording", new { serverCall = serverCall.Value, paused })).GetString()!;

    public Task PauseRecordingAsync(string recording, CancellationToken cancellationToken) => AskAsync("pauseRecording", new { recording });

    public Task ResumeRecordingAsync(string recording, CancellationToken cancellationToken) => AskAsync("resumeRecording", new { recording });

    public Task StopRecordingAsync(string recording, CancellationToken cancellationToken) => AskAsync("stopRecording", new { recording });

    public Task HangUpAsync(string connection, bool forEveryone, CancellationToken cancellationToken) => AskAsync("hangUp", new { connection, forEveryone });

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    private static object Of(AcsSound sound) => new { file = sound.File, text = sound.Text?.Value, ssml = sound.Ssml?.Value, voice = sound.Voice, loop = sound.Loop, interrupts = sound.Interrupts, context = sound.Context };

    private async Task<JsonElement> AskAsync(string ask, object arguments)
    {
        try
        {
            return await Node.AskAsync(ask, arguments);
        }
        catch (NodeFaultException refused) when (refused.Status > 0)
        {
            throw new AcsRefusedException(refused.Status, refused.Code);
        }
    }
}
