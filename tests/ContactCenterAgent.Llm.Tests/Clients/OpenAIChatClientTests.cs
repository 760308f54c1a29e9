using System.ClientModel;
using System.ClientModel.Primitives;
using ContactCenterAgent.Llm.Clients;
using ContactCenterAgent.Llm.Tests.Loopback;
using ContactCenterAgent.Simulation;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Tests.Clients;

public sealed class OpenAIChatClientTests : IAsyncLifetime
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hello")];
    private LoopbackOpenAI _server = null!;

    public async Task InitializeAsync() => _server = await LoopbackOpenAI.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Text_IsStreamedAsItComes_AndTheUsageStandsAtTheEnd()
    {
        var goOn = new TaskCompletionSource();
        _server.Then(new(new LoopbackStep.Text("Good "), new LoopbackStep.Wait(goOn.Task), new LoopbackStep.Text("day.")));
        using var client = Client();
        await using var updates = client.GetStreamingResponseAsync(Hello).GetAsyncEnumerator();

        (await updates.MoveNextAsync()).ShouldBeTrue();
        updates.Current.Text.ShouldBe("Good ", "the server is still waiting");
        goOn.SetResult();
        List<ChatResponseUpdate> rest = [];
        while (await updates.MoveNextAsync()) rest.Add(updates.Current);

        string.Concat(rest.Select(u => u.Text)).ShouldBe("day.");
        rest[^1].FinishReason.ShouldBe(ChatFinishReason.Stop);
        rest[^1].Contents.OfType<UsageContent>().Single().Details.OutputTokenCount.ShouldBe(3);
    }

    [Fact]
    public async Task ToolArguments_AreStreamedAsTheyCome_AndTheWholeCallStandsAtTheEnd()
    {
        _server.Then(LoopbackAnswer.Calls("find_slots", """{"date":"2026-11-26"}""", 7));
        using var client = Client();

        var updates = await client.GetStreamingResponseAsync(Hello, new() { Tools = [AIFunctionFactory.CreateDeclaration("find_slots", "", Parse("""{"type":"object"}"""))] }).ToListAsync();

        var bits = updates.SelectMany(u => u.Contents).OfType<ToolArgumentsContent>().ToList();
        bits.Select(b => b.Text).ShouldBe(["{\"date\"", ":\"2026-", "11-26\"}"]);
        bits.ShouldAllBe(b => b.Name == "find_slots" && b.CallId == "call_0");
        var call = updates[^1].Contents.OfType<FunctionCallContent>().Single();
        call.Arguments!["date"]!.ToString().ShouldBe("2026-11-26");
        updates[^1].FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
    }

    [Fact]
    public async Task Request_CarriesSchemaLimitsKeyAndHistory()
    {
        _server.Then(LoopbackAnswer.Says("ok"));
        using var client = Client(e => e with { Server = ModelServer.OpenAI, Key = "sk-test" });
        ChatMessage[] messages =
        [
            .. Hello, new(ChatRole.Assistant, [new FunctionCallContent("c1", "hours", new Dictionary<string, object?> { ["day"] = "today" })]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "9 to 5")]),
        ];

        await client.GetResponseAsync(messages, new()
        {
            MaxOutputTokens = 99,
            Temperature = 0,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(Parse("""{"type":"object","properties":{},"required":[],"additionalProperties":false}"""), "plan"),
            AdditionalProperties = new() { [ModelHints.Call] = "call7" },
        });

        var request = _server.Requests.Single();
        request.Headers["Authorization"].ShouldBe("Bearer sk-test");
        var body = request.Body!;
        body["model"]!.ToString().ShouldBe("loopback");
        body["max_completion_tokens"]!.ToString().ShouldBe("99");
        body["temperature"]!.ToString().ShouldBe("0");
        body["prompt_cache_key"]!.ToString().ShouldBe("call7");
        body["response_format"]!["json_schema"]!["strict"]!.ToString().ShouldBe("true");
        body["response_format"]!["json_schema"]!["schema"]!["type"]!.ToString().ShouldBe("object");
        body["messages"]!.AsArray().Select(m => m!["role"]!.ToString()).ShouldBe(["system", "user", "assistant", "tool"]);
        body["messages"]![2]!["tool_calls"]![0]!["function"]!["arguments"]!.ToString().ShouldBe("""{"day":"today"}""");
    }

    [Fact]
    public async Task Azure_SendsItsKeyInItsOwnHeader()
    {
        _server.Then(LoopbackAnswer.Says("ok"));
        using var client = Client(e => e with { Server = ModelServer.Azure, Key = "secret" });
        await client.GetResponseAsync(Hello);

        _server.Requests.Single().Headers["api-key"].ShouldBe("secret");
        _server.Requests.Single().Headers.ContainsKey("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task Azure_WithEntra_SendsABearerToken()
    {
        // The token policy of the package refuses plain HTTP, as it should; what it puts on the wire is seen in a transport of ours.
        var seen = new Seen();
        using var http = new HttpClient(seen);
        using var client = new OpenAIChatClient(new() { Server = ModelServer.Azure, Address = new("https://azure.invalid/openai/v1/"), Model = "m", Tokens = new Token() }, TimeProvider.System, http);

        await Should.ThrowAsync<ModelUnavailableException>(() => client.GetResponseAsync(Hello));

        seen.Request!.Headers.Authorization!.ToString().ShouldBe("Bearer entra-token");
        seen.Request.RequestUri!.AbsoluteUri.ShouldBe("https://azure.invalid/openai/v1/chat/completions");
    }

    [Fact]
    public async Task LlamaServer_KeepsThePrefixInTheCallsOwnSlot()
    {
        _server.Then(LoopbackAnswer.Says("ok")).Then(LoopbackAnswer.Says("ok"));
        using var client = Client(e => e with { Server = ModelServer.LlamaServer, Slots = 4 });
        for (var i = 0; i < 2; i++) await client.GetResponseAsync(Hello, new() { MaxOutputTokens = 9, AdditionalProperties = new() { [ModelHints.Call] = "call7", ["guided_json"] = Parse("""{"a":1}""") } });

        _server.Chats.ShouldAllBe(b => b["cache_prompt"]!.ToString() == "true" && b["max_tokens"]!.ToString() == "9" && b["guided_json"]!["a"]!.ToString() == "1");
        _server.Chats.Select(b => (int)b["id_slot"]!).Distinct().ShouldHaveSingleItem().ShouldBeInRange(0, 3);
    }

    [Fact]
    public async Task Vllm_GetsNoFieldThatItDoesNotKnow()
    {
        _server.Then(LoopbackAnswer.Says("ok"));
        using var client = Client(e => e with { Server = ModelServer.Vllm });
        await client.GetResponseAsync(Hello, new() { AdditionalProperties = new() { [ModelHints.Call] = "call7" } });

        _server.Chats.Single().AsObject().Select(p => p.Key).ShouldBe(["messages", "model", "stream", "stream_options"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(401, "model.refused_key")]
    [InlineData(400, "model.rejected")]
    [InlineData(404, "model.rejected")]
    [InlineData(429, "model.limited")]
    [InlineData(500, "model.failed")]
    [InlineData(503, "model.failed")]
    public async Task Status_OfAFailure_IsACodeAndIsNotRetried(int status, string code)
    {
        _server.Then(LoopbackAnswer.Fails(status)).Then(LoopbackAnswer.Says("again"));
        using var client = Client();

        (await Should.ThrowAsync<ModelUnavailableException>(() => client.GetResponseAsync(Hello))).Code.ShouldBe(code);
        _server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("Retry-After", "100000", 300)]
    [InlineData("Retry-After", "Mon, 23 Nov 2026 10:00:20 GMT", 20)]
    [InlineData("Retry-After", "soon", 5)]
    public async Task Limited_IsLeftAloneForAsLongAsItAsked(string header, string value, double seconds)
    {
        var time = new SetTime(new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        _server.Then(LoopbackAnswer.Fails(429, (header, value)));
        using var client = new OpenAIChatClient(new() { Address = _server.Address, Model = "loopback" }, time);
        client.Refuses.ShouldBeNull();
        await Should.ThrowAsync<ModelUnavailableException>(() => client.GetResponseAsync(Hello));

        client.Refuses.ShouldBe("tier.limited");
        time.Now += TimeSpan.FromSeconds(seconds - 0.001);
        client.Refuses.ShouldBe("tier.limited");
        time.Now += TimeSpan.FromSeconds(0.001);
        client.Refuses.ShouldBeNull();
    }

    [Fact]
    public async Task Connection_ThatDiesInMidStream_IsCut()
    {
        var heard = new TaskCompletionSource();
        _server.Then(new(new LoopbackStep.Text("Good "), new LoopbackStep.Wait(heard.Task), new LoopbackStep.Die()));
        using var client = Client();
        await using var updates = client.GetStreamingResponseAsync(Hello).GetAsyncEnumerator();
        await updates.MoveNextAsync();
        heard.SetResult();

        (await Should.ThrowAsync<ModelUnavailableException>(async () => await updates.MoveNextAsync())).Code.ShouldBe("model.cut");
    }

    [Fact]
    public async Task Stream_ThatEndsWithoutSayingWhy_IsCut()
    {
        _server.Then(new LoopbackAnswer(new LoopbackStep.Text("Good ")) { Finish = null });
        using var client = Client();
        (await Should.ThrowAsync<ModelUnavailableException>(() => client.GetResponseAsync(Hello))).Code.ShouldBe("model.cut");
    }

    [Fact]
    public async Task Stream_OfGarbage_IsCut()
    {
        _server.Then(new(new LoopbackStep.Text("Good "), new LoopbackStep.Garbage("{not json")));
        using var client = Client();
        (await Should.ThrowAsync<ModelUnavailableException>(() => client.GetResponseAsync(Hello))).Code.ShouldBe("model.cut");
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsUnreachable()
    {
        await _server.DisposeAsync();
        using var client = Client();
        (await Should.ThrowAsync<ModelUnavailableException>(() => client.GetResponseAsync(Hello))).Code.ShouldBe("model.unreachable");
        _server = await LoopbackOpenAI.StartAsync();
    }

    [Fact]
    public async Task Refusal_IsAnErrorAmongTheContents()
    {
        _server.Then(new(new LoopbackStep.Refusal("I can't.")));
        using var client = Client();
        (await client.GetStreamingResponseAsync(Hello).ToListAsync()).SelectMany(u => u.Contents).OfType<ErrorContent>().Single().ErrorCode.ShouldBe("refusal");
    }

    [Fact]
    public async Task Cancellation_ReachesTheServer()
    {
        var never = new TaskCompletionSource();
        _server.Then(new(new LoopbackStep.Text("Good "), new LoopbackStep.Wait(never.Task)));
        using var client = Client();
        using var cancel = new CancellationTokenSource();
        await using var updates = client.GetStreamingResponseAsync(Hello, null, cancel.Token).GetAsyncEnumerator();
        await updates.MoveNextAsync();

        var next = updates.MoveNextAsync();
        cancel.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(async () => await next);
        await Until(() => _server.Abandoned == 1);
    }

    [Fact]
    public async Task Prefix_OfALaterRequest_IsFoundInTheCache()
    {
        _server.Then(LoopbackAnswer.Says(Clinic.Plan(""))).Then(LoopbackAnswer.Says(Clinic.Plan("")));
        using var client = Client();
        var planner = new ChatPlanner(client);
        await planner.PlanAsync(Clinic.Asks("I would like"), CancellationToken.None).ListAsync();
        await planner.PlanAsync(Clinic.Asks("I would like an eye test"), CancellationToken.None).ListAsync();

        var (before, after) = (_server.Chats[0]["messages"]!.ToJsonString(), _server.Chats[1]["messages"]!.ToJsonString());
        after.ShouldStartWith(before[..^4], Case.Sensitive, "a longer partial differs from the shorter one by its end only");
    }

    private static async Task Until(Func<bool> holds)
    {
        while (!holds()) await Task.Yield();
    }

    private OpenAIChatClient Client(Func<ModelEndpoint, ModelEndpoint>? with = null) => new((with ?? (e => e))(new() { Address = _server.Address, Model = "loopback" }), TimeProvider.System);

    private static System.Text.Json.JsonElement Parse(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private sealed class SetTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Seen : HttpMessageHandler
    {
        public HttpRequestMessage? Request { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Request = request;
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable));
        }
    }

    private sealed class Token : AuthenticationTokenProvider
    {
        public override GetTokenOptions? CreateTokenOptions(IReadOnlyDictionary<string, object> properties) => new(properties);

        public override AuthenticationToken GetToken(GetTokenOptions options, CancellationToken cancellationToken) => new("entra-token", "Bearer", DateTimeOffset.MaxValue);

        public override ValueTask<AuthenticationToken> GetTokenAsync(GetTokenOptions options, CancellationToken cancellationToken) => new(GetToken(options, cancellationToken));
    }
}
