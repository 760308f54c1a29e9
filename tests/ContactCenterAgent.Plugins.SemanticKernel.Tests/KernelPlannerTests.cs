using System.Runtime.CompilerServices;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Llm;
using ContactCenterAgent.Llm.Tests;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ContactCenterAgent.Plugins.SemanticKernel.Tests;

public sealed class KernelPlannerTests
{
    [Fact]
    public async Task Client_OfAChatCompletionService_StreamsItsWords()
    {
        var builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("strong", new Words("a plan"));
        using var client = builder.Build().PlannerClient("strong");
        var said = "";
        await foreach (var update in client.GetStreamingResponseAsync("plan")) said += update.Text;
        said.ShouldBe("a plan");
    }

    [Fact]
    public async Task Planner_OnAKernelsChatService_Plans()
    {
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatCompletionService>(new Words(Clinic.Plan(Clinic.Call("slots", "find_slots", """{"date":"2026-11-26","service":"sight test"}"""), "Let me see.")));
        using var client = builder.Build().PlannerClient();

        List<CallEvent> happened = [];
        await foreach (var e in new ChatPlanner(client).PlanAsync(Clinic.Asks("thursday"), CancellationToken.None)) happened.Add(e);

        happened.OfType<PlanProposed>().Last().Plan.Calls.Single().Tool.ShouldBe("find_slots");
        happened.OfType<ReplySentence>().Single().Text.Value.ShouldBe("Let me see.");
        happened[^1].ShouldBeOfType<PlannerEnded>();
    }

    [Fact]
    public async Task Client_OfAKernelThatRunsFunctions_LeavesThemToTheAgent()
    {
        var desk = new OrderDesk();
        var model = new ScriptedChat(ScriptedChat.Calls(("Refund", new { orderId = "NG7", pence = 1 })), ScriptedChat.Says("done"));
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(model.AsBuilder().UseKernelFunctionInvocation().Build());
        using var client = builder.Build().PlannerClient();

        var answer = await client.GetResponseAsync("refund it", new() { Tools = [AIFunctionFactory.Create(desk.Refund)] });

        answer.Messages.SelectMany(m => m.Contents).OfType<Microsoft.Extensions.AI.FunctionCallContent>().Single().Name.ShouldBe("Refund");
        model.Shown.Single().Single().Name.ShouldBe("Refund");
        desk.Ran.ShouldBeEmpty();
    }

    [Fact]
    public void Client_OfAKernelWithoutAModel_SaysSo() => Should.Throw<KernelException>(() => new Kernel().PlannerClient("strong")).Message.ShouldContain("strong");

    private sealed class Words(string text) : IChatCompletionService
    {
        public IReadOnlyDictionary<string, object?> Attributes => new Dictionary<string, object?>();

        public Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
            ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<ChatMessageContent>>([new(AuthorRole.Assistant, text)]);

        public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
            ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            foreach (var piece in text.Chunk(5)) yield return new(AuthorRole.Assistant, new string(piece));
        }
    }
}
