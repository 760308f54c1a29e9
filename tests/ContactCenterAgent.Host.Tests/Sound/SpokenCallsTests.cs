using System.Text;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Host.Sound;
using ContactCenterAgent.Speech.Voices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Host.Tests.Sound;

public sealed class SpokenCallsTests
{
    [Fact]
    public async Task Says_WithoutSettings_IsTheKeypadAndTheInstalledVoice()
    {
        var says = await SaysAsync();

        says[0].ShouldBe("Hears with: nobody (Speech:Recognisers is empty): callers use the keypad");
        says[1].ShouldBeOneOf("Speaks with: espeak-ng", "Speaks with: tones (espeak-ng is not installed)");
    }

    [Fact]
    public async Task Says_WithSettings_NamesThemInTheirOrder()
    {
        var says = await SaysAsync(
            ("Speech:Recognisers:0:Kind", "Transcription"), ("Speech:Recognisers:0:Endpoint", "http://127.0.0.1:8080/v1/audio/transcriptions"),
            ("Speech:Recognisers:1:Kind", "Sherpa"), ("Speech:Recognisers:2:Kind", "Vosk"),
            ("Speech:Voices:0:Kind", "Piper"), ("Speech:Voices:1:Kind", "Tone"));

        says.ShouldBe([
            "Hears with: Transcription at http://127.0.0.1:8080/v1/audio/transcriptions, then Sherpa at ws://127.0.0.1:6006, then Vosk at ws://127.0.0.1:2700, then the keypad",
            "Speaks with: Piper at http://127.0.0.1:5000/, then tones"]);
    }

    [Theory]
    [InlineData(null, "then the keypad")]
    [InlineData("Vosk", "then Vosk at ws://127.0.0.1:2700, then the keypad")]
    public async Task Says_WherePagesRecogniseForThemselves_NamesTheBrowserAndWhoTakesOver(string? kind, string then)
    {
        (string, string)[] behind = kind is null ? [] : [("Speech:Recognisers:0:Kind", kind)];

        (await SaysAsync([("Lines:Browser:Enabled", "true"), ("Lines:Browser:Recogniser", "Browser"), ("Lines:Browser:Language", "nl-BE"), .. behind]))[1]
            .ShouldBe($"Hears pages with: the browser's own recogniser (nl-BE; it may send callers' voices to its maker), {then}");
        (await SaysAsync([("Lines:Browser:Recogniser", "Browser"), .. behind])).Count.ShouldBe(2, "the line is closed");
        (await SaysAsync([("Lines:Browser:Enabled", "true"), .. behind])).Count.ShouldBe(2, "pages are heard like everybody else");
    }

    [Theory]
    [InlineData("Speech:Recognisers:0:Kind", "Realtime")]
    [InlineData("Speech:Recognisers:0:Kind", "Transcription")]
    [InlineData("Speech:Voices:0:Kind", "OpenAI")]
    public async Task Of_AServiceWithoutItsKey_IsOneLineThatNamesTheVariable(string key, string kind)
    {
        var fault = await Should.ThrowAsync<SettingException>(() => SaysAsync((key, kind)));
        fault.Message.ShouldBe($"{key[..key.LastIndexOf(':')]}: the environment variable OPENAI_API_KEY is not set. It holds the API key.");
    }

    [Fact]
    public async Task Of_ARecordingWhoseNoticeWouldBeTones_IsRefused()
    {
        var fault = await Should.ThrowAsync<SettingException>(() => SaysAsync(("Operator:Recording:Enabled", "true"), ("Speech:Voices:0:Kind", "Tone")));
        fault.Message.ShouldStartWith("Operator:Recording:Enabled needs voices that can say its notice");
    }

    [Fact]
    public async Task Of_AKeyUnderANameOfOnesOwn_IsTaken()
    {
        var says = await SaysAsync(
            ("Speech:Recognisers:0:Kind", "Realtime"), ("Speech:Recognisers:0:Endpoint", "wss://speech.example.org/openai/v1/realtime"),
            ("Speech:Recognisers:0:ApiKeyEnvironment", "MY_KEY"), ("Speech:Recognisers:0:KeyHeader", "api-key"), ("MY_KEY", "secret"));
        says[0].ShouldBe("Hears with: Realtime at wss://speech.example.org/openai/v1/realtime, then the keypad");
    }

    [Theory]
    [InlineData("Vosk", "http://127.0.0.1:2700", "an address like ws://127.0.0.1:2700")]
    [InlineData("Transcription", "ws://127.0.0.1:2700", "an address like http://127.0.0.1:8080/v1/audio/transcriptions")]
    public async Task Of_AnAddressOfTheWrongKind_IsOneLineThatNamesTheKey(string kind, string address, string allowed)
    {
        var fault = await Should.ThrowAsync<SettingException>(() => SaysAsync(("Speech:Recognisers:0:Kind", kind), ("Speech:Recognisers:0:Endpoint", address)));
        fault.Message.ShouldBe($"Speech:Recognisers:0:Endpoint has a value that is not allowed. Allowed: {allowed}.");
    }

    [EspeakFact]
    public async Task Sample_OnThePage_IsAllowed_AndMeansWhatItSays()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "media.md"));
        var sample = page.Split("```json")[1].Split("```")[0];
        using var json = new MemoryStream(Encoding.UTF8.GetBytes($"{{{sample}}}"));
        var configuration = new ConfigurationBuilder().AddJsonStream(json).AddInMemoryCollection([new("AZURE_OPENAI_API_KEY", "secret")]).Build();

        SettingsCheck.Check(configuration);

        (await SaysAsync(configuration))[0].ShouldBe(
            "Hears with: Realtime at wss://NAME.openai.azure.com/openai/v1/realtime?intent=transcription, then Transcription at http://127.0.0.1:8080/v1/audio/transcriptions, then Vosk at ws://127.0.0.1:2700, then the keypad");
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ContactCenterAgent.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("ContactCenterAgent.sln is in no folder above.");
        return folder;
    }

    private static async Task<IReadOnlyList<string>> SaysAsync(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        SettingsCheck.Check(configuration);
        return await SaysAsync(configuration);
    }

    private static async Task<IReadOnlyList<string>> SaysAsync(IConfiguration configuration)
    {
        await using var spoken = SpokenCalls.Of(configuration, (_, _) => ValueTask.FromResult<string?>(null), TimeProvider.System, NullLoggerFactory.Instance);
        return spoken.Says;
    }
}

/// <summary>A test that needs espeak-ng; without it it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EspeakFactAttribute : FactAttribute
{
    public EspeakFactAttribute()
    {
        if (!EspeakVoice.IsInstalled(new())) Skip = "espeak-ng is not installed (apt-get install espeak-ng).";
    }
}
