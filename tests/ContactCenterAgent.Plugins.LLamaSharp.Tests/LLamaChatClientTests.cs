using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using LLama.Native;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Plugins.LLamaSharp.Tests;

/// <summary>The real library on the CPU, with a model that says nonsense.</summary>
#pragma warning disable CA1001 // xunit disposes of a test class through IAsyncLifetime.
public sealed class LLamaChatClientTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Rules = "You plan what a caller wants. Answer with the plan and nothing else. The tools are find_slots, book and cancel.";

    private readonly TinyModel _model = new();
    private LLamaChatClient _client = null!;

    public async Task InitializeAsync() =>
        _client = await LLamaChatClient.LoadAsync(new() { ModelPath = _model.Path, Gpu = GpuUse.Auto, Threads = 1, Seats = 3, ContextTokens = 512, BatchTokens = 64, WaitingMax = 4, WarmUp = Rules }, default);

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        _model.Dispose();
    }

    [Fact]
    public async Task Answer_ToTheSameQuestion_IsTheSame()
    {
        var (first, again) = (await AskAsync("book thursday"), await AskAsync("book thursday"));
        first.Text.Length.ShouldBeGreaterThan(0);
        again.Text.ShouldBe(first.Text);
        first.Usage!.OutputTokenCount.ShouldBe(24);
        first.FinishReason.ShouldBe(ChatFinishReason.Length);
        _client.OnGpu.ShouldBeFalse("this machine's library is the CPU's");
    }

    [Fact]
    public async Task WarmUp_LeavesTheRulesInTheCache()
    {
        var cached = (await AskAsync("book")).Usage!.CachedInputTokenCount;
        cached!.Value.ShouldBeGreaterThan(Rules.Length);
    }

    [Fact]
    public async Task Partial_ThatGrows_DecodesOnlyWhatIsNew()
    {
        var first = await AskAsync("book me in on thu");
        var grown = await AskAsync("book me in on thursday afternoon");
        (grown.Usage!.InputTokenCount - grown.Usage.CachedInputTokenCount).ShouldNotBeNull();
        var added = grown.Usage.InputTokenCount!.Value - grown.Usage.CachedInputTokenCount!.Value;
        added.ShouldBeLessThan(40, "the words that were added, and the mark behind them");
        grown.Usage.CachedInputTokenCount.Value.ShouldBeGreaterThan(first.Usage!.InputTokenCount!.Value - 40);
    }

    [Fact]
    public async Task Partial_ThatIsRevised_AnswersAsIfItHadNeverBeenDifferent()
    {
        await AskAsync("book me in on tuesday morning please");
        var revised = await AskAsync("book me in on thursday");
        revised.Usage!.CachedInputTokenCount!.Value.ShouldBeGreaterThan(Rules.Length, "what still holds stays");

        await using var fresh = await LLamaChatClient.LoadAsync(new() { ModelPath = _model.Path, Threads = 1, Seats = 3, ContextTokens = 512, BatchTokens = 64, WarmUp = "x" }, default);
        var alone = await AskAsync("book me in on thursday", fresh);
        alone.Usage!.CachedInputTokenCount!.Value.ShouldBeLessThan(40);
        revised.Text.ShouldBe(alone.Text);
    }

    [Fact]
    public async Task Calls_AtOnce_ShareTheModelAndAnswerAsAlone()
    {
        string[] callers = ["book thursday", "cancel it", "are you open", "move my appointment", "what does it cost"];
        var (alone, before) = (new List<string>(), _client.Rounds);
        foreach (var words in callers) alone.Add((await AskAsync(words, options: Letters())).Text);
        var (roundsAlone, middle) = (_client.Rounds - before, _client.Rounds);
        var together = await Task.WhenAll(callers.Select((words, i) => AskAsync(words, conversation: $"call {i}", options: Letters())));
        together.Select(a => a.Text).ShouldBe(alone);
        (_client.Rounds - middle).ShouldBeLessThan(roundsAlone * 2 / 3, "three seats are decoded in one batch");
        _client.Load.ShouldBe(0);
    }

    [Fact]
    public async Task Queue_ThatIsFull_SaysSo()
    {
        var asked = Enumerable.Range(0, 12).Select(i => AskAsync($"question {i}")).ToList();
        var outcomes = await Task.WhenAll(asked.Select(async a => { try { await a; return "ok"; } catch (LLamaModelException e) { return e.Code; } }));
        outcomes.Count(o => o == "model.busy").ShouldBe(5);
        outcomes.Count(o => o == "ok").ShouldBe(7);
        (await AskAsync("and now")).Text.Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Schema_OfAPlan_ConstrainsEvenAModelThatKnowsNothing()
    {
        using var schema = JsonDocument.Parse("""
            {"type":"object","additionalProperties":false,"required":["act","calls","complete"],"properties":{
              "act":{"type":"string","enum":["none","goodbye"]},
              "calls":{"type":"array","maxItems":2,"items":{"anyOf":[
                {"type":"object","required":["tool","day"],"properties":{"tool":{"const":"book"},"day":{"type":["integer","null"]}}},
                {"type":"object","required":["tool"],"properties":{"tool":{"const":"cancel"}}}]}},
              "complete":{"type":"boolean"}}}
            """);
        var answer = await AskAsync("book", options: new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement, "plan"), MaxOutputTokens = 200 });
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        using var plan = JsonDocument.Parse(answer.Text);
        plan.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(["act", "calls", "complete"]);
        plan.RootElement.GetProperty("act").GetString().ShouldBeOneOf("none", "goodbye");
        plan.RootElement.GetProperty("calls").GetArrayLength().ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task Tool_ThatIsRequired_IsCalledWithArgumentsOfItsForm()
    {
        var function = AIFunctionFactory.Create((bool sure) => sure, "decide");
        var answer = await AskAsync("decide", options: new() { Tools = [function], ToolMode = ChatToolMode.RequireSpecific("decide") });
        var call = answer.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Single();
        call.Name.ShouldBe("decide");
        ((JsonElement)call.Arguments!["sure"]!).ValueKind.ShouldBeOneOf(JsonValueKind.True, JsonValueKind.False);
        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
    }

    [Fact]
    public async Task Cancellation_InTheMiddle_FreesTheSeat()
    {
        using var cancel = new CancellationTokenSource();
        var words = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in _client.GetStreamingResponseAsync([new(ChatRole.User, "go on")], new() { MaxOutputTokens = 400 }, cancel.Token))
                if (++words == 3) await cancel.CancelAsync();
        });
        words.ShouldBe(3);
        (await AskAsync("book thursday")).Text.Length.ShouldBeGreaterThan(0);
        _client.Load.ShouldBe(0);
    }

    [Fact]
    public async Task Batch_ThatFails_FailsItsRequestsAndTheNextOnesGoOn()
    {
        var batches = 0;
        var options = new LLamaOptions { ModelPath = _model.Path, Threads = 1, Seats = 2, ContextTokens = 512, BatchTokens = 64 };
        await using var client = await LLamaChatClient.LoadAsync(
            options, batch => ++batches == 6 ? Task.FromResult(DecodeResult.NoKvSlot) : batch.Infer(CancellationToken.None), default);
        var before = (await AskAsync("book", _client)).Text;

        (await Should.ThrowAsync<LLamaModelException>(() => AskAsync("book", client))).Code.ShouldBe("model.broken");
        (await AskAsync("book", client)).Text.ShouldBe(before);
        client.Load.ShouldBe(0);
    }

    [Fact]
    public async Task Disposal_InTheMiddle_EndsTheRequestAsCancelled()
    {
        var client = await LLamaChatClient.LoadAsync(new() { ModelPath = _model.Path, Threads = 1, Seats = 1, ContextTokens = 512 }, default);
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync([new(ChatRole.User, "go on")], new() { MaxOutputTokens = 400 })) client.Dispose();
        });
        await client.DisposeAsync();
        client.Dispose();
    }

    [Fact]
    public async Task Option_OutOfItsRange_StopsTheLoading() =>
        await Should.ThrowAsync<ValidationException>(() => LLamaChatClient.LoadAsync(new() { ModelPath = _model.Path, Seats = 0 }, default));

    [Fact]
    public async Task Prompt_ThatIsTooLong_SaysSo() =>
        (await Should.ThrowAsync<LLamaModelException>(() => AskAsync(new string('a', 600)))).Code.ShouldBe("model.too_long");

    // Twelve letters, so that every answer is as long as every other.
    private static ChatOptions Letters()
    {
        using var schema = JsonDocument.Parse("""{"type":"array","minItems":12,"maxItems":12,"items":{"enum":["a","b","c","d"]}}""");
        return new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement.Clone()), MaxOutputTokens = 100 };
    }

    private Task<ChatResponse> AskAsync(string words, LLamaChatClient? client = null, string? conversation = null, ChatOptions? options = null)
    {
        options ??= new() { MaxOutputTokens = 24 };
        options.ConversationId = conversation;
        return (client ?? _client).GetResponseAsync([new(ChatRole.System, Rules), new(ChatRole.User, words)], options);
    }
}
