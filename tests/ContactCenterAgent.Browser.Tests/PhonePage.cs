using System.Runtime.InteropServices;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterAgent.Browser.Tests;

/// <summary>A page that calls, found by role and name, with what its device plays.</summary>
internal sealed class PhonePage(IPage page)
{
    /// <summary>Keeps what goes to the device, up to half a minute of it where the page is busy, and what goes to the line, as bytes and as signs.</summary>
    private const string Listen = """
        const connect = AudioNode.prototype.connect;
        window.played = { rate: 0, blocks: [] };
        AudioNode.prototype.connect = function (to, ...rest) {
          if (to instanceof AudioDestinationNode) {
            const copy = this.context.createMediaStreamDestination();
            window.played.rate = this.context.sampleRate;
            connect.call(this, copy);
            keep(new MediaStreamTrackProcessor({ track: copy.stream.getAudioTracks()[0], maxBufferSize: 3000 }).readable.getReader());
          }
          return connect.call(this, to, ...rest);
        };
        async function keep(reader) {
          for (let next = await reader.read(); !next.done; next = await reader.read()) {
            const block = new Float32Array(next.value.numberOfFrames);
            next.value.copyTo(block, { planeIndex: 0, format: "f32-planar" });
            next.value.close();
            window.played.blocks.push(block);
          }
        }
        const send = WebSocket.prototype.send;
        window.sent = [];
        window.signs = [];
        WebSocket.prototype.send = function (message) {
          if (message instanceof ArrayBuffer) window.sent.push(btoa(String.fromCharCode(...new Uint8Array(message))));
          else window.signs.push(message);
          return send.call(this, message);
        };
        """;

    /// <summary>What was played, as 16-bit samples in base 64.</summary>
    private const string Played = """
        () => {
          let text = "";
          for (const block of window.played.blocks) for (const sample of block) {
            const value = Math.max(-32768, Math.min(32767, Math.round(sample * 32768))) & 0xffff;
            text += String.fromCharCode(value & 255, value >> 8);
          }
          return { rate: window.played.rate, sound: btoa(text) };
        }
        """;

    public IPage Page => page;

    public ILocator State => page.GetByRole(AriaRole.Status);

    public ILocator Consent => page.Locator("#consent");

    /// <summary>Opens one.</summary>
    /// <param name="browser">Shows it.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="before">What runs before the page's script, beside what keeps its sound.</param>
    public static async Task<PhonePage> OpenAsync(Chromium browser, string address, string before = "") => new(await browser.OpenAsync(address, Listen + before));

    /// <summary>Agrees and calls.</summary>
    public async Task CallAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Agree and call" }).ClickAsync();
        await Expect(State).ToHaveTextAsync("connected");
    }

    public Task HangUpAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Hang up" }).ClickAsync();

    /// <summary>The messages of bytes that the page has sent so far.</summary>
    public async Task<byte[][]> SentAsync() => [.. (await page.EvaluateAsync<string[]>("() => window.sent")).Select(Convert.FromBase64String)];

    /// <summary>What the device has played so far, at <see cref="Sound.Rate"/>.</summary>
    public async Task<short[]> PlayedAsync()
    {
        var played = await page.EvaluateAsync<Sounds>(Played);
        return played.Rate == 0 ? [] : Sound.AtRate(MemoryMarshal.Cast<byte, short>(Convert.FromBase64String(played.Sound)).ToArray(), played.Rate, Sound.Rate);
    }

    /// <summary>Waits until the device has played this much speech, and then none for a while; gives all of it.</summary>
    /// <param name="seconds">Of speech.</param>
    public async Task<short[]> PlayedSpeechAsync(double seconds)
    {
        for (var looks = 0; looks < 120; looks++)
        {
            await page.WaitForTimeoutAsync(250);
            var played = await PlayedAsync();
            if (Sound.Spoken(played) >= seconds && Sound.Spoken(played[Math.Max(0, played.Length - (Sound.Rate / 2))..]) == 0) return played;
        }

        throw new TimeoutException($"No {seconds} s of speech were played.");
    }

    /// <summary>Waits until the device has played this, for half a minute at most; gives how alike what it played comes to it.</summary>
    /// <param name="sound">What is waited for, at <see cref="Sound.Rate"/>.</param>
    /// <param name="same">How alike it must be.</param>
    public async Task<double> HearsAsync(short[] sound, double same)
    {
        var best = 0.0;
        for (var looks = 0; looks < 60 && best <= same; looks++)
        {
            await page.WaitForTimeoutAsync(500);
            best = Sound.Wave(await PlayedAsync(), sound);
        }

        return best;
    }

    private sealed class Sounds
    {
        public int Rate { get; set; }

        public string Sound { get; set; } = "";
    }
}
