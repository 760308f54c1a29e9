using System.Collections.Immutable;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.WebSocket.Browser;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Browser;

/// <summary>A page whose browser recognises, over the wire.</summary>
#pragma warning disable CA1001 // The test's lifetime disposes them.
public sealed class BrowserRecogniserTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly MediaClock _clock = new(TimeProvider.System, "test");
    private readonly LogLines _log = new();
    private readonly Channel<ReadOnlyMemory<short>> _sound = Channel.CreateUnbounded<ReadOnlyMemory<short>>();
    private BrowserLine? _line;
    private WebHost? _host;

    public async Task InitializeAsync()
    {
        _line = new("page", new() { Recogniser = PageRecogniser.Browser, Language = "nl-BE", Readings = 2 }, _clock, TimeProvider.System, _log);
        _host = await WebHost.StartAsync(routes => _line.Map(routes));
    }

    public async Task DisposeAsync()
    {
        await _line!.DisposeAsync();
        await _host!.DisposeAsync();
        _clock.Dispose();
    }

    [Fact]
    public async Task Words_OfThePage_ArePartialsAndFinals()
    {
        var (page, agent) = await CallAsync();
        await page.SayAsync(final: false, "half past");
        await page.SayAsync(final: true, "half past two", "half past to");
        await ReachedAsync(page, agent);
        await using var heard = Recognise(agent).GetAsyncEnumerator();

        Sound();
        (await heard.MoveNextAsync()).ShouldBeTrue();
        heard.Current.ShouldBeOfType<PartialHeard>().Words.Text.ShouldBe("half past");
        (await heard.MoveNextAsync()).ShouldBeTrue();
        var final = heard.Current.ShouldBeOfType<FinalHeard>().Words;
        (final.Text, final.Alternatives.ShouldHaveSingleItem()).ShouldBe(("half past two", "half past to"));
        _sound.Writer.Complete();
        (await heard.MoveNextAsync()).ShouldBeFalse();

        await CloseAsync(page, agent);
        page.Recogniser.ShouldBe("""{"language":"nl-BE","readings":2}""");
    }

    [Fact]
    public async Task Page_ThatIsUnable_FailsTheRecogniser_NotTheCall()
    {
        var (page, agent) = await CallAsync();
        await page.SayAsync(final: true, "hello");
        await page.UnableAsync("network");
        await page.UnableAsync("not-allowed");
        await page.SayAsync(final: true, "too late");
        await ReachedAsync(page, agent);
        await using var heard = Recognise(agent).GetAsyncEnumerator();

        Sound();
        (await heard.MoveNextAsync()).ShouldBeTrue();
        heard.Current.ShouldBeOfType<FinalHeard>().Words.Text.ShouldBe("hello");
        (await Should.ThrowAsync<RecogniserException>(async () => await heard.MoveNextAsync())).Message.ShouldBe("The browser's recogniser cannot go on: network.");
        _log.All.ShouldBe(["browser.unable page: network; the host's recognisers take over, or the keypad"]);
        await CloseAsync(page, agent);
    }

    [Fact]
    public async Task Page_WhoseBrowserHasNone_HasNoRecogniser_AndIsNotAskedForWords()
    {
        await using var page = await Page.CallAsync(_host!, _line!.IssueTicket());
        await using var agent = await AnswerAsync();

        _line.RecogniserOf(agent.Leg).ShouldBeNull();
        await page.HangUpAsync();
        (await page.NextAsync()).ShouldBeOfType<FarEvent.Closed>();
        page.Recogniser.ShouldBe("null");
        _log.All.First().ShouldBe("browser.unable page: none; the host's recognisers take over, or the keypad");
    }

    [Fact]
    public async Task Words_OutOfTheirBounds_EndTheLegByName()
    {
        var (page, agent) = await CallAsync();
        await page.SayAsync(final: true, new string('x', 65));
        await EndsAsync(page, agent, "frame.words");
    }

    [Fact]
    public async Task Message_LongerThanFiveReadings_EndsTheLegByName()
    {
        var (page, agent) = await CallAsync();
        await page.SayAsync(final: true, new string('x', 20_000));
        await EndsAsync(page, agent, "frame.size");
    }

    [Fact]
    public async Task Reason_ThatIsNoCode_EndsTheLegByName()
    {
        var (page, agent) = await CallAsync();
        await page.UnableAsync("Because I say so");
        await EndsAsync(page, agent, "frame.reason");
    }

    [Fact]
    public async Task Words_FarFasterThanSpeech_EndTheLegAsAFlood()
    {
        var (page, agent) = await CallAsync();
        for (var i = 0; i < 100; i++) await page.SayAsync(final: false, $"word {i}");
        await ReachedAsync(page, agent);
        try
        {
            for (var i = 0; i < 1_000; i++) await page.SayAsync(final: false, $"word {i}");
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            // The line had enough before we had.
        }

        await EndsAsync(page, agent, "line.flooded");
    }

    [Fact]
    public async Task Words_AreBounded_UntilSomebodyListens_AndLeftAsideOnceNobodyDoes()
    {
        var recogniser = new BrowserRecogniser();
        Enumerable.Range(0, 257).Count(i => recogniser.Tell(new(false, [$"word {i}"]))).ShouldBe(256);

        _sound.Writer.Complete();
        var heard = 0;
        await foreach (var _ in recogniser.RecogniseAsync(_sound.Reader.ReadAllAsync(), CancellationToken.None)) heard++;

        heard.ShouldBe(256);
        Enumerable.Range(0, 1_000).ShouldAllBe(i => recogniser.Tell(new(false, ImmutableArray.Create($"word {i}"))));
    }

    private void Sound() => _sound.Writer.TryWrite(new short[320]);

    private IAsyncEnumerable<CallEvent> Recognise(AgentEnd agent) => _line!.RecogniserOf(agent.Leg)!.RecogniseAsync(_sound.Reader.ReadAllAsync(), CancellationToken.None);

    private async Task<(Page Page, AgentEnd Agent)> CallAsync() => (await Page.CallAsync(_host!, _line!.IssueTicket(), words: true), await AnswerAsync());

    /// <summary>A key behind the words: once it is here, they are.</summary>
    private static async Task ReachedAsync(Page page, AgentEnd agent)
    {
        await page.PressAsync('1');
        (await agent.NextAsync()).ShouldBeOfType<DigitPressed>();
    }

    private static async Task EndsAsync(Page page, AgentEnd agent, string reason)
    {
        (await agent.EndAsync()).End.Lost.ShouldBeTrue();
        (await page.NextAsync()).ShouldBeOfType<FarEvent.Closed>();
        page.Socket.Reason.ShouldBe(reason);
        await CloseAsync(page, agent);
    }

    private static async Task CloseAsync(Page page, AgentEnd agent)
    {
        await agent.DisposeAsync();
        while (await page.NextAsync() is not FarEvent.Closed)
        {
        }

        await page.DisposeAsync();
    }

    private async Task<AgentEnd> AnswerAsync()
    {
        await using var legs = _line!.AcceptAsync(CancellationToken.None).GetAsyncEnumerator();
        (await legs.MoveNextAsync()).ShouldBeTrue();
        var agent = new AgentEnd(legs.Current);
        await agent.Leg.AnswerAsync(CancellationToken.None);
        (await agent.NextAsync()).ShouldBeOfType<LineOpened>();
        return agent;
    }
}
