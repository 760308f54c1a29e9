using ContactCenterAgent.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace ContactCenterAgent.Host.Tests.Settings;

public sealed class SecretsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-secrets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Secret_InTheSettingsFile_IsNotTaken_AndOneFromElsewhereIs()
    {
        File.WriteAllText(Path.Combine(_folder, "appsettings.json"), """{"SHOP_KEY":"from the repository","OTHER_KEY":"from the repository"}""");
        IConfiguration configuration = new ConfigurationBuilder().SetBasePath(_folder).AddJsonFile("appsettings.json").AddInMemoryCollection([new("SHOP_KEY", "from elsewhere")]).Build();

        configuration.Secret("SHOP_KEY").ShouldBe("from elsewhere");
        configuration.Secret("OTHER_KEY").ShouldBeNull();
    }

    [Fact]
    public void Values_AreNamed_WithTheirScheme()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("SHOP_KEY", "s3cret")]).Build();

        configuration.Named("Headers", [new() { Name = "Authorization", Scheme = "Bearer", From = "SHOP_KEY" }, new() { Name = "X-Tenant", Value = "north" }])
            .ShouldBe(new Dictionary<string, string> { ["Authorization"] = "Bearer s3cret", ["X-Tenant"] = "north" });
        Should.Throw<SettingException>(() => configuration.Named("Headers", [new() { Name = "A", Value = "1" }, new() { Name = "a", Value = "2" }])).Message.ShouldBe("Headers has a twice. Allowed: one each.");
    }
}
