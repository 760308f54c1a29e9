using System.Collections.Concurrent;
using ContactCenterAgent.AudioLoop.Tests;
using ContactCenterAgent.AudioLoop.Tests.Phones;
using ContactCenterAgent.AudioLoop.Tests.Sounds;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterAgent.Browser.Tests;

/// <summary>A caller at the page, and the whole host behind it.</summary>
[Collection("browser")]
#pragma warning disable CA1001 // The test's lifetime disposes them.
public sealed class PhoneCallTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Caller = """
        public <turn> = it's dana whitfield i would like <what> with doctor <doctor> on <day> <part> please | yes please | no thank you;
        <what> = an eye test | a contact lens check | a hearing test;
        <doctor> = lee | patel | moore | grant;
        <day> = monday | tuesday | wednesday | thursday | friday;
        <part> = morning | afternoon | evening;
        """;

    private const string Wish = "it's dana whitfield i would like an eye test with doctor lee on thursday afternoon please";

    private const string Greeting = "Northgate Opticians, how can I help you?";

    /// <summary>How alike a sentence is to what was played when it was said; another one's pieces are found here and there, but less so.</summary>
    private const double Same = 0.85;

    /// <summary>How the agent names the first Thursday after today, by the business's clock.</summary>
    private static string Thursday =>
        TimeZoneInfo.ConvertTimeBySystemTimeZoneId(TimeProvider.System.GetUtcNow(), "Europe/London").DayOfWeek == DayOfWeek.Wednesday ? "tomorrow" : "Thursday";

    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-page-").FullName;
    private readonly List<IAsyncDisposable> _open = [];
    private RunningAgent? _agent;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [EspeakChromiumFact]
    public async Task Caller_WithAKeypadOnly_HearsTheGreetingAndIsAnsweredToAKey()
    {
        var page = await OpenAsync(Sound.Silence(4), ("Lines:Browser:Enabled", "true"));
        var greeting = await Sound.SpeakAsync(Greeting);
        var menu = await Sound.SpeakAsync("For our opening hours, press 1.");
        var person = await Sound.SpeakAsync("Let me find a colleague for you.");

        await page.CallAsync();
        (await page.HearsAsync(greeting, Same)).ShouldBeGreaterThan(Same, "the greeting as espeak-ng says it");
        (await page.HearsAsync(menu, Same)).ShouldBeGreaterThan(Same, "the menu's first line");
        Sound.Wave(await page.PlayedAsync(), person).ShouldBeLessThan(Same, "nobody has asked for a person yet");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "0" }).ClickAsync();

        (await page.HearsAsync(person, Same)).ShouldBeGreaterThan(Same, "zero is a person");
        await page.HangUpAsync();
    }

    [LoopChromiumFact]
    public async Task Booking_SpokenIntoAMicrophone_IsOfferedBookedAndPlayed()
    {
        // The microphone begins with the click and waits for nobody: there is time for the greeting and for the offer, and nobody asks meanwhile whether the caller is still there.
        var wish = Sound.AtRate(await Flite.SpeakAsync(Wish), Espeak.SampleRate, Sound.Rate);
        var yes = Sound.AtRate(await Flite.SpeakAsync("yes please"), Espeak.SampleRate, Sound.Rate);
        var understood = new ConcurrentQueue<string>();
        await using var recogniser = await UtteranceServer.StartAsync(() => new Noting(new Pocketsphinx(Caller), understood), TimeSpan.FromMilliseconds(700));
        var (heard, played) = ("", Array.Empty<short>());

        // A machine that stands still cuts the microphone's words, and what is left may be taken for others: then the caller calls again, twice at most.
        for (var calls = 0; calls < 3 && heard != Wish + " / yes please"; calls++)
        {
            await CloseAsync();
            understood.Clear();
            var page = await OpenAsync([.. Sound.Silence(9), .. wish, .. Sound.Silence(20), .. yes, .. Sound.Silence(60)],
                ("Lines:Browser:Enabled", "true"), ("Speech:Recognisers:0:Kind", "Vosk"), ("Speech:Recognisers:0:Endpoint", recogniser.Address), ("Speech:Voices:0:Kind", "Espeak"), ("Speech:NoInput", "00:01:00"));
            await page.CallAsync();
            await page.Page.WaitForTimeoutAsync((float)(1_000 * (45 + ((double)(wish.Length + yes.Length) / Sound.Rate))));
            played = await page.PlayedAsync();
            await page.HangUpAsync();
            await Expect(page.State).ToHaveTextAsync("ended: you hung up");
            await _agent!.StopAsync();
            heard = string.Join(" / ", understood);
        }

        heard.ShouldBe(Wish + " / yes please", string.Join(" | ", _agent!.Said()));
        var offered = _agent.Said().Where(text => text.EndsWith("Shall I go ahead?", StringComparison.Ordinal)).ShouldHaveSingleItem(string.Join(" | ", _agent.Said()));
        var booked = _agent.Said()[^1];
        offered.ShouldContain(Thursday);
        booked.ShouldStartWith("That's booked:");
        Sound.Wave(played, await Sound.SpeakAsync(Sentence(offered))).ShouldBeGreaterThan(Same);
        Sound.Wave(played, await Sound.SpeakAsync(Sentence(booked))).ShouldBeGreaterThan(Same);
        Sound.Wave(played, await Sound.SpeakAsync("Our opening hours are nine to five, from Monday to Saturday.")).ShouldBeLessThan(Same, "what was not said");
        _agent.Query("SELECT tool, state FROM effects").ShouldBe(["book_appointment|1"]);
    }

    private async Task CloseAsync()
    {
        foreach (var one in Enumerable.Reverse(_open)) await one.DisposeAsync();
        _open.Clear();
    }

    /// <summary>The first sentence: a voice is given one at a time.</summary>
    private static string Sentence(string text) => text.Split(". ")[0].TrimEnd('.') + ".";

    /// <summary>The host with these settings, and a browser whose microphone hears this.</summary>
    private async Task<PhonePage> OpenAsync(short[] said, params (string Key, string Value)[] settings)
    {
        var microphone = Path.Combine(_folder, "microphone.wav");
        await Sound.WriteAsync(microphone, said);
        _agent = await RunningAgent.StartAsync(settings);
        _open.Add(_agent);
        var browser = await Chromium.StartAsync(Path.Combine(_folder, "browser"), PhoneFixture.Microphone(microphone + "%noloop"));
        _open.Add(browser);
        return await PhonePage.OpenAsync(browser, _agent.Console + "lines/browser");
    }
}
