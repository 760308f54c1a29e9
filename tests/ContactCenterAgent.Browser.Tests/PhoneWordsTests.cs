using System.Collections.Concurrent;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.AudioLoop.Tests;
using ContactCenterAgent.AudioLoop.Tests.Phones;
using ContactCenterAgent.Core.Calls;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterAgent.Browser.Tests;

/// <summary>A page whose browser understands the caller, and the whole host behind it. The recogniser is a stand-in of our own (<see cref="StandIn"/>): no browser maker's service is asked.</summary>
[Collection("browser")]
#pragma warning disable CA1001 // The test's lifetime disposes them.
public sealed class PhoneWordsTests : IAsyncLifetime, ICallObserver
#pragma warning restore CA1001
{
    private const string Greeting = "Northgate Opticians, how can I help you?";
    private const string Menu = "For our opening hours, press 1.";
    private const string Maker = "it may send your voice to the company that makes the browser";

    /// <summary>How alike a sentence is to what was played when it was said.</summary>
    private const double Same = 0.85;

    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-words-").FullName;
    private readonly List<IAsyncDisposable> _open = [];
    private readonly ConcurrentQueue<string> _said = new();
    private readonly ConcurrentQueue<string> _heard = new();
    private RunningAgent? _agent;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_open)) await one.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public void Stepped(CallId call, CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands)
    {
        if (happened is FinalHeard final) _heard.Enqueue(final.Words.Text);
        foreach (var say in commands.OfType<Say>()) _said.Enqueue(say.Text.Value);
    }

    [EspeakChromiumFact]
    public async Task Booking_InWordsOfTheBrowser_IsOfferedBookedAndPlayed()
    {
        var page = await OpenAsync(Sound.Silence(4), StandIn.Script, ("Lines:Browser:Recogniser", "Browser"));
        await Expect(page.Consent).ToContainTextAsync(Maker);

        await page.CallAsync();
        (await page.HearsAsync(await Sound.SpeakAsync(Greeting), Same)).ShouldBeGreaterThan(Same, "the greeting");
        await page.Page.EvaluateAsync("() => ear.say(\"it's Dana Whitfield I would like an eye test with Doctor Lee on Thursday afternoon please\")");
        var offered = await SaidAsync(page, text => text.EndsWith("Shall I go ahead?", StringComparison.Ordinal));
        (await page.HearsAsync(await Sound.SpeakAsync(Sentence(offered)), Same)).ShouldBeGreaterThan(Same, offered);
        (await page.HearsAsync(await Sound.SpeakAsync("Shall I go ahead?"), Same)).ShouldBeGreaterThan(Same, "the question to its end");
        Query().ShouldBeEmpty("nobody has said yes");

        await page.Page.EvaluateAsync("() => ear.say('yes please')");
        var booked = await SaidAsync(page, text => text.StartsWith("That's booked:", StringComparison.Ordinal));
        (await page.HearsAsync(await Sound.SpeakAsync(Sentence(booked)), Same)).ShouldBeGreaterThan(Same, booked);
        await page.HangUpAsync();
        await Expect(page.State).ToHaveTextAsync("ended: you hung up");
        await _agent!.StopAsync();

        _heard.ShouldBe(["it's Dana Whitfield I would like an eye test with Doctor Lee on Thursday afternoon please", "yes please"]);
        Query().ShouldBe(["book_appointment|1"]);
    }

    [EspeakChromiumFact]
    public async Task Browser_WhoseRecogniserFails_LeavesTheKeypadMenu()
    {
        var page = await OpenAsync(Sound.Silence(4), StandIn.Failing("network"), ("Lines:Browser:Recogniser", "Browser"));

        await page.CallAsync();
        (await page.HearsAsync(await Sound.SpeakAsync(Menu), Same)).ShouldBeGreaterThan(Same, "the menu's first line");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "0" }).ClickAsync();
        (await page.HearsAsync(await Sound.SpeakAsync("Let me find a colleague for you."), Same)).ShouldBeGreaterThan(Same, "zero is a person");

        (await SignsAsync(page)).ShouldContain("""{"type":"unable","reason":"network"}""");
        (await page.Page.EvaluateAsync<int>("() => starts")).ShouldBe(1, "what cannot work is not tried again");
        await page.HangUpAsync();
    }

    [EspeakChromiumFact]
    public async Task Browser_WithoutARecogniser_SaysSo_AndLeavesTheKeypadMenu()
    {
        var page = await OpenAsync(Sound.Silence(4), StandIn.None, ("Lines:Browser:Recogniser", "Browser"));

        await page.CallAsync();

        (await page.HearsAsync(await Sound.SpeakAsync(Menu), Same)).ShouldBeGreaterThan(Same, "the menu's first line");
        (await SignsAsync(page)).ShouldContain(sign => sign.Contains("\"words\":false", StringComparison.Ordinal));
        await page.HangUpAsync();
    }

    [EspeakChromiumFact]
    public async Task Browser_WhoseRecogniserFails_IsReplacedByTheConfiguredOne()
    {
        const string question = "what are your opening hours";
        await using var recogniser = await UtteranceServer.StartAsync(() => new Knowing(question), TimeSpan.FromMilliseconds(700));
        var page = await OpenAsync([.. Sound.Silence(9), .. await Sound.SpeakAsync(question), .. Sound.Silence(20)], StandIn.Failing("service-not-allowed"),
            ("Lines:Browser:Recogniser", "Browser"), ("Speech:Recognisers:0:Kind", "Vosk"), ("Speech:Recognisers:0:Endpoint", recogniser.Address));

        await page.CallAsync();

        var answer = await SaidAsync(page, text => text.StartsWith("We're open", StringComparison.Ordinal));
        (await page.HearsAsync(await Sound.SpeakAsync(Sentence(answer)), Same)).ShouldBeGreaterThan(Same, answer);
        _heard.ShouldBe([question]);
        await page.HangUpAsync();
    }

    [EspeakChromiumFact]
    public async Task Recogniser_ThatEndsByItself_IsBegunAgain_AndWhatItLeftOpenIsSettled()
    {
        var page = await OpenAsync(Sound.Silence(4), StandIn.Script, ("Lines:Browser:Recogniser", "Browser"), ("Lines:Browser:Language", "en-IE"), ("Lines:Browser:Readings", "2"));
        await page.CallAsync();
        await page.Page.WaitForFunctionAsync("() => starts === 1");
        (await page.Page.EvaluateAsync<string>("() => [ear.lang, ear.continuous, ear.interimResults, ear.maxAlternatives, ear.track.kind].join(' ')")).ShouldBe("en-IE true true 2 audio");

        await page.Page.EvaluateAsync("() => { ear.give(0, true, 'good morning', 'good mourning'); ear.give(1, false, 'I would'); ear.give(2, false, 'like'); ear.fail('no-speech'); }");
        await page.Page.WaitForFunctionAsync("() => starts === 2");
        await page.Page.EvaluateAsync("() => ear.give(0, true, 'a test')");

        (await SignsAsync(page)).Where(sign => sign.Contains("\"words\"", StringComparison.Ordinal) && !sign.Contains("hello", StringComparison.Ordinal)).ShouldBe([
            """{"type":"words","final":true,"readings":[{"text":"good morning","confidence":0.9},{"text":"good mourning"}]}""",
            """{"type":"words","final":false,"readings":[{"text":"I would"}]}""",
            """{"type":"words","final":false,"readings":[{"text":"I would like"}]}""",
            """{"type":"words","final":true,"readings":[{"text":"I would like"}]}""",
            """{"type":"words","final":true,"readings":[{"text":"a test","confidence":0.9}]}"""]);
        await page.HangUpAsync();
        await Expect(page.State).ToHaveTextAsync("ended: you hung up");
        (await page.Page.EvaluateAsync<bool>("() => ear.on")).ShouldBeFalse("after the call nobody listens");
    }

    [EspeakChromiumFact]
    public async Task Mute_StopsTheRecogniser_UntilTheCallerIsBack()
    {
        var page = await OpenAsync(Sound.Silence(4), StandIn.Script, ("Lines:Browser:Recogniser", "Browser"));
        await page.CallAsync();
        await page.Page.WaitForFunctionAsync("() => starts === 1");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Mute" }).ClickAsync();
        await page.Page.WaitForTimeoutAsync(1_000);
        (await page.Page.EvaluateAsync<string>("() => `${ear.on} ${starts}`")).ShouldBe("false 1");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Mute" }).ClickAsync();

        await page.Page.WaitForFunctionAsync("() => starts === 2 && ear.on");
        await page.HangUpAsync();
    }

    [EspeakChromiumFact]
    public async Task Recogniser_ThatEndsAtOnceAgainAndAgain_IsGivenUp()
    {
        var page = await OpenAsync(Sound.Silence(4), StandIn.Failing("aborted"), ("Lines:Browser:Recogniser", "Browser"));
        await page.CallAsync();

        await page.Page.WaitForFunctionAsync("() => signs.includes('{\"type\":\"unable\",\"reason\":\"ended\"}')");

        (await page.Page.EvaluateAsync<int>("() => starts")).ShouldBe(5);
        await page.HangUpAsync();
    }

    [EspeakChromiumFact]
    public async Task Browser_WhereTheHostListens_IsNotAsked_AndTheConsentSpeaksOfNobodyElse()
    {
        var page = await OpenAsync(Sound.Silence(4), StandIn.Script);
        (await page.Consent.InnerTextAsync()).ShouldNotContain("browser");

        await page.CallAsync();
        (await page.HearsAsync(await Sound.SpeakAsync(Menu), Same)).ShouldBeGreaterThan(Same, "the menu's first line");

        (await page.Page.EvaluateAsync<int>("() => starts")).ShouldBe(0);
        await page.HangUpAsync();
    }

    private IReadOnlyList<string> Query() => _agent!.Query("SELECT tool, state FROM effects");

    private static Task<string[]> SignsAsync(PhonePage page) => page.Page.EvaluateAsync<string[]>("() => signs");

    /// <summary>The first sentence: a voice is given one at a time.</summary>
    private static string Sentence(string text) => text.Split(". ")[0].TrimEnd('.') + ".";

    /// <summary>Waits until the agent says such a thing, for half a minute at most.</summary>
    private async Task<string> SaidAsync(PhonePage page, Func<string, bool> wanted)
    {
        for (var looks = 0; looks < 300 && !_said.Any(wanted); looks++) await page.Page.WaitForTimeoutAsync(100);
        return _said.Where(wanted).ShouldHaveSingleItem(string.Join(" | ", _said));
    }

    private async Task<PhonePage> OpenAsync(short[] microphone, string before, params (string Key, string Value)[] settings)
    {
        var file = Path.Combine(_folder, "microphone.wav");
        await Sound.WriteAsync(file, microphone);
        _agent = await RunningAgent.StartAsync(this, [("Lines:Browser:Enabled", "true"), ("Speech:Voices:0:Kind", "Espeak"), ("Speech:NoInput", "00:01:00"), .. settings]);
        _open.Add(_agent);
        var browser = await Chromium.StartAsync(Path.Combine(_folder, "browser"), PhoneFixture.Microphone(file + "%noloop"));
        _open.Add(browser);
        return await PhonePage.OpenAsync(browser, _agent.Console + "lines/browser", before);
    }

    /// <summary>Takes every utterance for the same words.</summary>
    private sealed class Knowing(string words) : IListener
    {
        public string Partial(TimeSpan spoken) => words;

        public Task<string> FinalAsync(short[] samples) => Task.FromResult(words);
    }
}
