using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Llm;
using ContactCenterAgent.Llm.Tests;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Plugins.LLamaSharp.Tests;

/// <summary>The planner on chat models, over the model in the process: its real prompt, its real schema as a grammar.</summary>
public sealed class PlannerTests
{
    [Fact]
    public async Task Planner_OnAModelThatKnowsNothing_GetsNothingButTheBeginningOfAPlan()
    {
        using var model = new TinyModel();
        await using var client = await LLamaChatClient.LoadAsync(new() { ModelPath = model.Path, Threads = 1, Seats = 1, ContextTokens = 8192 }, default);
        var heard = new Heard(client);

        List<CallEvent> happened = [];
        await foreach (var e in new ChatPlanner(heard, new() { OutputTokensMax = 64 }).PlanAsync(Clinic.Asks("book thursday"), default)) happened.Add(e);

        happened[^1].ShouldBeOfType<PlannerStalled>();
        heard.Texts.ShouldNotBeEmpty();
        heard.Texts.ShouldAllBe(text => text.StartsWith("{\"act\":\"") || text.StartsWith("{ \"act\"") || text.StartsWith("{\"act\" :") || text.StartsWith("{\"act\": "));
    }

    [Fact]
    public async Task Planner_AskedAgainOverMoreWords_FindsItsPromptInTheCache()
    {
        using var model = new TinyModel();
        await using var client = await LLamaChatClient.LoadAsync(new() { ModelPath = model.Path, Threads = 1, Seats = 1, ContextTokens = 8192 }, default);
        var heard = new Heard(client);
        foreach (var words in (string[])["book", "book thursday"])
            await foreach (var _ in new ChatPlanner(heard, new() { OutputTokensMax = 8 }).PlanAsync(Clinic.Asks(words), default)) { }

        var (first, last) = (heard.Used[0], heard.Used[^1]);
        ((double)last.CachedInputTokenCount!.Value / last.InputTokenCount!.Value).ShouldBeGreaterThan(0.9, "rules, tools and words so far are decoded once");
        first.CachedInputTokenCount!.Value.ShouldBeLessThan(first.InputTokenCount!.Value / 4);
    }

    private sealed class Heard(IChatClient inner) : DelegatingChatClient(inner)
    {
        public List<string> Texts { get; } = [];

        public List<UsageDetails> Used { get; } = [];

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var text = "";
            await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                text += update.Text;
                Used.AddRange(update.Contents.OfType<UsageContent>().Select(u => u.Details));
                yield return update;
            }

            Texts.Add(text);
        }
    }
}
