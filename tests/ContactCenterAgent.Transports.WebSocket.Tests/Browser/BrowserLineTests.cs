using System.Text.Json;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.WebSocket.Browser;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Browser;

#pragma warning disable CA1001 // The test's lifetime disposes them.
public sealed class BrowserLineTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly MediaClock _clock = new(TimeProvider.System, "test");
    private readonly LogLines _log = new();
    private readonly CallId _call = new(Guid.NewGuid());
    private BrowserLine? _line;
    private WebHost? _host;

    public async Task InitializeAsync()
    {
        _line = new("page", new() { Origins = ["https://help.example.org"] }, _clock, TimeProvider.System, _log, () => _call);
        _host = await WebHost.StartAsync(routes => _line.Map(routes));
    }

    public async Task DisposeAsync()
    {
        await _line!.DisposeAsync();
        await _host!.DisposeAsync();
        _clock.Dispose();
    }

    [Theory]
    [InlineData("https://elsewhere.example.org")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("null")]
    public async Task Page_OfAnotherOrigin_IsRefusedWith403(string origin)
    {
        using var socket = await Page.ConnectAsync(_host!, origin);

        socket.Status.ShouldBe(403);
        _log.All.ShouldBe(["browser.refused page: origin"]);
    }

    [Fact]
    public async Task Page_OfANamedOrigin_IsWelcome()
    {
        using var socket = await Page.ConnectAsync(_host!, "https://help.example.org");

        socket.Status.ShouldBe(101);
    }

    [Theory]
    [InlineData("https://help.example.org", 200)]
    [InlineData("https://elsewhere.example.org", 403)]
    [InlineData(null, 403)]
    public async Task Ticket_IsGivenToPagesOfAllowedOriginsOnly(string? origin, int status)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_host!.Address, "/lines/browser/ticket"));
        if (origin is not null) request.Headers.Add("Origin", origin);

        using var answer = await http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(status);
        if (status != 200) return;
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        await using var page = await Page.CallAsync(_host, json.RootElement.GetProperty("ticket").GetString());
        await FirstAsync();
    }

    [Fact]
    public async Task Visitor_WithoutAPage_IsRefusedWith400()
    {
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(_host!.Address, "/lines/browser"));

        ((int)answer.StatusCode).ShouldBe(400);
    }

    [Theory]
    [InlineData(44_100, 1, "frame.rate")]
    [InlineData(16_000, 2, "frame.version")]
    public async Task Hello_OfAnotherForm_IsRefusedByName(int sampleRate, int version, string reason)
    {
        await using var page = await Page.CallAsync(_host!, _line!.IssueTicket(), sampleRate, version);

        (await page.NextAsync()).ShouldBeOfType<FarEvent.Closed>();
        page.Socket.Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Ticket_MissingOrUsed_IsRefused()
    {
        var ticket = _line!.IssueTicket();
        await using var first = await Page.CallAsync(_host!, ticket);
        await FirstAsync();

        foreach (var bad in new[] { null, ticket, "no such ticket" })
        {
            await using var page = await Page.CallAsync(_host!, bad);
            (await page.NextAsync()).ShouldBeOfType<FarEvent.Closed>();
            page.Socket.Reason.ShouldBe("frame.ticket");
        }
    }

    [Fact]
    public async Task Call_Announced_IsToldToThePage()
    {
        await using var page = await Page.CallAsync(_host!, _line!.IssueTicket());
        await using var leg = await FirstAsync();
        await leg.DisposeAsync();

        (await page.NextAsync()).ShouldBeOfType<FarEvent.Closed>();

        page.Call.ShouldBe(_call.ToString());
        leg.Call.ShouldBe(_call);
    }

    [Fact]
    public async Task Frame_Again_EndsTheLegByName()
    {
        await using var page = await Page.CallAsync(_host!, _line!.IssueTicket());
        await using var agent = await AnswerAsync();

        await page.Socket.SendBinaryAsync(Page.Frame(2, new short[320]));
        await page.Socket.SendBinaryAsync(Page.Frame(2, new short[320]));

        (await agent.EndAsync()).End.Lost.ShouldBeTrue();
        (await page.NextAsync()).ShouldBeOfType<FarEvent.Closed>();
        page.Socket.Reason.ShouldBe("frame.order");
    }

    [Fact]
    public async Task Words_ThatNobodyAskedFor_EndTheLegByName()
    {
        await using var page = await Page.CallAsync(_host!, _line!.IssueTicket(), words: true);
        await using var agent = await AnswerAsync();
        _line.RecogniserOf(agent.Leg).ShouldBeNull();

        await page.SayAsync(final: true, "hello");

        (await agent.EndAsync()).End.Lost.ShouldBeTrue();
        (await page.NextAsync()).ShouldBeOfType<FarEvent.Closed>();
        page.Socket.Reason.ShouldBe("frame.order");
        page.Recogniser.ShouldBe("null");
    }

    [Fact]
    public async Task Page_ThatPlaysNothing_IsSentNoMoreThanItMayHold()
    {
        await using var page = new Page((await Page.CallAsync(_host!, _line!.IssueTicket())).Socket) { TellsPlayed = false };
        await using var agent = await AnswerAsync();
        await page.PlayedAsync(0);
        await page.PressAsync('1');
        (await agent.NextAsync()).ShouldBeOfType<DigitPressed>();

        agent.SayEndlessly(Enumerable.Repeat((short)1_000, agent.FrameSamples).ToArray());
        for (var i = 0; i < 20; i++) (await AgentEnd.Within(page.NextAsync())).ShouldBeOfType<FarEvent.Sound>();
        var next = page.NextAsync();
        await page.PlayedAsync(3);
        await AgentEnd.Within(next);

        page.Frames.ShouldBe(Enumerable.Range(1, 21).Select(i => (uint)i));
    }

    private async Task<AgentEnd> AnswerAsync()
    {
        var agent = new AgentEnd(await FirstAsync());
        await agent.Leg.AnswerAsync(CancellationToken.None);
        (await agent.NextAsync()).ShouldBeOfType<LineOpened>();
        return agent;
    }

    private async Task<Abstractions.IAudioLeg> FirstAsync()
    {
        await foreach (var leg in _line!.AcceptAsync(CancellationToken.None)) return leg;
        throw new InvalidOperationException("The line is closed.");
    }
}
