using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Host.Agents;
using ContactCenterAgent.Host.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Host.Tests.Imports;

/// <summary>What is wrong with a source of tools stops the host, in one line that names the setting.</summary>
public sealed class ImportSettingsTests : IDisposable
{
    private const string Document = """
        {"openapi":"3.1.0","servers":[{"url":"http://127.0.0.1:1/"}],"paths":{
          "/orders/{id}":{"get":{"operationId":"getOrder","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}]}},
          "/tags":{"post":{"operationId":"tagOrder","requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["tags"],"properties":{"tags":{"type":"array"}}}}}}}}}}
        """;

    private readonly string _file = Path.GetTempFileName();

    public ImportSettingsTests() => File.WriteAllText(_file, Document);

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("Name", "", "Tools:OpenApi:0:Name is missing. Allowed: a name of up to 40 characters.")]
    [InlineData("Document", "", "Tools:OpenApi:0:Document is missing. Allowed: a file or an address.")]
    [InlineData("Only:0", "getOrders", "Tools:OpenApi:0 names getOrders, which shop does not have. It has: getOrder, tagOrder.")]
    [InlineData("Rules:0:Tool", "cancel_order", "Tools:OpenApi:0 names cancel_order, which shop does not have. It has: getOrder, tagOrder.")]
    [InlineData("Only:0", "tagOrder", "Tools:OpenApi:0: shop: tagOrder cannot be used: its parameter tags is a list, which a caller cannot say. Its rule, or Tools:OpenApi:0:Only, names it.")]
    [InlineData("Headers:0:Name", "X-Tenant", "Tools:OpenApi:0:Headers:0 needs a value. Allowed: Tools:OpenApi:0:Headers:0:Value or Tools:OpenApi:0:Headers:0:From, one of them.")]
    [InlineData("Headers:0:From", "NOWHERE", "Tools:OpenApi:0:Headers:0:Name is missing. Allowed: a name.")]
    public async Task Setting_ThatDoesNotFit_IsOneLineWithItsKey(string key, string value, string expected) =>
        (await Should.ThrowAsync<SettingException>(() => OpenAsync((key, value)))).Message.ShouldBe(expected);

    [Fact]
    public async Task Rule_ThatTheToolCannotFollow_IsNamed()
    {
        (await RefusedAsync(("Rules:0:Parameters:0:Name", "colour"))).ShouldContain("getOrder cannot be used: it has no parameter colour.");
        (await RefusedAsync(("Rules:0:Parameters:0:Name", "id"), ("Rules:0:Parameters:0:Include", "false"))).ShouldContain("its parameter id is required and cannot be left out.");
        (await RefusedAsync(("Rules:0:LookUp:Tool", "findOrders"), ("Rules:0:LookUp:Parameter", "key"))).ShouldContain("its look-up findOrders is not there.");
        (await RefusedAsync(("Rules:0:LookUp:Tool", "getOrder"), ("Rules:0:LookUp:Parameter", "key"))).ShouldContain("its look-up getOrder has no parameter key.");

        async Task<string> RefusedAsync(params (string, string)[] rule) => (await Should.ThrowAsync<SettingException>(() => OpenAsync([("Rules:0:Tool", "getOrder"), .. rule]))).Message;
    }

    [Fact]
    public async Task Secret_AmongTheSettings_IsRefused_AndOneThatIsMissingIsNamed()
    {
        (await Should.ThrowAsync<SettingException>(() => OpenAsync(("Headers:0:Name", "X-Api-Key"), ("Headers:0:Value", "s3cret")))).Message
            .ShouldBe("Tools:OpenApi:0:Headers:0:Value holds what looks like a secret. Allowed: Tools:OpenApi:0:Headers:0:From with the name of an environment variable.");
        (await Should.ThrowAsync<SettingException>(() => OpenAsync(("Headers:0:Name", "X-Api-Key"), ("Headers:0:From", "SHOP_KEY")))).Message
            .ShouldBe("Tools:OpenApi:0:Headers:0: the environment variable SHOP_KEY is not set. It holds the value of X-Api-Key.");
    }

    [Fact]
    public async Task Server_ThatIsNotThere_StopsTheHost_UnlessItIsNotRequired()
    {
        (await Should.ThrowAsync<IOException>(() => OpenAsync())).Message.ShouldEndWith("Set Tools:OpenApi:0:Required to false to start without them.");

        await using var without = await OpenAsync(("Required", "false"));

        without.Says.ShouldBe(
        [
            "Tools of shop, http://127.0.0.1:1/ (not reached yet: its calls fail until it is):",
            "  get_order  Read          runs on a guess; no tool of it finds its id: a caller cannot say an id",
            "  not used: shop: tagOrder cannot be used: its parameter tags is a list, which a caller cannot say.",
        ]);
    }

    [Fact]
    public async Task Program_ThatDoesNotExist_StopsTheHost_UnlessItIsNotRequired()
    {
        (string, string)[] mcp = [("Tools:Mcp:0:Name", "files"), ("Tools:Mcp:0:Command", "no-such-program-anywhere")];
        (await Should.ThrowAsync<IOException>(() => OpenAllAsync(mcp))).Message.ShouldStartWith("The tools of files cannot be reached: ");

        await using var without = await OpenAllAsync([.. mcp, ("Tools:Mcp:0:Required", "false")]);

        without.Tools.ShouldBeEmpty();
        without.Says.ShouldHaveSingleItem().ShouldStartWith("Tools of files: none, it cannot be reached: ");
    }

    [Fact]
    public async Task Server_WithACommandAndAnAddress_OrNeither_IsRefused()
    {
        const string expected = "Tools:Mcp:0 needs a server. Allowed: Tools:Mcp:0:Command or Tools:Mcp:0:Url, one of them.";
        (await Should.ThrowAsync<SettingException>(() => OpenAllAsync(("Tools:Mcp:0:Name", "files")))).Message.ShouldBe(expected);
        (await Should.ThrowAsync<SettingException>(() => OpenAllAsync(("Tools:Mcp:0:Name", "files"), ("Tools:Mcp:0:Command", "x"), ("Tools:Mcp:0:Url", "http://127.0.0.1:1/")))).Message.ShouldBe(expected);
    }

    [Fact]
    public async Task Sources_OfOneName_AreRefused() =>
        (await Should.ThrowAsync<SettingException>(() => OpenAllAsync(("Tools:Mcp:0:Name", "shop"), ("Tools:OpenApi:0:Name", "Shop")))).Message
            .ShouldBe("Tools:Mcp and Tools:OpenApi have two sources called shop. Allowed: one Name each.");

    [Fact]
    public async Task Document_ThatIsNone_IsNamed()
    {
        await File.WriteAllTextAsync(_file, "openapi: 3.1.0");
        (await Should.ThrowAsync<SettingException>(() => OpenAsync())).Message.ShouldBe("Tools:OpenApi:0:Document: The OpenAPI document is not JSON at line 1.");

        var yaml = Path.ChangeExtension(_file, ".yaml");
        File.Move(_file, yaml);
        (await Should.ThrowAsync<SettingException>(() => OpenAsync(("Document", yaml)))).Message.ShouldBe("Tools:OpenApi:0:Document: It is no OpenAPI 3 document.");
        await File.WriteAllTextAsync(yaml, "openapi: 3.1.0\npaths: *none");
        (await Should.ThrowAsync<SettingException>(() => OpenAsync(("Document", yaml)))).Message
            .ShouldBe("Tools:OpenApi:0:Document: The OpenAPI document cannot be used at line 2: an alias refers to nothing, or to itself.");
        File.Delete(yaml);
    }

    [Fact]
    public async Task Rule_OfTheOperator_Wins()
    {
        await using var imported = await OpenAsync(
            ("Required", "false"), ("Prefix", "shop"), ("Rules:0:Tool", "getOrder"), ("Rules:0:Effect", "Disclose"), ("Rules:0:Requires", "Verified"), ("Rules:0:Subject", "id"),
            ("Rules:0:Finds:Entity", "order"), ("Rules:0:Parameters:0:Name", "id"), ("Rules:0:Parameters:0:Type", "Reference"), ("Rules:0:Parameters:0:Ask", "Which order?"));

        var tool = imported.Tools.Single().Descriptor;
        (tool.Name, tool.Effect, tool.Requires, tool.Subject, tool.Finds).ShouldBe(("shop_get_order", ToolEffect.Disclose, AssuranceLevel.Verified, "id", new EntitySource("order", "id")));
        tool.Parameters.Single().ShouldSatisfyAllConditions(p => p.Type.ShouldBe(ParameterType.Reference), p => p.Ask.ShouldBe("Which order?"));
    }

    private Task<ImportedTools> OpenAsync(params (string Key, string Value)[] source) =>
        OpenAllAsync([("Tools:OpenApi:0:Name", "shop"), ("Tools:OpenApi:0:Document", _file), .. source.Select(s => ($"Tools:OpenApi:0:{s.Key}", s.Value))]);

    private static Task<ImportedTools> OpenAllAsync(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in settings) all[key] = value;
        return ImportedTools.OpenAsync(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), [], TimeProvider.System, NullLogger.Instance, CancellationToken.None);
    }
}
