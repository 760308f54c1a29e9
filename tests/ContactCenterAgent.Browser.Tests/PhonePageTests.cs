using System.Buffers.Binary;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.WebSocket.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterAgent.Browser.Tests;

/// <summary>The page and the line that it calls: a real browser whose microphone is a file, and our own end of the line.</summary>
[Collection("browser")]
public sealed class PhonePageTests(PhoneFixture fixture) : IClassFixture<PhoneFixture>
{
    [EspeakChromiumFact]
    public async Task Microphone_Speaks_IsHeardOnTheLine()
    {
        var (page, agent) = await CallAsync();

        // The microphone says it again and again: a machine that is too busy for it once may be less so later.
        var alike = 0.0;
        for (var looks = 0; looks < 6 && alike < 0.8; looks++) alike = Sound.Envelope(await agent.HearAsync(2 * (int)(PhoneFixture.LoopSeconds * Sound.Rate)), fixture.Speech);

        alike.ShouldBeGreaterThan(0.8);
        await CloseAsync(page, agent);
    }

    [EspeakChromiumFact]
    public async Task Agent_Speaks_IsPlayedAsItWasSaid()
    {
        var (page, agent) = await CallAsync();
        var sentence = await Sound.SpeakAsync("Thursday afternoon with Doctor Lee: half past two is free.");

        agent.Say([.. sentence, .. new short[320 - (sentence.Length % 320)]]);

        (await page.HearsAsync(sentence, 0.9)).ShouldBeGreaterThan(0.9);
        await CloseAsync(page, agent);
    }

    [EspeakChromiumFact]
    public async Task Keys_OfThePageAndOfTheKeyboard_AreDigits()
    {
        var (page, agent) = await CallAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "7" }).ClickAsync();
        await page.Page.Keyboard.PressAsync("4");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "#" }).ClickAsync();
        await page.Page.Keyboard.PressAsync("x");
        await page.HangUpAsync();

        var (keys, end) = await agent.EndAsync();
        keys.ShouldBe("74#");
        end.Lost.ShouldBeFalse();
        await Expect(page.State).ToHaveTextAsync("ended: you hung up");
        await CloseAsync(page, agent);
    }

    [EspeakChromiumFact]
    public async Task BargeIn_WhatWasNotPlayed_IsForgotten()
    {
        var (page, agent) = await CallAsync();
        agent.SayEndlessly(Enumerable.Range(0, 320).Select(i => (short)(8_000 * Math.Sin(i * Math.PI / 16))).ToArray());
        await page.Page.WaitForFunctionAsync("() => window.played.blocks.some(block => block.some(sample => sample > 0.2))");

        agent.SayEndlessly(null);
        await agent.Leg.ClearAsync(CancellationToken.None);
        var sounded = Sound.Spoken(await page.PlayedAsync());
        await page.PlayedSpeechAsync(0.02);

        (Sound.Spoken(await page.PlayedAsync()) - sounded).ShouldBeLessThan(0.2, "seconds of sound after the clear");
        await CloseAsync(page, agent);
    }

    [EspeakChromiumFact]
    public async Task Agent_HangsUp_ThePageSaysSoAndMayCallAgain()
    {
        var (page, agent) = await CallAsync();

        await agent.Leg.HangUpAsync(CancellationToken.None);

        await Expect(page.State).ToHaveTextAsync("ended: the agent hung up");
        await agent.DisposeAsync();
        await page.CallAsync();
        await CloseAsync(page, await fixture.AnswerAsync());
    }

    [EspeakChromiumFact]
    public async Task Frames_FromThePage_AreNumberedAndWhole_AndSilentOnceItIsMuted()
    {
        var page = await PhonePage.OpenAsync(fixture.Browser, fixture.Address);
        await page.CallAsync();
        var agent = await fixture.AnswerAsync();
        await page.Page.WaitForTimeoutAsync((float)(1_000 * PhoneFixture.LoopSeconds));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Mute" }).ClickAsync();
        await page.Page.WaitForTimeoutAsync(500);
        var loud = (await page.SentAsync()).Length;
        await page.Page.WaitForTimeoutAsync((float)(1_000 * PhoneFixture.LoopSeconds));

        var all = await page.SentAsync();
        all.ShouldAllBe(f => f.Length == 648);
        var numbers = all.Select(f => BinaryPrimitives.ReadUInt32LittleEndian(f)).ToArray();
        numbers.ShouldBe(Enumerable.Range((int)numbers[0], numbers.Length).Select(n => (uint)n));
        all.Select(f => BinaryPrimitives.ReadUInt32LittleEndian(f.AsSpan(4))).ShouldBe(numbers.Select(n => 20 * n));
        all.Take(loud).Any(f => f.AsSpan(8).ContainsAnyExcept((byte)0)).ShouldBeTrue();
        all.Length.ShouldBeGreaterThan(loud + 100);
        all.Skip(loud).Any(f => f.AsSpan(8).ContainsAnyExcept((byte)0)).ShouldBeFalse();
        await CloseAsync(page, agent);
    }

    [EspeakChromiumFact]
    public async Task Page_BeforeTheClick_HasNoMicrophoneAndNoConnection_AndNeedsNothingFromElsewhere()
    {
        var page = await PhonePage.OpenAsync(fixture.Browser, fixture.Address);
        var (requests, problems, sockets) = (new List<string>(), new List<string>(), 0);
        page.Page.Request += (_, request) => requests.Add(request.Url);
        page.Page.Console += (_, message) => problems.Add(message.Text);
        page.Page.PageError += (_, error) => problems.Add(error);
        page.Page.WebSocket += (_, _) => sockets++;
        await page.Page.ReloadAsync();

        await Expect(page.State).ToHaveTextAsync("no call");
        (sockets, (await page.PlayedAsync()).Length).ShouldBe((0, 0));
        await page.CallAsync();
        var agent = await fixture.AnswerAsync();

        sockets.ShouldBe(1);
        requests.ShouldAllBe(url => url.StartsWith(fixture.Origin, StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal));
        problems.ShouldBeEmpty();
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", "phone.png") });
        await CloseAsync(page, agent);
    }

    private async Task<(PhonePage Page, AgentEnd Agent)> CallAsync()
    {
        var page = await PhonePage.OpenAsync(fixture.Browser, fixture.Address);
        await page.CallAsync();
        return (page, await fixture.AnswerAsync());
    }

    private static async Task CloseAsync(PhonePage page, AgentEnd agent)
    {
        await agent.DisposeAsync();
        await page.Page.CloseAsync();
    }
}

/// <summary>The line with its page on a free port, and a browser whose microphone says one sentence again and again.</summary>
#pragma warning disable CA1001 // The tests' lifetime disposes them.
public sealed class PhoneFixture : IAsyncLifetime
#pragma warning restore CA1001
{
    /// <summary>The sentence and the silence around it.</summary>
    public const double LoopSeconds = 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-phone-").FullName;
    private readonly MediaClock _clock = new(TimeProvider.System, "test");
    private BrowserLine? _line;
    private WebHost? _host;
    private IAsyncEnumerator<IAudioLeg>? _legs;

    internal short[] Speech { get; private set; } = [];

    internal Chromium Browser { get; private set; } = null!;

    internal string Origin => _host!.Address.GetLeftPart(UriPartial.Authority);

    internal string Address => Origin + _line!.Path;

    public async Task InitializeAsync()
    {
        if (EspeakChromiumFactAttribute.Missing is not null) return;
        Speech = await Sound.SpeakAsync("Can I book an eye test?");
        var microphone = Path.Combine(_folder, "microphone.wav");
        await Sound.WriteAsync(microphone, Sound.Silence(1), Speech, Sound.Silence(LoopSeconds - 1 - ((double)Speech.Length / Sound.Rate)));
        _line = new("page", new(), _clock, TimeProvider.System, new LogLines());
        _host = await WebHost.StartAsync(routes => Host.Phone.PhonePage.Map(routes, _line));
        _legs = _line.AcceptAsync(CancellationToken.None).GetAsyncEnumerator();
        Browser = await Chromium.StartAsync(Path.Combine(_folder, "browser"), Microphone(microphone));
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        if (_line is not null) await _line.DisposeAsync();
        if (_host is not null) await _host.DisposeAsync();
        _clock.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Switches that make a file the microphone, and let a page have it.</summary>
    internal static string[] Microphone(string file) => ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--use-file-for-fake-audio-capture=" + file];

    /// <summary>Takes the call that has come.</summary>
    internal async Task<AgentEnd> AnswerAsync()
    {
        (await _legs!.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System)).ShouldBeTrue();
        var agent = new AgentEnd(_legs.Current);
        await agent.Leg.AnswerAsync(CancellationToken.None);
        (await agent.NextAsync()).ShouldBeOfType<LineOpened>();
        return agent;
    }
}
