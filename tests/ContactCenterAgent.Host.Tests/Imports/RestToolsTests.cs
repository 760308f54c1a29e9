using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Host.Tests.Imports;

/// <summary>The sample of <c>docs/samples</c>: a CRM with a REST interface, connected by its OpenAPI document, through the running host.</summary>
public sealed class RestToolsTests : IAsyncLifetime
{
    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "samples");
    private HelpdeskService _service = null!;
    private RunningHost _host = null!;

    public async Task InitializeAsync()
    {
        _service = await HelpdeskService.StartAsync();
        _host = await StartAsync(Path.Combine(Samples, "crm-openapi.json"));
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public void Host_WhenItStarts_TellsWhatWasImported() => _host.Server.ToolsSay.ShouldBe(
    [
        $"Tools of helpdesk, {_service.Address}:",
        "  get_ticket        Read          runs on a guess",
        "  request_callback  Write         runs after a yes",
    ]);

    [Fact]
    public async Task Document_InYaml_ByItsEndingOrItsContentType_GivesTheSameTools()
    {
        await using var file = await StartAsync(Path.Combine(Samples, "crm-openapi.yaml"));
        await using var address = await StartAsync(new Uri(_service.Address, "openapi").AbsoluteUri);

        file.Server.ToolsSay.ShouldBe(_host.Server.ToolsSay);
        address.Server.ToolsSay.ShouldBe(_host.Server.ToolsSay);
    }

    [Fact]
    public async Task Get_RunsWhileTheCallerSpeaks_AndAnswersWhenTheyHaveEnded()
    {
        using var caller = await _host.CallAsync();

        await caller.TypesAsync("what is happening with ticket TK4821 please");
        (await NextAsync()).ShouldBe("GET /tickets/TK4821", "nobody has ended the sentence yet");
        await caller.EndsAsync();

        (await caller.HearsAsync(PromptKind.Answer)).ShouldContain("is with the engineer");
        await caller.HangsUpAsync();
        _service.Authorizations.Distinct().ShouldBe(["Bearer letmein"]);
    }

    [Fact]
    public async Task Post_WaitsForTheYes_AndIsDoneOnce()
    {
        using var caller = await _host.CallAsync();
        await caller.SaysAsync("please call me back tomorrow afternoon");
        (await caller.HearsAsync(PromptKind.ReadBack)).ShouldContain("in the afternoon");
        _service.Keys.ShouldBeEmpty("nobody has said yes yet");

        await caller.SaysAsync("yes please");

        (await caller.HearsAsync(PromptKind.Claim)).ShouldContain("We will call you back");
        await caller.HangsUpAsync();
        _service.Callbacks.ShouldHaveSingleItem()["channel"]!.GetValue<string>().ShouldBe("phone line");
        (await EntriesAsync()).ShouldBe([(_service.Keys.Single(), LedgerState.Done)]);
    }

    [Fact]
    public async Task Post_WhoseAnswerNeverComes_IsLookedUpAndNotRepeated()
    {
        using var caller = await AskedAsync(CallbackFault.KeptAndSilent);

        (await caller.HearsAsync(PromptKind.Claim)).ShouldContain("We will call you back");

        await caller.HangsUpAsync();
        _service.Callbacks.Count.ShouldBe(1);
        (await EntriesAsync()).ShouldBe([(_service.Keys.Single(), LedgerState.Done)]);
    }

    [Fact]
    public async Task Post_ThatWasLost_IsFoundToBeAbsent_AndMayBeAskedForAgain()
    {
        using var caller = await AskedAsync(CallbackFault.LostWithFailure);
        await caller.HearsAsync(PromptKind.Apology);

        await caller.SaysAsync("please call me back tomorrow afternoon");
        await caller.HearsAsync(PromptKind.ReadBack);
        await caller.SaysAsync("yes please");

        await caller.HearsAsync(PromptKind.Claim);
        await caller.HangsUpAsync();
        _service.Callbacks.Count.ShouldBe(1);
        _service.Keys.Distinct().Count().ShouldBe(2, "a further occurrence has a key of its own");
        (await EntriesAsync()).Select(e => e.State).ShouldBe([LedgerState.Failed, LedgerState.Done]);
    }

    [Fact]
    public async Task Post_ThatIsRefused_IsNotClaimed()
    {
        using var caller = await AskedAsync(CallbackFault.Refused);

        (await caller.HearsAsync(PromptKind.Apology)).ShouldContain("nobody is free then");

        await caller.HangsUpAsync();
        _service.Callbacks.ShouldBeEmpty();
    }

    private async Task<TypingCaller> AskedAsync(CallbackFault fault)
    {
        _service.Fault = fault;
        var caller = await _host.CallAsync();
        await caller.SaysAsync("please call me back tomorrow afternoon");
        await caller.HearsAsync(PromptKind.ReadBack);
        await caller.SaysAsync("yes please");
        return caller;
    }

    private async Task<string> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        return await _service.Requests.ReadAsync(limit.Token);
    }

    /// <summary>Keys as the service got them, with what the ledger holds of them.</summary>
    private async Task<IReadOnlyList<(string Key, LedgerState State)>> EntriesAsync()
    {
        var entries = new List<(string, LedgerState)>();
        foreach (var key in _service.Keys) entries.Add((key, (await _host.Server.Agent.Store.Ledger.FindAsync(Core.Tools.EffectKey.Parse(key), CancellationToken.None))!.State));
        return entries;
    }

    private Task<RunningHost> StartAsync(string document) => RunningHost.StartAsync(
        Path.Combine(Samples, "crm-settings.json"),
        ("Tools:OpenApi:0:Document", document),
        ("Tools:OpenApi:0:Server", _service.Address.AbsoluteUri),
        ("Tools:OpenApi:0:Rules:1:Deadline", "00:00:01"),
        ("HELPDESK_TOKEN", "letmein"));
}
