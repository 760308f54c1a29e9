using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Transports.WebSocket.Twilio;

/// <summary>
/// Puts callers through: Twilio is asked to dial instead of streaming (Twilio documentation, "Call resource", Update; "TwiML Voice: Dial"; "TwiML Voice: Number"), and tells what becomes of it. The
/// stream ends meanwhile; a caller whom nobody answered comes back on another one.
/// </summary>
internal sealed class TwilioTransfers(TwilioOptions options, HttpClient http)
{
    /// <summary>Path of what Twilio tells when a person has answered, below the webhook's.</summary>
    public const string AnsweredPath = "/answered";

    /// <summary>Path of what Twilio asks when the ringing or the talk is over, below the webhook's.</summary>
    public const string DialledPath = "/dialled";

    /// <summary>What Twilio may take beside the ringing itself.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, TwilioPeer> _away = new(StringComparer.Ordinal);

    /// <summary>Whether there is a way.</summary>
    public bool IsPossible => options.TransferTo.Length > 0;

    /// <summary>How long a caller may be away; one who hung up meanwhile is told by nobody.</summary>
    public TimeSpan AwayMax => options.RingMax + Slack;

    /// <summary>Asks. From then on the caller is away.</summary>
    /// <returns>Null: accepted. Else what was wrong, in one word.</returns>
    public async Task<string?> AskAsync(string call, TwilioPeer peer, CancellationToken cancellationToken)
    {
        _away[call] = peer;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{options.ApiUrl}/2010-04-01/Accounts/{options.AccountSid}/Calls/{call}.json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.AccountSid}:{options.AuthToken}")));
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("Twiml", Dial())]);
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            if (answer.IsSuccessStatusCode) return null;
            Forget(call);
            return string.Create(CultureInfo.InvariantCulture, $"status_{(int)answer.StatusCode}");
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Forget(call);
            return "unreachable";
        }
    }

    /// <summary>The caller who is away; null = there is none of that id.</summary>
    public TwilioPeer? Find(string call) => _away.GetValueOrDefault(call);

    /// <summary>The caller is away no longer.</summary>
    public void Forget(string call) => _away.TryRemove(call, out _);

    /// <summary>What a dialling came to.</summary>
    /// <param name="status">Twilio's <c>DialCallStatus</c>.</param>
    public static TransferOutcome Outcome(string status) => status switch
    {
        "completed" or "answered" => TransferOutcome.Answered,
        "busy" => TransferOutcome.Declined,
        "no-answer" or "canceled" => TransferOutcome.NoAnswer,
        _ => TransferOutcome.Failed,
    };

    private string Dial()
    {
        var number = new XElement("Number", new XAttribute("statusCallback", options.PublicUrl + options.Path + AnsweredPath), new XAttribute("statusCallbackEvent", "answered"), options.TransferTo);
        var dial = new XElement("Dial", new XAttribute("action", options.PublicUrl + options.Path + DialledPath), new XAttribute("timeout", (int)options.RingMax.TotalSeconds), number);
        if (options.TransferFrom.Length > 0) dial.Add(new XAttribute("callerId", options.TransferFrom));
        return new XElement("Response", dial).ToString(SaveOptions.DisableFormatting);
    }
}
