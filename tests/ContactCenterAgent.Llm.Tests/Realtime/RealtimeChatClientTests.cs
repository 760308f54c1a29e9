using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Llm.Actions;
using ContactCenterAgent.Llm.Clients;
using ContactCenterAgent.Llm.Realtime;
using ContactCenterAgent.Llm.Tests.Loopback;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Tests.Realtime;

public sealed class RealtimeChatClientTests : IAsyncLifetime
{
    private LoopbackOpenAI _server = null!;
    private RealtimeChatClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await LoopbackOpenAI.StartAsync();
        _client = new(new() { Server = ModelServer.OpenAI, Address = _server.Address, Model = "gpt-realtime", Key = "sk-test" }, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Session_CarriesKeyModelAndInstructions()
    {
        _server.Then(LoopbackAnswer.Says("Good day."));
        (await _client.GetResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hello")])).Text.ShouldBe("Good day.");

        var opened = _server.Requests.Single();
        opened.Path.ShouldBe("/v1/realtime?model=gpt-realtime");
        opened.Headers["Authorization"].ShouldBe("Bearer sk-test");
        Types().ShouldBe(["session.update", "conversation.item.create", "response.create"]);
        _server.RealtimeEvents.First()["session"]!["instructions"]!.ToString().ShouldBe("Be brief.");
        _server.RealtimeEvents.First()["session"]!["output_modalities"]!.ToJsonString().ShouldBe("[\"text\"]");
    }

    [Fact]
    public async Task ProtocolLoop_OnASession_AddsEachEventAsOneItem()
    {
        _server.Then(LoopbackAnswer.Says("""{"action":"pause"}""")).Then(LoopbackAnswer.Says("""{"action":"answer","text":"Yes."}"""));
        var loop = new ActionLoop(_client, Clinic.Tools, (_, _) => Task.FromResult(""), ActionMode.Asynchronous);
        var goOn = new TaskCompletionSource();
        List<string> trace = [];
        await foreach (var step in loop.RunAsync(SpeakAsync(goOn.Task), Clinic.Monday, CancellationToken.None))
        {
            trace.Add($"{step.Kind} {step.Text}");
            if (step.Kind == "pause") goOn.SetResult();
        }

        trace.ShouldBe(["told [partial] is", "pause ", "told [final] is thursday free", "answer Yes."]);
        Types().ShouldBe(["session.update", "conversation.item.create", "response.create", "conversation.item.create", "response.create"]);
        Items().ShouldBe(["[partial] is", "[final] is thursday free"]);
        _client.Sessions.ShouldBe(1);
    }

    [Fact]
    public async Task Planner_OnASession_AsksOutOfBand_AndTheHistoryBecomesItemsOnce()
    {
        _server.Then(LoopbackAnswer.Says(Clinic.Plan(""))).Then(LoopbackAnswer.Says(Clinic.Plan(Clinic.Call("slots", "find_slots", """{"date":"2026-11-26","service":null}"""))));
        var planner = new ChatPlanner(_client, new() { Form = PlanForm.Text });
        HistoryLine greeting = new(Speaker.Agent, Pii.Of("How can I help?"));
        await planner.PlanAsync(Clinic.Asks("is") with { History = [greeting] }, CancellationToken.None).ListAsync();
        var events = await planner.PlanAsync(Clinic.Asks("is thursday free") with { History = [greeting] }, CancellationToken.None).ListAsync();

        events.Texts().ShouldContain("plan(slots=find_slots(date=2026-11-26))");
        Types().ShouldBe(["session.update", "conversation.item.create", "response.create", "response.create"]);
        Items().ShouldBe(["How can I help?"]);
        var last = _server.RealtimeEvents.Last()["response"]!;
        last["conversation"]!.ToString().ShouldBe("none");
        last["input"]![0]!.ToJsonString().ShouldBe("""{"type":"item_reference","id":"m1"}""");
        last["input"]![1]!["content"]![0]!["text"]!.ToString().ShouldEndWith("caller says now: is thursday free");
    }

    [Fact]
    public async Task Planner_WithAPlanTool_ReadsItsStreamedArguments()
    {
        var plan = Clinic.Plan(Clinic.Call("slots", "find_slots", """{"date":"2026-11-26","service":null}"""));
        _server.Then(LoopbackAnswer.Calls("plan", plan));

        (await new ChatPlanner(_client, new() { Form = PlanForm.ToolCall }).PlanAsync(Clinic.Asks("thursday"), CancellationToken.None).ListAsync())
            .Texts().ShouldBe(["growing()", "growing(slots=find_slots(date=2026-11-26))", "plan(slots=find_slots(date=2026-11-26))", "ended"]);
    }

    [Fact]
    public async Task Cancellation_CancelsTheResponse_AndTheSessionGoesOn()
    {
        var never = new TaskCompletionSource();
        _server.Then(new(new LoopbackStep.Text("Good "), new LoopbackStep.Wait(never.Task), new LoopbackStep.Text("late"))).Then(LoopbackAnswer.Says("Good day."));
        using var cancel = new CancellationTokenSource();
        await using (var updates = _client.GetStreamingResponseAsync([new(ChatRole.User, "Hello")], null, cancel.Token).GetAsyncEnumerator())
        {
            await updates.MoveNextAsync();
            cancel.Cancel();
            await Should.ThrowAsync<OperationCanceledException>(async () => await updates.MoveNextAsync());
        }

        (await _client.GetResponseAsync([new(ChatRole.User, "Hello")])).Text.ShouldBe("Good day.");
        Types().ShouldBe(["conversation.item.create", "response.create", "response.cancel", "response.create"]);
        _client.Sessions.ShouldBe(1);
    }

    [Fact]
    public async Task Session_ThatIsLost_CutsItsResponse_AndTheNextRequestOpensAnother()
    {
        var heard = new TaskCompletionSource();
        _server.Then(new(new LoopbackStep.Text("Good "), new LoopbackStep.Wait(heard.Task), new LoopbackStep.Die())).Then(LoopbackAnswer.Says("Good day."));
        await using (var updates = _client.GetStreamingResponseAsync([new(ChatRole.User, "Hello")]).GetAsyncEnumerator())
        {
            await updates.MoveNextAsync();
            heard.SetResult();
            (await Should.ThrowAsync<ModelUnavailableException>(async () => await updates.MoveNextAsync())).Code.ShouldBe("model.cut");
        }

        (await _client.GetResponseAsync([new(ChatRole.User, "Hello")])).Text.ShouldBe("Good day.");
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Response_ThatFails_IsAFault()
    {
        _server.Then(LoopbackAnswer.Fails(500));
        (await Should.ThrowAsync<ModelUnavailableException>(() => _client.GetResponseAsync([new(ChatRole.User, "Hello")]))).Code.ShouldBe("model.failed");
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsUnreachable()
    {
        await using var client = new RealtimeChatClient(new() { Address = new("http://127.0.0.1:9/v1"), Model = "m" }, TimeProvider.System);
        (await Should.ThrowAsync<ModelUnavailableException>(() => client.GetResponseAsync([new(ChatRole.User, "Hello")]))).Code.ShouldBe("model.unreachable");
    }

    private string[] Types() => [.. _server.RealtimeEvents.Select(e => e["type"]!.ToString())];

    private string[] Items() => [.. _server.RealtimeEvents.Where(e => e["type"]!.ToString() == "conversation.item.create").Select(e => e["item"]!["content"]![0]!["text"]!.ToString())];

    private static async IAsyncEnumerable<HeardWords> SpeakAsync(Task goOn)
    {
        yield return new("is", false);
        await goOn;
        yield return new("is thursday free", true);
    }
}
