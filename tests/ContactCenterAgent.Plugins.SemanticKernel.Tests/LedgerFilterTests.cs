using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel;

namespace ContactCenterAgent.Plugins.SemanticKernel.Tests;

/// <summary>A kernel's own loop of function calls, by Semantic Kernel's own code, with a model that answers by script.</summary>
#pragma warning disable CA1001 // xunit disposes of a test class through IAsyncLifetime.
public sealed class LedgerFilterTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly CallId Id = CallId.Parse("0195f0c0-0000-7000-8000-00000000000a");

    private readonly OrderDesk _desk = new();
    private NorthgateDatabase _database = null!;
    private ContactCenterStore _store = null!;
    private KernelCall _call = null!;

    public async Task InitializeAsync()
    {
        _database = await NorthgateDatabase.SeededAsync();
        _store = ContactCenterStore.Open(new() { Folder = _database.Folder }, _database.Clock, NullLogger<ContactCenterStore>.Instance);
        var desk = new Kernel();
        desk.Plugins.AddFromObject(_desk, "desk");
        _call = new(Id, [.. _database.Tools, .. KernelTools.Read(desk).Tools], _store.Ledger, _database.Clock, callsPerTurn: 6);
    }

    public async Task DisposeAsync()
    {
        await _call.DisposeAsync();
        await _store.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Loop_CallingAWriteTwice_HasOneEffect()
    {
        var model = new ScriptedChat(
            ScriptedChat.Calls(("desk_Refund", new { orderId = "NG7", pence = 250 })),
            ScriptedChat.Calls(("desk_Refund", new { orderId = "NG7", pence = 250 })),
            ScriptedChat.Says("Paid back."));

        (await AskAsync(model, "pay me back")).ShouldBe("Paid back.");

        _desk.Ran.ShouldBe(["refund NG7 250"]);
        model.Results.Count().ShouldBe(2);
        model.Results.ShouldAllBe(r => r.Contains("\"status\":\"done\""));
    }

    [Fact]
    public async Task Loop_OnAGuessAndAgainAfterTheTurn_ReadsOnceAndWritesOnce()
    {
        Func<IReadOnlyList<ChatMessage>, ChatMessage>[] script =
        [
            ScriptedChat.Calls(("desk_GetStatus", new { orderId = "NG7" }), ("desk_Refund", new { orderId = "NG7", pence = 250 })),
            ScriptedChat.Says("Shipped, and paid back."),
        ];
        _call.OpenTurn();
        var guess = new ScriptedChat(script);
        await AskAsync(guess, "pay me back order NG7 whi");
        guess.Results.Last().ShouldContain("\"status\":\"waits\"");
        _desk.Ran.ShouldBe(["status NG7 False"]);

        await _call.CloseTurnAsync("pay me back order NG7 which never came", default);
        await AskAsync(new ScriptedChat(script), "pay me back order NG7 which never came");
        _desk.Ran.ShouldBe(["status NG7 False", "refund NG7 250"]);
    }

    [Fact]
    public async Task Loop_OverAnIrreversibleFunction_CannotDoItWithoutTheCaller()
    {
        var model = new ScriptedChat(
            ScriptedChat.Calls(("desk_WriteOff", new { orderId = "NG7" })), ScriptedChat.Calls(("desk_WriteOff", new { orderId = "NG7" })), ScriptedChat.Says("Shall I?"));
        await AskAsync(model, "write it off");
        _desk.Ran.ShouldBeEmpty();
        model.Results.ShouldAllBe(r => r.Contains("needs_yes"));
    }

    [Fact]
    public async Task Loop_WithoutEnd_IsStopped()
    {
        var model = new ScriptedChat(ScriptedChat.Calls(("desk_GetStatus", new { orderId = "NG7" })));
        await AskAsync(model, "where is it");
        model.Asked.Count.ShouldBe(7);
        _desk.Ran.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Loop_CallingAFunctionThatIsNoTool_RunsNothing()
    {
        var model = new ScriptedChat(ScriptedChat.Calls(("desk_Import", new { lines = new[] { "x" } })), ScriptedChat.Says("No."));
        await AskAsync(model, "import it");
        model.Results.Single().ShouldContain("tool.none");
    }

    [Fact]
    public async Task Plugin_OfTheContactCentre_ShowsEveryToolWithItsEffect()
    {
        var model = new ScriptedChat(ScriptedChat.Says("Hello."));
        var kernel = Kernel(model);
        var plugin = kernel.Plugins.AddContactCenter(new() { Call = _call, Line = new Leg() });
        await kernel.InvokePromptAsync("hello", Auto);

        plugin.Select(f => f.Metadata.Name).ShouldBe([.. _database.Tools.Select(t => t.Descriptor.Name), "transfer_to_person", "hang_up"]);
        plugin["find_slots"].Metadata.AdditionalProperties[EffectAttribute.MetadataKey].ShouldBe(Core.Tools.ToolEffect.Read);
        plugin.ShouldAllBe(f => f.Description.Length > 0);
        model.Shown.Single().Select(t => t.Name).ShouldContain("ContactCenter_cancel_appointment");
    }

    [Fact]
    public async Task Plugin_CalledByTheLoopOrByHand_GoesThroughTheLedger()
    {
        var model = new ScriptedChat(ScriptedChat.Calls(("ContactCenter_find_slots", new { service = "eye test", date = "2026-11-26" })), ScriptedChat.Says("Half past two."));
        var kernel = Kernel(model);
        kernel.Plugins.AddContactCenter(new() { Call = _call });
        await kernel.InvokePromptAsync("thursday", Auto);
        model.Results.Single().ShouldContain("slot_id");

        var byHand = await kernel.InvokeAsync<string>("ContactCenter", "find_slots", new() { ["service"] = "eye test", ["date"] = "2026-11-26" });
        byHand.ShouldBe(model.Results.Single());
        _call.ReadsSent.ShouldBe(1);
    }

    [Fact]
    public async Task Line_InAnOpenTurn_IsNotHungUp()
    {
        var leg = new Leg();
        var model = new ScriptedChat(ScriptedChat.Calls(("ContactCenter_hang_up", new { })), ScriptedChat.Says("Goodbye."));
        var kernel = Kernel(model);
        kernel.Plugins.AddContactCenter(new() { Call = _call, Line = leg });
        _call.OpenTurn();
        await kernel.InvokePromptAsync("bye", Auto);
        leg.Did.ShouldBeEmpty();

        await _call.CloseTurnAsync("bye", default);
        await kernel.InvokeAsync("ContactCenter", "transfer_to_person", new() { ["reason"] = "complaint", ["summary"] = "An order that never came." });
        await kernel.InvokeAsync("ContactCenter", "hang_up");
        leg.Did.ShouldBe(["transfer complaint", "hang up"]);
    }

    private static KernelArguments Auto => new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() });

    private Kernel Kernel(ScriptedChat model)
    {
        var builder = Microsoft.SemanticKernel.Kernel.CreateBuilder();
        builder.Services.AddSingleton(model.AsBuilder().UseKernelFunctionInvocation().Build());
        builder.Plugins.AddFromObject(_desk, "desk");
        return builder.Build().UseLedger(_call);
    }

    private async Task<string?> AskAsync(ScriptedChat model, string words) => await Kernel(model).InvokePromptAsync<string>(words, Auto);
}
