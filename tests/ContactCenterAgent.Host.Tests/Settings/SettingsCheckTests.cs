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
    [InlineData("Speech:Baseline", "00:00:09", "Speech:Baseline has a value that is not allowed. Allowed: 00:00:00.200 to 00:00:03.")]
    [InlineData("Planner:Tier", "psychic", "Planner:Tier has a value that is not allowed. Allowed: embedded.")]
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
