using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterAgent.Browser.Tests;

/// <summary>The console as a caller uses it: the real host, a real browser, everything found by role and name.</summary>
[Collection("browser")]
public sealed class ConsolePageTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    [ChromiumFact]
    public async Task Booking_TypedWordByWord_IsHeldReadBackAndDone()
    {
        var page = await console.OpenAsync();
        await CallAsync(page);
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("listening");

        await SayAsync(page, "It's Dana Whitfield, can I book an eye test with Doctor Patel on Thursday afternoon?");
        await Expect(Log(page)).ToContainTextAsync("with Doctor Patel. Shall I");
        await Expect(Timeline(page)).ToContainTextAsync("find_slots");
        await Expect(Timeline(page)).ToContainTextAsync("held");
        await SayAsync(page, "Yes please.");

        await Expect(Log(page)).ToContainTextAsync("done: book_appointment");
        await Expect(Timeline(page)).ToContainTextAsync("confirmed");
        await ScreenshotAsync(page, "booking");
        await HangUpAsync(page);
    }

    [ChromiumFact]
    public async Task Tools_WhileTheCallerIsStillTyping_AreRunning()
    {
        var page = await console.OpenAsync();
        await CallAsync(page);

        await Words(page).PressSequentiallyAsync("It's Dana Whitfield, can I book an eye test on ", new() { Delay = 25 });

        await Expect(Timeline(page)).ToContainTextAsync("find_slots");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("hearing");
        await HangUpAsync(page);
    }

    [ChromiumFact]
    public async Task AgentSpeaking_WhenTheCallerTypes_IsCutOff()
    {
        var page = await console.OpenAsync();
        await CallAsync(page);

        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("speaking");
        await SayAsync(page, "Could I speak to a person please?");

        await Expect(Timeline(page)).ToContainTextAsync("barge-in");
        await Expect(Log(page)).ToContainTextAsync("to a person");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Start a call" })).ToBeEnabledAsync();
    }

    [ChromiumFact]
    public async Task Call_OfSomebodyElse_IsListedAndWatched()
    {
        var (caller, watcher) = (await console.OpenAsync(), await console.OpenAsync());
        var up = watcher.GetByRole(AriaRole.List, new() { Name = "Calls that are up" }).GetByRole(AriaRole.Button);
        await CallAsync(caller);

        await up.ClickAsync();
        await SayAsync(caller, "When are you open?");

        await Expect(Log(watcher)).ToContainTextAsync("When are you open?");
        await Expect(up).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(up).ToContainTextAsync("console");
        await HangUpAsync(caller);
        await Expect(up).ToHaveCountAsync(0);
        await Expect(Log(watcher)).ToContainTextAsync("the call is over");
        await watcher.CloseAsync();
    }

    [ChromiumFact]
    public async Task Words_WithMarkup_AreShownAsTheyAre()
    {
        var page = await console.OpenAsync();
        var dialogs = 0;
        page.Dialog += (_, dialog) =>
        {
            dialogs++;
            _ = dialog.DismissAsync();
        };
        await CallAsync(page);

        await SayAsync(page, "<img src=x onerror=alert(1)> hello");

        await Expect(Log(page)).ToContainTextAsync("<img src=x onerror=alert(1)> hello");
        (await page.Locator("img").CountAsync()).ShouldBe(0);
        dialogs.ShouldBe(0);
        await HangUpAsync(page);
    }

    [ChromiumFact]
    public async Task Page_NeedsNothingFromElsewhere_AndBreaksNoPolicy()
    {
        var page = await console.OpenAsync();
        var (requests, problems) = (new List<string>(), new List<string>());
        page.Request += (_, request) => requests.Add(request.Url);
        page.Console += (_, message) => problems.Add(message.Text);
        page.PageError += (_, error) => problems.Add(error);

        await page.ReloadAsync();
        await CallAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await HangUpAsync(page);

        requests.ShouldAllBe(url => url.StartsWith(console.Address, StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal));
        problems.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task Page_OfAnotherOrigin_CannotOpenACall()
    {
        var page = await console.OpenAsync();
        await page.GotoAsync("data:text/html,<p>elsewhere</p>");

        var opened = await page.EvaluateAsync<bool>(
            "url => new Promise(done => { const s = new WebSocket(url); s.onopen = () => done(true); s.onerror = () => done(false); })",
            console.Address.Replace("http", "ws", StringComparison.Ordinal) + "call");

        opened.ShouldBeFalse();
    }

    private static ILocator Words(IPage page) => page.GetByRole(AriaRole.Textbox, new() { Name = "The caller says" });

    private static ILocator Timeline(IPage page) => page.GetByRole(AriaRole.Figure, new() { Name = "Timeline" });

    private static ILocator Log(IPage page) => page.GetByRole(AriaRole.Log, new() { Name = "Conversation" });

    private static async Task CallAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Start a call" }).ClickAsync();
        await Expect(Words(page)).ToBeEnabledAsync();
    }

    private static async Task SayAsync(IPage page, string words)
    {
        await Words(page).PressSequentiallyAsync(words, new() { Delay = 30 });
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task HangUpAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Hang up" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Start a call" })).ToBeEnabledAsync();
        await page.CloseAsync();
    }

    /// <summary>For whoever wants to look: the page lies beside the other results of the run.</summary>
    private static Task<byte[]> ScreenshotAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", name + ".png"), FullPage = true });
}
