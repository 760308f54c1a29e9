using ContactCenterAgent.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace ContactCenterAgent.Host.Tests.Settings;

public sealed class SettingsCheckTests
{
    [Theory]
    [InlineData("Console:Port", "70000", "Console:Port has a value that is not allowed. Allowed: 0 to 65535.")]
    [InlineData("Console:Port", "eighty", "Console:Port has a value that is not allowed. Allowed: 0 to 65535.")]
    [InlineData("Console:Listen", "everywhere", "Console:Listen has a value that is not allowed. Allowed: an IP address, like 127.0.0.1.")]
    [InlineData("Lines:TimeZone", "Mars/Olympus", "Lines:TimeZone has a value that is not allowed. Allowed: a time zone by its IANA name, like Europe/London.")]
    [InlineData("Lines:Browser:Recogniser", "Ear", "Lines:Browser:Recogniser has a value that is not allowed. Allowed: Configured, Browser.")]
    [InlineData("Lines:Browser:Language", "British English", "Lines:Browser:Language has a value that is not allowed. Allowed: a language by its tag, like en-GB.")]
    [InlineData("Lines:Browser:Readings", "9", "Lines:Browser:Readings has a value that is not allowed. Allowed: 1 to 5.")]
    [InlineData("Speech:Baseline", "00:00:09", "Speech:Baseline has a value that is not allowed. Allowed: 00:00:00.200 to 00:00:03.")]
    [InlineData("Speech:Recognisers:0:Kind", "Ear", "Speech:Recognisers:0:Kind has a value that is not allowed. Allowed: Vosk, Sherpa, Realtime, Transcription.")]
    [InlineData("Speech:Recognisers:1:Endpoint", "localhost:2700", "Speech:Recognisers:1:Endpoint has a value that is not allowed. Allowed: an address like ws://127.0.0.1:2700 or https://speech.example.org/v1/audio/transcriptions.")]
    [InlineData("Speech:Recognisers:0:Language", "English", "Speech:Recognisers:0:Language has a value that is not allowed. Allowed: a language by its two letters, like en.")]
    [InlineData("Speech:Recognisers:0:SampleRate", "4000", "Speech:Recognisers:0:SampleRate has a value that is not allowed. Allowed: 8000 to 48000.")]
    [InlineData("Speech:Recognisers:0:KeyHeader", "Cookie", "Speech:Recognisers:0:KeyHeader has a value that is not allowed. Allowed: Authorization, api-key.")]
    [InlineData("Speech:Recognisers:0:ApiKey", "sk-secret", "Speech:Recognisers:0:ApiKey is not a setting. Allowed: Speech:Recognisers:0:Kind, Speech:Recognisers:0:Endpoint, Speech:Recognisers:0:ApiKeyEnvironment, Speech:Recognisers:0:KeyHeader, Speech:Recognisers:0:Model, Speech:Recognisers:0:Language, Speech:Recognisers:0:SampleRate, Speech:Recognisers:0:Alternatives, Speech:Recognisers:0:WordTimes, Speech:Recognisers:0:PartialEvery.")]
    [InlineData("Speech:Recognisers", "vosk", "Speech:Recognisers has a value that is not allowed. Allowed: a list of up to 8.")]
    [InlineData("Speech:Voices:0:Kind", "Shout", "Speech:Voices:0:Kind has a value that is not allowed. Allowed: Espeak, Piper, OpenAI, Tone.")]
    [InlineData("Speech:Voices:0:Voice", "en gb; rm", "Speech:Voices:0:Voice has a value that is not allowed. Allowed: a name of letters, digits, plus, point, dash and underscore, like en-gb.")]
    [InlineData("Speech:Voices:0:WordsAMinute", "900", "Speech:Voices:0:WordsAMinute has a value that is not allowed. Allowed: 80 to 300.")]
    [InlineData("Speech:Audio:HoldMax", "00:00:05", "Speech:Audio:HoldMax has a value that is not allowed. Allowed: 00:00:00.200 to 00:00:01.900.")]
    [InlineData("Speech:DeafAfter", "00:00:00.100", "Speech:DeafAfter has a value that is not allowed. Allowed: 00:00:00.500 to 00:00:10.")]
    [InlineData("Planner:Tiers:0:Kind", "psychic", "Planner:Tiers:0:Kind has a value that is not allowed. Allowed: Embedded, OpenAI, Azure, LlamaServer, Vllm, Ollama, Local, Person.")]
    [InlineData("Planner:Tiers:0:Endpoint", "localhost:8080", "Planner:Tiers:0:Endpoint has a value that is not allowed. Allowed: an address like http://127.0.0.1:8080/v1.")]
    [InlineData("Planner:Tiers:1:Limits:FirstUseful", "00:01:00", "Planner:Tiers:1:Limits:FirstUseful has a value that is not allowed. Allowed: 00:00:00.050 to 00:00:10.")]
    [InlineData("Planner:Tiers", "openai", "Planner:Tiers has a value that is not allowed. Allowed: a list of up to 8.")]
    [InlineData("Planner:Tiers:0:ApiKey", "sk-secret", "Planner:Tiers:0:ApiKey is not a setting. Allowed: Planner:Tiers:0:Kind, Planner:Tiers:0:Name, Planner:Tiers:0:Endpoint, Planner:Tiers:0:Model, Planner:Tiers:0:ApiKeyEnvironment, Planner:Tiers:0:Entra, Planner:Tiers:0:Realtime, Planner:Tiers:0:Form, Planner:Tiers:0:About, Planner:Tiers:0:OutputTokensMax, Planner:Tiers:0:Slots, Planner:Tiers:0:WaitingMax, Planner:Tiers:0:ProbeEvery, Planner:Tiers:0:Lines, Planner:Tiers:0:Limits.")]
    [InlineData("Tools:Speculation", "Perhaps", "Tools:Speculation has a value that is not allowed. Allowed: On, Sequential.")]
    [InlineData("Tools:DiscloseOnGuess", "maybe", "Tools:DiscloseOnGuess has a value that is not allowed. Allowed: true, false.")]
    [InlineData("Storage:Folder", "", "Storage:Folder has a value that is not allowed. Allowed: any text that is not empty.")]
    [InlineData("Operator:Limits:Calls", "0", "Operator:Limits:Calls has a value that is not allowed. Allowed: 1 to 100000.")]
    [InlineData("Console:Port:Http", "80", "Console:Port has a value that is not allowed. Allowed: 0 to 65535.")]
    [InlineData("Telemetry", "loud", "Telemetry holds settings of its own and takes no value. Allowed: Telemetry:Level.")]
    [InlineData("Telemetry:Levels", "Debug", "Telemetry:Levels is not a setting. Allowed: Telemetry:Level.")]
    public void Value_NotAllowed_IsOneLineWithItsKeyAndWhatIs(string key, string value, string expected) =>
        Should.Throw<SettingException>(() => SettingsCheck.Check(Configuration((key, value)))).Message.ShouldBe(expected);

    [Fact]
    public void Values_OfOtherRoots_AreNobodysBusiness() =>
        Should.NotThrow(() => SettingsCheck.Check(Configuration(("PATH", "/bin"), ("Logging:LogLevel:Default", "Debug"))));

    [Fact]
    public void Values_ThatAreAllowed_ReachTheirClass()
    {
        var configuration = Configuration(("console:port", "5081"), ("Console:Origins:0", "https://console.example.org"), ("Speech:Baseline", "00:00:00.500"));

        SettingsCheck.Check(configuration);

        configuration.Of<ConsoleSettings>().Port.ShouldBe(5081);
        configuration.Of<ConsoleSettings>().Origins.ShouldBe(["https://console.example.org"]);
        configuration.Of<SpeechSettings>().Baseline.ShouldBe(TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public void Defaults_OfEveryRoot_AreAllowed()
    {
        foreach (var (root, type) in SettingsRoots.All)
        {
            var defaults = Activator.CreateInstance(type)!;
            var values = type.GetProperties().Where(p => p.CanWrite && (p.PropertyType.IsValueType || p.PropertyType == typeof(string)))
                .Select(p => ($"{root}:{p.Name}", Convert.ToString(p.GetValue(defaults), null)!));
            Should.NotThrow(() => SettingsCheck.Check(Configuration([.. values])));
        }
    }

    [Fact]
    public void ShippedFile_IsAllowed() => Should.NotThrow(HostSettings.Load);

    private static IConfiguration Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build();
}
