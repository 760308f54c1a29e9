using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ContactCenterAgent.AudioLoop.Tests.Phones;

/// <summary>A phone's signalling: one call over UDP, written by hand, so that the line is not tested against itself.</summary>
internal sealed class SipDialog : IAsyncDisposable
{
    private const int AnswerMax = 2_048;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly string _id = Guid.NewGuid().ToString("n");
    private readonly TaskCompletionSource<string> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IPEndPoint _line;
    private readonly string _from;
    private string _to;
    private string _target;
    private Task _listening = Task.CompletedTask;

    private SipDialog(IPEndPoint line, string number)
    {
        _line = line;
        _target = $"sip:agent@{line}";
        (_from, _to) = ($"<sip:{number}@127.0.0.1>;tag={_id[..8]}", $"<{_target}>");
    }

    private int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    /// <summary>The other side has hung up.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Calls, and gives the port that the other side wants sound on.</summary>
    public static async Task<(SipDialog Dialog, IPEndPoint Sound)> CallAsync(IPEndPoint line, string number, int rtpPort)
    {
        var dialog = new SipDialog(line, number);
        dialog._listening = dialog.ListenAsync();
        var offer = $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {rtpPort} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=ptime:20\r\n";
        await dialog.SendAsync("INVITE", 1, offer);
        var answer = await dialog._answered.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        return (dialog, new(IPAddress.Loopback, SoundPort(answer)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_answered.Task.IsCompletedSuccessfully && !_ended.Task.IsCompleted)
        {
            await SendAsync("BYE", 2, "");
            await _ended.Task.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _socket.Dispose();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            var message = Encoding.UTF8.GetString((await _socket.ReceiveAsync()).Buffer.AsSpan() is { Length: <= AnswerMax } bytes ? bytes : []);
            if (message.StartsWith("SIP/2.0 2", StringComparison.Ordinal)) await AcceptAsync(message);
            else if (message.StartsWith("SIP/2.0 ", StringComparison.Ordinal) && message[8] >= '3') _answered.TrySetException(new InvalidOperationException(message));
            else if (!message.StartsWith("SIP/2.0 ", StringComparison.Ordinal) && !message.StartsWith("ACK ", StringComparison.Ordinal)) await ReplyAsync(message);
        }
    }

    private async Task AcceptAsync(string message)
    {
        if (Header(message, "CSeq").EndsWith("BYE", StringComparison.Ordinal))
        {
            _ended.TrySetResult();
            return;
        }

        _to = Header(message, "To");
        _target = Header(message, "Contact").Split('<', '>')[1];
        await SendAsync("ACK", 1, "");
        _answered.TrySetResult(message);
    }

    private async Task ReplyAsync(string request)
    {
        var reply = new StringBuilder("SIP/2.0 200 OK\r\n");
        foreach (var name in (string[])["Via", "From", "To", "Call-ID", "CSeq"]) reply.Append($"{name}: {Header(request, name)}\r\n");
        await _socket.SendAsync(Encoding.UTF8.GetBytes(reply.Append("Content-Length: 0\r\n\r\n").ToString()), _line);
        if (request.StartsWith("BYE ", StringComparison.Ordinal)) _ended.TrySetResult();
    }

    private async Task SendAsync(string method, int number, string body)
    {
        var request = $"{method} {_target} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{Port};rport;branch=z9hG4bK{_id}{method}\r\nMax-Forwards: 70\r\nFrom: {_from}\r\nTo: {_to}\r\n"
            + $"Call-ID: {_id}\r\nCSeq: {number} {method}\r\nContact: <sip:caller@127.0.0.1:{Port}>\r\n"
            + (body.Length > 0 ? "Content-Type: application/sdp\r\n" : "") + $"Content-Length: {body.Length}\r\n\r\n{body}";
        await _socket.SendAsync(Encoding.UTF8.GetBytes(request), _line);
    }

    private static string Header(string message, string name) =>
        message.Split("\r\n").First(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    private static int SoundPort(string answer) =>
        int.Parse(answer.Split("\r\n").First(line => line.StartsWith("m=audio ", StringComparison.Ordinal)).Split(' ')[1], null);
}
