using System.Runtime.CompilerServices;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Llm;
using ContactCenterAgent.Llm.Tiers;
using ContactCenterAgent.Simulation;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Host.Tests.Scripts;

/// <summary>Whole calls with a model that answers badly in every way: the call ends as it should, answered from the draft.</summary>
public sealed class BadModelScriptTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private const string InventedTool =
        """{"act":"none","answer":"none","calls":[{"id":"x","task":"x","tool":"send_flowers","arguments":{},"asked":true,"requested":true,"another":false,"fresh":false,"answers":true}],"withdrawn":[],"ask":[],"complete":true,"confidence":1,"reply":""}""";

    private const string WrongType =
        """{"act":"none","answer":"none","calls":[{"id":"x","task":"x","tool":"find_customer","arguments":{"name":["Dana"],"postcode":7},"asked":true,"requested":false,"another":false,"fresh":false,"answers":true}],"withdrawn":[],"ask":[],"complete":true,"confidence":1,"reply":""}""";

    [Theory]
    [InlineData("broken JSON", "{\"act\":\"none\",,}", 1)]
    [InlineData("no JSON, and another language", "Ihr Termin ist am Donnerstag gebucht. ", 1)]
    [InlineData("an invented tool", InventedTool, 1)]
    [InlineData("arguments of the wrong type", WrongType, 1)]
    [InlineData("a loop", "{\"act\":\"none\",\"calls\":[{\"id\":\"s\"},", 5_000)]
    [InlineData("a refusal", null, 1)]
    public async Task Call_WithAModelThatAnswersBadly_EndsAsItShould(string how, string? text, int times)
    {
        foreach (var script in (string[])["order-status", "booking-with-correction"])
        {
            var run = await fixture.Stage.PlayOnVirtualTimeAsync(
                ScriptLibrary.All.Single(s => s.Name == script), Speculation.On, observer: null,
                services => services with { Authority = new TieredPlanner([new("bad", new ChatPlanner(new BadModel(text, times, services.Time)))], services.Time) }, CancellationToken.None);

            run.Failures.ShouldBeEmpty($"{script} with {how}");
            run.Steps.ShouldContain(s => s.Happened is PlannerStalled, $"{script} with {how}");
        }
    }

    private sealed class BadModel(string? text, int times, TimeProvider time) : IChatClient
    {
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), time, cancellationToken);
            if (text is null) yield return new(ChatRole.Assistant, [new ErrorContent("I can't do that.") { ErrorCode = "refusal" }]);
            else for (var i = 0; i < times; i++) yield return new(ChatRole.Assistant, text);
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
