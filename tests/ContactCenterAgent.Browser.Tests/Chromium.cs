using Microsoft.Playwright;

namespace ContactCenterAgent.Browser.Tests;

/// <summary>A real browser that has nothing from elsewhere.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowserContext _browser;

    private Chromium(IPlaywright playwright, IBrowserContext browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts it.</summary>
    /// <param name="folder">An empty one, for its profile.</param>
    /// <param name="arguments">Further switches.</param>
    public static async Task<Chromium> StartAsync(string folder, params string[] arguments)
    {
        var playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        var browser = await playwright.Chromium.LaunchPersistentContextAsync(folder, new()
        {
            ExecutablePath = ChromiumFactAttribute.Chromium,
            Headless = true,
            ViewportSize = new() { Width = 1360, Height = 1000 },
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", .. arguments,
            ],
        });
        return new(playwright, browser);
    }

    /// <summary>A new page.</summary>
    /// <param name="address">What it shows.</param>
    /// <param name="before">A script that runs before the page's own; null = none.</param>
    public async Task<IPage> OpenAsync(string address, string? before = null)
    {
        var page = await _browser.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        if (before is not null) await page.AddInitScriptAsync(before);
        await page.GotoAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
