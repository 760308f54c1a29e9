using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace ContactCenterAgent.Transports.Acs.Tests;

/// <summary>
/// The REST side of Azure Communication Services, Call Automation, from its documentation (REST reference, "Call Automation"; "Sign an HTTP request with HMAC"). Strict: a field that it does not know,
/// a signature that does not fit or a missing repeatability header is refused, and told in <see cref="Faults"/>.
/// </summary>
/// <param name="commands">Gets each command as it was understood.</param>
/// <param name="key">The resource's access key.</param>
internal sealed class AzureRest(IAcsCommands commands, byte[] key)
{
    private static readonly string[] Repeatable = [":answer", ":reject", ":terminate", ":transferToParticipant", "participants:add", ":sendDtmfTones", "/recordings"];
    private static readonly Dictionary<string, char> Tones = new(StringComparer.Ordinal)
    {
        ["zero"] = '0',
        ["one"] = '1',
        ["two"] = '2',
        ["three"] = '3',
        ["four"] = '4',
        ["five"] = '5',
        ["six"] = '6',
        ["seven"] = '7',
        ["eight"] = '8',
        ["nine"] = '9',
        ["asterisk"] = '*',
        ["pound"] = '#',
        ["a"] = 'A',
        ["b"] = 'B',
        ["c"] = 'C',
        ["d"] = 'D',
    };

    public List<string> Faults { get; } = [];

    public void Map(IEndpointRouteBuilder routes) => routes.Map("/calling/{**path}", ServeAsync);

    private async Task ServeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = 65_536;
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        try
        {
            Check(context.Request, text);
            var body = text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
            var (status, answer) = await TakeAsync($"{context.Request.Method} {context.Request.RouteValues["path"]}", body);
            if (body.Count > 0) throw new NotUnderstoodException($"{context.Request.RouteValues["path"]}: {body.ToJsonString()}");
            await WriteAsync(context, status, answer);
        }
        catch (NotUnderstoodException bad)
        {
            Faults.Add(bad.Message);
            await WriteAsync(context, bad.Status, new { error = new { code = "BadRequest", message = bad.Message } });
        }
        catch (AcsRefusedException refused)
        {
            await WriteAsync(context, refused.Status, new { error = new { code = refused.Code, message = "" } });
        }
    }

    private void Check(HttpRequest request, string body)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var signed = $"{request.Method}\n{request.Path.ToUriComponent()}{request.QueryString}\n{request.Headers["x-ms-date"]};{request.Host};{hash}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
        if (request.Headers["x-ms-content-sha256"] != hash || request.Headers.Authorization != $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}")
            throw new NotUnderstoodException("signature") { Status = StatusCodes.Status401Unauthorized };
        if (request.Query["api-version"].Count != 1) throw new NotUnderstoodException("api-version");
        if (request.Method != "POST" || !Repeatable.Any(r => request.Path.Value!.EndsWith(r, StringComparison.Ordinal))) return;
        if (!Guid.TryParse(request.Headers["repeatability-request-id"], out _) || !request.Headers.ContainsKey("repeatability-first-sent")) throw new NotUnderstoodException("repeatability");
    }

    /// <summary>Takes from the body what it understands; what is left is too much.</summary>
    private async Task<(int Status, object? Answer)> TakeAsync(string what, JsonObject body)
    {
        if (what == "POST callConnections:answer")
        {
            var connection = await commands.AnswerAsync(Answer(body), CancellationToken.None);
            return (200, new { callConnectionId = connection.Connection, serverCallId = connection.ServerCall.Value, callConnectionState = "connecting", targets = Array.Empty<object>() });
        }

        if (what == "POST callConnections:reject")
        {
            Expect(body, "callRejectReason", "busy");
            await commands.RejectAsync(Pii.Of(Text(body, "incomingCallContext")!), CancellationToken.None);
            return (204, null);
        }

        if (what == "POST recordings") return (200, new { recordingId = await RecordAsync(body), recordingState = "active", recordingKind = "azureCommunicationServices" });
        var parts = what.Split(' ', '/', ':');
        return parts[1] == "recordings" ? await TakeRecordingAsync(parts) : await TakeConnectionAsync(what, parts[2], body);
    }

    private async Task<(int Status, object? Answer)> TakeRecordingAsync(string[] parts)
    {
        switch (parts)
        {
            case ["DELETE", _, var recording]:
                await commands.StopRecordingAsync(recording, CancellationToken.None);
                return (204, null);
            case ["POST", _, var recording, "pause"]:
                await commands.PauseRecordingAsync(recording, CancellationToken.None);
                return (202, null);
            case ["POST", _, var recording, "resume"]:
                await commands.ResumeRecordingAsync(recording, CancellationToken.None);
                return (202, null);
            default:
                throw new NotUnderstoodException(string.Join('/', parts)) { Status = 404 };
        }
    }

    private async Task<(int Status, object? Answer)> TakeConnectionAsync(string what, string connection, JsonObject body)
    {
        switch (what.Replace(connection, "ID", StringComparison.Ordinal))
        {
            case "DELETE callConnections/ID":
                await commands.HangUpAsync(connection, forEveryone: false, CancellationToken.None);
                return (204, null);
            case "POST callConnections/ID:terminate":
                await commands.HangUpAsync(connection, forEveryone: true, CancellationToken.None);
                return (204, null);
            case "POST callConnections/ID:transferToParticipant":
                await commands.TransferAsync(connection, Invitation(body, "targetParticipant"), CancellationToken.None);
                return (202, new { operationContext = "" });
            case "POST callConnections/ID/participants:add":
                return (202, new { invitationId = await commands.AddAsync(connection, Invitation(body, "participantToAdd"), CancellationToken.None), participant = new { } });
            case "POST callConnections/ID:play":
                await commands.PlayAsync(connection, Played(body), CancellationToken.None);
                return (202, null);
            case "POST callConnections/ID:cancelAllMediaOperations":
                await commands.CancelMediaAsync(connection, CancellationToken.None);
                return (202, null);
            case "POST callConnections/ID:startContinuousDtmfRecognition":
                await commands.ListenForDigitsAsync(connection, Party(body, "targetParticipant"), on: true, CancellationToken.None);
                return (200, null);
            case "POST callConnections/ID:stopContinuousDtmfRecognition":
                await commands.ListenForDigitsAsync(connection, Party(body, "targetParticipant"), on: false, CancellationToken.None);
                return (200, null);
            case "POST callConnections/ID:sendDtmfTones":
                var digits = string.Concat(Take(body, "tones")!.AsArray().Select(t => Tones[t!.GetValue<string>()]));
                await commands.SendDigitsAsync(connection, Party(body, "targetParticipant"), digits, Text(body, "operationContext"), CancellationToken.None);
                return (202, new { operationContext = "" });
            case "POST callConnections/ID:hold":
                var music = Take(body, "playSourceInfo") is JsonObject source ? Sound(source) with { Context = Text(body, "operationContext") } : null;
                await commands.HoldAsync(connection, Party(body, "targetParticipant"), music, CancellationToken.None);
                return (200, null);
            case "POST callConnections/ID:unhold":
                await commands.UnholdAsync(connection, Party(body, "targetParticipant"), CancellationToken.None);
                return (200, null);
            default:
                throw new NotUnderstoodException(what) { Status = 404 };
        }
    }

    private static AcsAnswer Answer(JsonObject body)
    {
        var answer = new AcsAnswer(Pii.Of(Text(body, "incomingCallContext")!), new(Text(body, "callbackUri")!)) { Context = Text(body, "operationContext") };
        if (Take(body, "callIntelligenceOptions") is JsonObject intelligence)
        {
            answer = answer with { Intelligence = new(Text(intelligence, "cognitiveServicesEndpoint")!) };
            Empty(intelligence);
        }

        if (Take(body, "mediaStreamingOptions") is JsonObject media)
        {
            Expect(media, "transportType", "websocket");
            Expect(media, "contentType", "audio");
            Expect(media, "audioChannelType", "unmixed");
            answer = answer with { Media = new(Text(media, "transportUrl")!), SampleRate = Text(media, "audioFormat") == "pcm24KMono" ? 24_000 : 16_000, MediaDigits = Is(media, "enableDtmfTones") };
            if (!Is(media, "startMediaStreaming") || !Is(media, "enableBidirectional")) throw new NotUnderstoodException("media one way, or not at once");
            Empty(media);
        }

        if (Take(body, "transcriptionOptions") is not JsonObject words) return answer;
        Expect(words, "transportType", "websocket");
        answer = answer with { Transcription = new(Text(words, "transportUrl")!), Locale = Text(words, "locale")! };
        if (!Is(words, "startTranscription") || !Is(words, "enableIntermediateResults")) throw new NotUnderstoodException("no intermediate results, or not at once");
        Empty(words);
        return answer;
    }

    private async Task<string> RecordAsync(JsonObject body)
    {
        Expect(body, "recordingContentType", "audio");
        Expect(body, "recordingChannelType", "unmixed");
        Expect(body, "recordingFormatType", "wav");
        var call = Take(body, "callLocator")!.AsObject();
        Expect(call, "kind", "serverCallLocator");
        var server = Pii.Of(Text(call, "serverCallId")!);
        Empty(call);
        return await commands.StartRecordingAsync(server, Is(body, "pauseOnStart"), CancellationToken.None);
    }

    private static AcsSound Played(JsonObject body)
    {
        var sources = Take(body, "playSources")!.AsArray();
        if (sources.Count != 1 || Take(body, "playTo") is not JsonArray { Count: 0 }) throw new NotUnderstoodException("play: one source, to all");
        var options = Take(body, "playOptions")!.AsObject();
        var sound = Sound(sources[0]!.AsObject()) with { Loop = Is(options, "loop"), Interrupts = Is(body, "interruptCallMediaOperation"), Context = Text(body, "operationContext") };
        Empty(options);
        return sound;
    }

    private static AcsSound Sound(JsonObject source)
    {
        var kind = Text(source, "kind")!;
        var inner = Take(source, kind)!.AsObject();
        var sound = kind switch
        {
            "file" => new AcsSound { File = new(Text(inner, "uri")!) },
            "text" => new() { Text = Pii.Of(Text(inner, "text")!), Voice = Text(inner, "voiceName")! },
            "ssml" => new() { Ssml = Pii.Of(Text(inner, "ssmlText")!) },
            _ => throw new NotUnderstoodException(kind),
        };
        Empty(inner);
        Empty(source);
        return sound;
    }

    private static AcsInvitation Invitation(JsonObject body, string name)
    {
        var callerId = Take(body, "sourceCallerIdNumber") is JsonObject number ? Text(number, "value") : null;
        if (Take(body, "customCallingContext") is JsonObject custom && custom.Any(c => c.Value is not JsonObject { Count: 0 })) throw new NotUnderstoodException("custom context");
        var ring = Take(body, "invitationTimeoutInSeconds")?.GetValue<int>();
        return new(Party(body, name), callerId, Text(body, "operationContext"), ring is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    /// <summary>A telephone number comes with or without its raw id.</summary>
    private static AcsParty Party(JsonObject body, string name)
    {
        var party = Take(body, name)!.AsObject();
        var (kind, raw) = (Text(party, "kind"), Text(party, "rawId"));
        var phone = Take(party, "phoneNumber") is JsonObject number ? Text(number, "value") : null;
        var user = Take(party, "communicationUser") is JsonObject one ? Text(one, "id") : null;
        Empty(party);
        if (kind is not (null or "phoneNumber" or "communicationUser")) throw new NotUnderstoodException(kind);
        return phone is not null ? AcsParty.Phone(phone) : new(Pii.Of(user ?? raw ?? throw new NotUnderstoodException(name)));
    }

    private static JsonNode? Take(JsonObject from, string name) => from.Remove(name, out var node) ? node : null;

    private static string? Text(JsonObject from, string name) => Take(from, name)?.GetValue<string>();

    private static bool Is(JsonObject from, string name) => Take(from, name)?.GetValue<bool>() ?? false;

    private static void Expect(JsonObject from, string name, string value)
    {
        if (Text(from, name) is var found && found != value) throw new NotUnderstoodException($"{name} is {found}");
    }

    private static void Empty(JsonObject rest)
    {
        if (rest.Count > 0) throw new NotUnderstoodException(rest.ToJsonString());
    }

    private static async Task WriteAsync(HttpContext context, int status, object? answer)
    {
        context.Response.StatusCode = status;
        if (answer is null) return;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer), CancellationToken.None);
    }

    private sealed class NotUnderstoodException(string what) : Exception(what)
    {
        public int Status { get; init; } = StatusCodes.Status400BadRequest;
    }
}
