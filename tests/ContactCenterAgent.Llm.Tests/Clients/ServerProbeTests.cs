using ContactCenterAgent.Llm.Clients;
using ContactCenterAgent.Llm.Tests.Loopback;
using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Llm.Tests.Clients;

public sealed class ServerProbeTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();

    // Stands still: a busy machine makes no server late.
    private readonly VirtualTime _time = new(new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private LoopbackOpenAI _server = null!;

    public async Task InitializeAsync() => _server = await LoopbackOpenAI.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(ModelServer.LlamaServer, "# TYPE llamacpp:requests_deferred gauge\nllamacpp:requests_deferred 3\n", 2, "tier.full")]
    [InlineData(ModelServer.LlamaServer, "llamacpp:requests_deferred_more 9\nllamacpp:requests_deferred 2\n", 2, null)]
    [InlineData(ModelServer.Vllm, "vllm:num_requests_waiting{model_name=\"a b\"} 2.0\nvllm:num_requests_waiting{model_name=\"c\"} 1.0\n", 2, "tier.full")]
    [InlineData(ModelServer.Vllm, "vllm:num_requests_waiting{model_name=\"a\"} 0.0\n", 0, null)]
    [InlineData(ModelServer.Vllm, "something else\n", 0, null)]
    public async Task Queue_LongerThanItMayBe_IsFull(ModelServer kind, string metrics, int waitingMax, string? refuses)
    {
        _server.Metrics = metrics;
        (await LookAsync(kind, waitingMax)).ShouldBe(refuses);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "tier.full")]
    public async Task LlamaServer_WithoutMetrics_IsFullWhenNoSlotIsFree(bool free, string? refuses)
    {
        _server.HasFreeSlot = free;
        (await LookAsync(ModelServer.LlamaServer)).ShouldBe(refuses);
    }

    [Theory]
    [InlineData(ModelServer.LlamaServer)]
    [InlineData(ModelServer.Vllm)]
    public async Task Server_ThatIsStillLoading_IsDown(ModelServer kind)
    {
        _server.Health = 503;
        (await LookAsync(kind)).ShouldBe("tier.down");
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsDownAndComesBack()
    {
        var probe = Probe(ModelServer.Ollama, new("http://127.0.0.1:9/v1"));
        await probe.LookAsync(CancellationToken.None);
        probe.Refuses.ShouldBe("tier.down");

        (await LookAsync(ModelServer.Ollama)).ShouldBeNull();
    }

    [Fact]
    public void Run_LooksAgainAndAgain_UntilItIsStopped()
    {
        var time = new VirtualTime(new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        var looks = new Looks();
        using var http = new HttpClient(looks);
        time.Run(async () =>
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2.5), time);
            await new ServerProbe(new() { Address = new("http://127.0.0.1:1/v1"), Model = "m" }, http, time, TimeSpan.FromSeconds(1)).RunAsync(stop.Token);
        }, TimeSpan.FromMinutes(1));

        looks.Count.ShouldBe(3);
    }

    private async Task<string?> LookAsync(ModelServer kind, int waitingMax = 0)
    {
        var probe = Probe(kind, _server.Address, waitingMax);
        await probe.LookAsync(CancellationToken.None);
        return probe.Refuses;
    }

    private ServerProbe Probe(ModelServer kind, Uri address, int waitingMax = 0) =>
        new(new() { Server = kind, Address = address, Model = "m" }, _http, _time, TimeSpan.FromSeconds(1), waitingMax);

    private sealed class Looks : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent("{}") });
        }
    }
}
