using ContactCenterAgent.AudioLoop.Tests;
using Microsoft.Playwright;

namespace ContactCenterAgent.Browser.Tests;

/// <summary>The real host and a real browser.</summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-browser-").FullName;
    private RunningAgent? _host;
    private Chromium? _browser;

    /// <summary>Where the console is.</summary>
    public string Address => _host!.Console.ToString();

    /// <summary>A new page of the console.</summary>
    public Task<IPage> OpenAsync() => _browser!.OpenAsync(Address);

    public async Task InitializeAsync()
    {
        if (ChromiumFactAttribute.Chromium is null) return;
        _host = await RunningAgent.StartAsync();
        _browser = await Chromium.StartAsync(Path.Combine(_folder, "browser"));
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        if (_host is not null) await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
