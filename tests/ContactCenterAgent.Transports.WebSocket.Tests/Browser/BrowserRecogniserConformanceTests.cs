using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Speech.Tests.Conformance;
using ContactCenterAgent.Speech.Tests.Recognisers;
using ContactCenterAgent.Transports.WebSocket.Browser;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Browser;

/// <summary>A page of our own stands for a browser: it sends what it hears to a service, as browsers do, and tells the line what the service understands, or that there is none.</summary>
#pragma warning disable CA1001 // The test's lifetime disposes them.
public sealed class BrowserRecogniserConformanceTests : RecogniserConformance, IAsyncLifetime
#pragma warning restore CA1001
{
    private const string End = "end";

    private readonly MediaClock _clock = new(TimeProvider.System, "test");
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private BrowserLine? _line;
    private WebHost? _host;

    public async Task InitializeAsync()
    {
        _line = new("page", new() { Recogniser = PageRecogniser.Browser }, _clock, TimeProvider.System, new LogLines());
        _host = await WebHost.StartAsync(routes => _line.Map(routes));
    }

    public async Task DisposeAsync()
    {
        await _line!.DisposeAsync();
        await _host!.DisposeAsync();
        _clock.Dispose();
        _oneAtATime.Dispose();
    }

    /// <summary>What is behind a browser: its results come when they change.</summary>
    internal override Task<FakeServer> ServerAsync(Behaviour behaviour) => FakeServer.SocketAsync(async (context, socket) =>
    {
        if (behaviour == Behaviour.Refuses) return;
        var (listener, told) = (new ToneListener(16_000), "");
        for (var pieces = 0; await FakeServer.ReceiveAsync(socket) is { } message; pieces++)
        {
            if (pieces == 10 && behaviour == Behaviour.Leaves) context.Abort();
            if (pieces == 10 && behaviour == Behaviour.Garbles) await FakeServer.SendAsync(socket, """{"type":"words","final":"perhaps"}""");
            if (!message.IsText) listener.Hear(MemoryMarshal.Cast<byte, short>(message.Bytes));
            var final = listener.Words.Count > 0 && (message.IsText || listener.Quiet >= 0.3);
            if (final || listener.Text != told) await FakeServer.SendAsync(socket, $$"""{"type":"words","final":{{(final ? "true" : "false")}},"readings":[{"text":"{{told = listener.Text}}","confidence":0.9}]}""");
            if (final) listener.Words.Clear();
            if (final) told = "";
            if (message.IsText) break;
        }

        await FakeServer.SendAsync(socket, End);
    });

    internal override ISpeechToText Recogniser(FakeServer server) => new PageSpeech(CallAsync, agent => _line!.RecogniserOf(agent.Leg)!, server.Socket);

    /// <summary>One call after the other, so that each page knows its leg.</summary>
    private async Task<(Page Page, AgentEnd Agent)> CallAsync()
    {
        await _oneAtATime.WaitAsync();
        try
        {
            var page = await Page.CallAsync(_host!, _line!.IssueTicket(), words: true);
            await using var legs = _line.AcceptAsync(CancellationToken.None).GetAsyncEnumerator();
            (await legs.MoveNextAsync()).ShouldBeTrue();
            var agent = new AgentEnd(legs.Current);
            await agent.Leg.AnswerAsync(CancellationToken.None);
            (await agent.NextAsync()).ShouldBeOfType<LineOpened>();
            return (page, agent);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>A whole call: the sound goes to the browser's service and on the line, the words come by the line.</summary>
    private sealed class PageSpeech(Func<Task<(Page Page, AgentEnd Agent)>> call, Func<AgentEnd, ISpeechToText> recogniserOf, Uri service) : ISpeechToText
    {
        public int SampleRate => 16_000;

        public async IAsyncEnumerable<CallEvent> RecogniseAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var (page, agent) = await call();
            using var browser = new ClientWebSocket();
            var telling = TellAsync(browser, page);
            try
            {
                await foreach (var heard in recogniserOf(agent).RecogniseAsync(SpeakAsync(audio, browser, telling, page, agent, cancellationToken), cancellationToken)) yield return heard;
            }
            finally
            {
                browser.Abort();
                await telling;
                await agent.DisposeAsync();
                await page.DisposeAsync();
            }
        }

        /// <summary>Tells the line what the service says, until it ends; a service that is not there, or leaves, is a failure of the network.</summary>
        private async Task TellAsync(ClientWebSocket browser, Page page)
        {
            try
            {
                await browser.ConnectAsync(service, CancellationToken.None);
                var buffer = new byte[8_192];
                while (true)
                {
                    var part = await browser.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                    if (part.MessageType == WebSocketMessageType.Close) throw new WebSocketException();
                    if (Encoding.UTF8.GetString(buffer, 0, part.Count) == End) return;
                    await page.Socket.SendTextAsync(buffer[..part.Count]);
                }
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                await SentAsync(() => page.UnableAsync("network"));
            }
        }

        private static async IAsyncEnumerable<ReadOnlyMemory<short>> SpeakAsync(
            IAsyncEnumerable<ReadOnlyMemory<short>> audio, ClientWebSocket browser, Task telling, Page page, AgentEnd agent, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            while (browser.State is WebSocketState.None or WebSocketState.Connecting) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
            await foreach (var piece in audio.WithCancellation(cancellationToken))
            {
                var bytes = MemoryMarshal.AsBytes(piece.Span).ToArray();
                await SentAsync(() => browser.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None));
                yield return piece;
            }

            await SentAsync(() => browser.SendAsync(Encoding.UTF8.GetBytes(End), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None));
            await telling;

            // A key behind the last words: once it is here, they are. A leg that is over says why.
            await SentAsync(() => page.PressAsync('1'));
            if (await agent.NextAsync() is not LineClosed) yield break;
            while (await page.NextAsync() is not FarEvent.Closed)
            {
            }

            page.Socket.Reason.ShouldBe("frame.words");
            throw new RecogniserException("The line ended the call.");
        }

        /// <summary>Whoever reads from a side that is gone finds out as well.</summary>
        private static async Task SentAsync(Func<Task> send)
        {
            try
            {
                await send();
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // The other direction tells.
            }
        }
    }
}
