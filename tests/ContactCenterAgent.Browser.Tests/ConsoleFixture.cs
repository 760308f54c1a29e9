using ContactCenterAgent.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Playwright;

namespace ContactCenterAgent.Browser.Tests;

/// <summary>The real host on a free port, and a real browser that has nothing from elsewhere.</summary>
public sealed class ConsoleFixture : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-browser-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private Server? _server;
    private Task? _serving;
    private IPlaywright? _playwright;
    private IBrowserContext? _browser;

    /// <summary>Where the console is.</summary>
    public string Address => _server!.Address.ToString();

    /// <summary>A new page of the console.</summary>
    public async Task<IPage> OpenAsync()
    {
        var page = await _browser!.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        await page.GotoAsync(Address);
        return page;
    }

    public async Task InitializeAsync()
    {
        if (ChromiumFactAttribute.Chromium is null) return;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Console:Port"] = "0",
            ["Lines:Sip:Port"] = "0",
            ["Storage:Folder"] = Path.Combine(_folder, "var"),
            ["Operator:DrainMax"] = "00:00:02",
            ["Telemetry:Level"] = "Warning",
        };
        _server = await Server.StartAsync(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), _stop.Token);
        _serving = _server.RunAsync(_stop.Token);
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        _browser = await _playwright.Chromium.LaunchPersistentContextAsync(Path.Combine(_folder, "browser"), new()
        {
            ExecutablePath = ChromiumFactAttribute.Chromium,
            Headless = true,
            ViewportSize = new() { Width = 1360, Height = 1000 },
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        await _stop.CancelAsync();
        if (_serving is not null) await _serving;
        if (_server is not null) await _server.DisposeAsync();
    }

    public void Dispose()
    {
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
