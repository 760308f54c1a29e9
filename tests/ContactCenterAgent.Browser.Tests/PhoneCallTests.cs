using Microsoft.Playwright;

namespace ContactCenterAgent.Browser.Tests;

/// <summary>A caller at the page, and the whole host behind it.</summary>
[Collection("browser")]
public sealed class PhoneCallTests : IAsyncLifetime
{
    private const string Greeting = "Northgate Opticians, how can I help you?";

    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-page-").FullName;
    private readonly List<IAsyncDisposable> _open = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_open)) await one.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [EspeakChromiumFact]
    public async Task Caller_WithAKeypadOnly_HearsTheGreetingAndIsAnsweredToAKey()
    {
        var page = await OpenAsync(Sound.Silence(4), ("Lines:Browser:Enabled", "true"));
        var greeting = await Sound.SpeakAsync(Greeting);

        await page.CallAsync();
        var greeted = await page.PlayedSpeechAsync(0.8 * Sound.Spoken(greeting));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "0" }).ClickAsync();
        var answered = await page.PlayedSpeechAsync(Sound.Spoken(greeted) + 1);

        Sound.Wave(greeted, greeting).ShouldBeGreaterThan(0.85, "the greeting as espeak-ng says it");
        Sound.Wave(answered, await Sound.SpeakAsync("Let me find a colleague for you.")).ShouldBeGreaterThan(0.85, "zero is a person");
        await page.HangUpAsync();
    }

    /// <summary>The host with these settings, and a browser whose microphone hears this.</summary>
    private async Task<PhonePage> OpenAsync(short[] said, params (string Key, string Value)[] settings)
    {
        var microphone = Path.Combine(_folder, "microphone.wav");
        await Sound.WriteAsync(microphone, said);
        var host = await RunningHost.StartAsync(Path.Combine(_folder, "var"), settings);
        _open.Add(host);
        var browser = await Chromium.StartAsync(Path.Combine(_folder, "browser"), PhoneFixture.Microphone(microphone));
        _open.Add(browser);
        return await PhonePage.OpenAsync(browser, host.Address + "lines/browser");
    }
}
