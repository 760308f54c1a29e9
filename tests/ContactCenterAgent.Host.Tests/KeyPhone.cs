using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ContactCenterAgent.Host.Tests;

/// <summary>A caller with a SIP phone: dials, listens until a prompt is over, presses keys, hangs up. It says a frame for every frame that it hears.</summary>
internal sealed class KeyPhone : IAsyncDisposable
{
    private const byte Silence = 0xFF;
    private const int QuietFrames = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly UdpClient _signals = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _sound = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly IPEndPoint _host;
    private readonly string _number;
    private readonly string _id = Guid.NewGuid().ToString("n");
    private readonly CancellationTokenSource _over = new(Patience, TimeProvider.System);
    private readonly SemaphoreSlim _prompts = new(0);
    private string _to = "<sip:agent@127.0.0.1>";
    private string _target;
    private Task _listening = Task.CompletedTask;
    private int _cseq;

    public KeyPhone(IPEndPoint host, string number) => (_host, _number, _target) = (host, number, $"sip:agent@{host}");

    public async Task DialAsync()
    {
        var answer = await AskAsync("INVITE", "application/sdp", $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {Port(_sound)} RTP/AVP 0\r\n");
        answer.ShouldStartWith("SIP/2.0 200");
        (_to, _target) = (Header(answer, "To"), Header(answer, "Contact").Trim('<', '>'));
        await SendAsync("ACK", "", "");
        _listening = ListenAsync();
    }

    /// <summary>Waits until the agent has said something and is quiet again.</summary>
    public Task HearAsync() => _prompts.WaitAsync(_over.Token);

    public async Task PressAsync(string keys)
    {
        foreach (var key in keys) (await AskAsync("INFO", "application/dtmf-relay", $"Signal={key}\r\nDuration=160\r\n")).ShouldStartWith("SIP/2.0 200");
    }

    public async Task HangUpAsync() => (await AskAsync("BYE", "", "")).ShouldStartWith("SIP/2.0 200");

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _listening;
        _signals.Dispose();
        _sound.Dispose();
        _over.Dispose();
        _prompts.Dispose();
    }

    private static int Port(UdpClient client) => ((IPEndPoint)client.Client.LocalEndPoint!).Port;

    private static string Header(string message, string name) => message.Split("\r\n").First(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];

    private async Task ListenAsync()
    {
        var (sounding, quiet) = (false, 0);
        ushort sequence = 0;
        try
        {
            while (true)
            {
                var packet = await _sound.ReceiveAsync(_over.Token);
                quiet = packet.Buffer.AsSpan(12).ContainsAnyExcept(Silence) ? 0 : quiet + 1;
                sounding |= quiet == 0;
                if (sounding && quiet == QuietFrames)
                {
                    sounding = false;
                    _prompts.Release();
                }

                byte[] voice = [0x80, 0, (byte)(sequence >> 8), (byte)sequence, .. BitConverter.GetBytes(IPAddress.HostToNetworkOrder(sequence * 160)), 1, 2, 3, 4, .. Enumerable.Repeat((byte)0x90, 160)];
                sequence++;
                await _sound.SendAsync(voice, packet.RemoteEndPoint, _over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The phone is put away.
        }
    }

    private async Task<string> AskAsync(string method, string type, string body)
    {
        await SendAsync(method, type, body);
        while (true)
        {
            var text = Encoding.ASCII.GetString((await _signals.ReceiveAsync(_over.Token)).Buffer);
            if (!text.StartsWith("SIP/2.0 1", StringComparison.Ordinal) && text.StartsWith("SIP/2.0", StringComparison.Ordinal) && Header(text, "CSeq") == $"{_cseq} {method}") return text;
        }
    }

    private async Task SendAsync(string method, string type, string body)
    {
        if (method != "ACK") _cseq++;
        var text = $"{method} {_target} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{Port(_signals)};branch=z9hG4bK{_id}{_cseq}{method};rport\r\nFrom: <sip:{_number}@127.0.0.1>;tag=phone\r\n" +
            $"To: {_to}\r\nCall-ID: {_id}\r\nCSeq: {_cseq} {method}\r\nContact: <sip:phone@127.0.0.1:{Port(_signals)}>\r\nMax-Forwards: 70\r\n{(type.Length == 0 ? "" : $"Content-Type: {type}\r\n")}Content-Length: {body.Length}\r\n\r\n{body}";
        await _signals.SendAsync(Encoding.ASCII.GetBytes(text), _host, _over.Token);
    }
}
