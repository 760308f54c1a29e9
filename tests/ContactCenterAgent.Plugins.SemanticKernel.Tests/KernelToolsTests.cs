using System.Collections.Immutable;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ContactCenterAgent.Plugins.SemanticKernel.Tests;

public sealed class KernelToolsTests
{
    private readonly Kernel _kernel = new();
    private readonly OrderDesk _desk = new();

    public KernelToolsTests() => _kernel.Plugins.AddFromObject(_desk, "OrderDesk");

    private ImmutableArray<Tool> Tools => KernelTools.Read(_kernel).Tools;

    private Tool Tool(string name) => Tools.Single(t => t.Descriptor.Name == name);

    [Theory]
    [InlineData("order_desk_get_status", ToolEffect.Read)]
    [InlineData("order_desk_refund", ToolEffect.Write)]
    [InlineData("order_desk_write_off", ToolEffect.Irreversible)]
    [InlineData("order_desk_check_credit", ToolEffect.Disclose)]
    [InlineData("order_desk_reserve", ToolEffect.Write)]
    public void Effect_OfAFunction_IsDeclaredOrAWrite(string tool, ToolEffect effect) => Tool(tool).Descriptor.Effect.ShouldBe(effect);

    [Fact]
    public void Effect_InTheOperatorsTable_WinsOverTheAttribute()
    {
        var options = new KernelToolOptions { Effects = { ["orderdesk.GetStatus"] = ToolEffect.Disclose, ["OrderDesk.*"] = ToolEffect.Irreversible } };
        var tools = KernelTools.Read(_kernel, options).Tools.ToDictionary(t => t.Descriptor.Name, t => t.Descriptor.Effect);
        tools["order_desk_get_status"].ShouldBe(ToolEffect.Disclose);
        tools["order_desk_refund"].ShouldBe(ToolEffect.Irreversible);
    }

    [Theory]
    [InlineData(ToolEffect.Read, ToolEffect.Read)]
    [InlineData("read", ToolEffect.Read)]
    [InlineData("harmless", ToolEffect.Write)]
    [InlineData("7", ToolEffect.Write)]
    [InlineData(true, ToolEffect.Write)]
    public void Effect_InMetadata_IsReadAndFailsClosed(object value, ToolEffect effect)
    {
        var metadata = new Dictionary<string, object?> { [EffectAttribute.MetadataKey] = value };
        var function = KernelFunctionFactory.CreateFromMethod(() => "x", new() { FunctionName = "f", AdditionalMetadata = new(metadata) });
        KernelTools.EffectOf(function).ShouldBe(effect);
    }

    [Fact]
    public void Parameters_OfAFunction_KeepTheirTypes()
    {
        var refund = Tool("order_desk_refund").Descriptor;
        refund.Parameters.Select(p => (p.Name, p.Type, p.Required)).ShouldBe([("orderId", ParameterType.EntityId, true), ("pence", ParameterType.Count, true)]);
        Tool("order_desk_get_status").Descriptor.Parameters.Select(p => (p.Type, p.Required)).ShouldBe([(ParameterType.EntityId, true), (ParameterType.Boolean, false)]);
        var reserve = Tool("order_desk_reserve").Descriptor;
        reserve.Parameters.Select(p => p.Type).ShouldBe([ParameterType.Choice, ParameterType.Date]);
        reserve.Parameters[0].Values.Select(v => v.Value).ShouldBe(["Slow", "Fast"]);
        Tool("order_desk_note").Descriptor.Parameters.Select(p => (p.Name, p.Type)).ShouldBe([("text", ParameterType.Text)]);
    }

    [Fact]
    public void Function_WithAStructuredParameter_IsLeftOutWithItsReason()
    {
        KernelTools.Read(_kernel).LeftOut.ShouldBe(new Dictionary<string, string> { ["OrderDesk.Import"] = "parameter_is_structured" });
        Should.Throw<ArgumentException>(() => ImmutableArray<Tool>.Empty.UseKernel(_kernel)).Message.ShouldContain("OrderDesk.Import (parameter_is_structured)");
    }

    [Fact]
    public void UseKernel_WithATakenName_SaysWhich()
    {
        var kernel = new Kernel();
        kernel.Plugins.AddFromFunctions("OrderDesk", [KernelFunctionFactory.CreateFromMethod(() => "x", "GetStatus")]);
        var once = ImmutableArray<Tool>.Empty.UseKernel(kernel);
        once.Length.ShouldBe(1);
        Should.Throw<ArgumentException>(() => once.UseKernel(kernel)).Message.ShouldContain("order_desk_get_status");
    }

    [Fact]
    public void Complete_AddsExamplesAndMayNotChangeTheEffect()
    {
        var options = new KernelToolOptions { Complete = (f, tool) => f.Name == "GetStatus" ? tool with { Examples = ["where is my order"] } : tool with { Effect = ToolEffect.Read } };
        var read = KernelTools.Read(_kernel, options);
        read.Tools.Single().Descriptor.Examples.ShouldBe(["where is my order"]);
        read.LeftOut["OrderDesk.Refund"].ShouldBe("completed_into_another_tool");
    }

    [Fact]
    public async Task Invoke_WithCanonicalStrings_RunsTheFunctionWithItsOwnTypes()
    {
        var result = await InvokeAsync("order_desk_get_status", new() { ["orderId"] = "NG7", ["detailed"] = "true" });
        result.Rows.Single()["state"].ShouldBe("shipped");
        _desk.Ran.ShouldBe(["status NG7 True"]);
    }

    [Fact]
    public async Task Invoke_WithAKey_HandsItToTheFunctionThatTakesOne()
    {
        var arguments = new AIFunctionArguments { ["orderId"] = "NG7", ["pence"] = "250", Context = new Dictionary<object, object?> { [ToolContext.Key] = "call:tool:digest:1" } };
        (await InvokeAsync("order_desk_refund", arguments)).Rows.Single()["key"].ShouldBe("call:tool:digest:1");
    }

    [Fact]
    public async Task Invoke_OfWhatIsNoRow_IsOneRowWithAResult() =>
        (await InvokeAsync("order_desk_write_off", new() { ["orderId"] = "NG7" })).Rows.Single()["result"].ShouldBe("written off");

    private async Task<ToolResult> InvokeAsync(string name, AIFunctionArguments arguments)
    {
        var json = (JsonElement)(await Tool(name).Invoke.InvokeAsync(arguments, CancellationToken.None))!;
        ToolResult.TryRead(json, out var result).ShouldBeTrue();
        return result;
    }
}
