using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Llm.Tests;

public sealed class ChatPlannerTests
{
    private const string Thursday = """{"date":"2026-11-26","service":"sight test"}""";
    private readonly ScriptedModel _model = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Answer_InBitsOfAnySize_GivesEachPartAsSoonAsItIsWhole(int bit)
    {
        var calls = Clinic.Call("who", "find_customer", """{"name":"dana whitfield"}""") + "," + Clinic.Call("slots", "find_slots", Thursday)
            + "," + Clinic.Call("take", "book", """{"customer_id":"$who.customer_id","slot_id":"$slots.slot_id","note":null}""", task: "book");
        _model.Says(Clinic.Plan(calls, "Thursday it is. Dr. Lee is in then."), bit);

        (await PlanAsync("book me in on thursday it's dana whitfield")).ShouldBe(
        [
            "growing()",
            "growing(who=find_customer(name=Dana Whitfield))",
            "growing(who=find_customer(name=Dana Whitfield); slots=find_slots(date=2026-11-26, service=eye test))",
            "growing(who=find_customer(name=Dana Whitfield); slots=find_slots(date=2026-11-26, service=eye test))",
            "plan(who=find_customer(name=Dana Whitfield); slots=find_slots(date=2026-11-26, service=eye test); take=book(customer_id=$who.customer_id, slot_id=$slots.slot_id))",
            "says: Thursday it is.",
            "says: Dr. Lee is in then.",
            "ended",
        ]);
    }

    [Fact]
    public async Task Read_IsProposedBeforeTheMessageEnds()
    {
        var time = new Simulation.VirtualTime(new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        var plan = Clinic.Plan(Clinic.Call("slots", "find_slots", Thursday));
        var cut = plan.IndexOf(",\"withdrawn\"", StringComparison.Ordinal);
        var model = new ScriptedModel(time).Says((0.3, plan[..cut]), (2, plan[cut..]));
        List<(TimeSpan, string)> seen = [];

        time.Run(async () =>
        {
            await foreach (var happened in new ChatPlanner(model).PlanAsync(Clinic.Asks("thursday"), CancellationToken.None)) seen.Add((time.Elapsed, happened.Text()));
        }, TimeSpan.FromMinutes(1));

        seen[1].ShouldBe((TimeSpan.FromSeconds(0.3), "growing(slots=find_slots(date=2026-11-26, service=eye test))"));
        seen[^1].ShouldBe((TimeSpan.FromSeconds(2.3), "ended"));
    }

    [Fact]
    public async Task Plan_AsAToolCall_IsReadFromItsStreamedArguments()
    {
        var plan = Clinic.Plan(Clinic.Call("slots", "find_slots", Thursday), "Let me see.");
        _model.Gives(
            new ToolArgumentsContent("c1", "plan", plan[..40]), new ToolArgumentsContent("c1", "plan", plan[40..]),
            new FunctionCallContent("c1", "plan", new Dictionary<string, object?>()));

        var texts = await PlanAsync("thursday", new() { Form = PlanForm.ToolCall });

        texts.ShouldContain("plan(slots=find_slots(date=2026-11-26, service=eye test))");
        texts[^1].ShouldBe("ended");
        _model.Asked[0].Options!.ToolMode.ShouldBe(ChatToolMode.RequireSpecific("plan"));
    }

    [Fact]
    public async Task Plan_AsAToolCallThatComesWhole_IsReadAsWell()
    {
        using var parsed = System.Text.Json.JsonDocument.Parse(Clinic.Plan(Clinic.Call("slots", "find_slots", Thursday)));
        _model.Gives(new FunctionCallContent("c1", "plan", parsed.RootElement.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value.Clone())));

        (await PlanAsync("thursday", new() { Form = PlanForm.ToolCall })).ShouldContain("plan(slots=find_slots(date=2026-11-26, service=eye test))");
    }

    [Fact]
    public async Task Prompt_OfALaterRequest_BeginsWithTheEarlierOne()
    {
        _model.Says(Clinic.Plan("")).Says(Clinic.Plan(""));
        var first = Clinic.Asks("hello") with { History = [Line(Speaker.Agent, "How can I help?")] };
        await RunAsync(first);
        await RunAsync(Clinic.Asks("thursday please") with { History = [.. first.History, Line(Speaker.Caller, "hello"), Line(Speaker.Agent, "What day?")] });

        var (before, after) = (_model.Asked[0].Messages, _model.Asked[1].Messages);
        after[0].Text.ShouldBe(before[0].Text);
        after[1].Text.ShouldBe(before[1].Text);
        after[^1].Text.ShouldEndWith("caller says now: thursday please");
    }

    [Fact]
    public async Task Prompt_OfACommittedTurn_SaysItsWordsOnce()
    {
        _model.Says(Clinic.Plan(""));
        await RunAsync(Clinic.Asks("thursday please") with { History = [Line(Speaker.Agent, "What day?"), Line(Speaker.Caller, "thursday please"), Line(Speaker.Tool, "find_slots -> 1 row")] });

        _model.Asked[0].Messages.Count(m => m.Text.Contains("thursday please", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Result_TooLargeForTheContext_IsCutByRowsAndTheModelIsTold()
    {
        _model.Says(Clinic.Plan(""));
        await RunAsync(Clinic.Asks("thursday", Clinic.Slots([.. Enumerable.Range(1, 5_000).Select(i => $"s{i}")])));

        var last = _model.Asked[0].Messages[^1].Text;
        last.Length.ShouldBeLessThan(4_000);
        last.ShouldContain("slot_id=s12,");
        last.ShouldContain("and 4988 more rows, not shown");
    }

    [Fact]
    public async Task Call_WithAMissingRequiredArgument_BecomesItsQuestion()
    {
        _model.Says(Clinic.Plan(Clinic.Call("slots", "find_slots", """{"date":null,"service":"eye test"}""", task: "book") + ","
            + Clinic.Call("take", "book", """{"customer_id":null,"slot_id":"$slots.slot_id"}""", task: "book")));

        var plan = (await RunAsync(Clinic.Asks("an eye test"))).OfType<PlanProposed>().Last().Plan;

        plan.Calls.ShouldBeEmpty();
        plan.Ask.ShouldHaveSingleItem().Question.ShouldBe("What day would suit you?");
        plan.Complete.ShouldBeFalse();
        plan.Tasks.ShouldHaveSingleItem().Tool.ShouldBe("book");
        plan.Tasks[0].Arguments["find_slots.service"].ShouldBe("eye test");
    }

    [Fact]
    public async Task Reference_ToAKnownCall_TakesThatCallIntoThePlan()
    {
        _model.Says(Clinic.Plan(Clinic.Call("take", "book", """{"customer_id":"c9","slot_id":"$k1.slot_id"}""")));

        (await PlanAsync(Clinic.Asks("yes", Clinic.Slots("s1"), new("book", "find_customer", Clinic.Fields(("name", "Dana Whitfield")), ToolResult.Of([ResultRow.Of(("customer_id", "c9"))])))))
            .ShouldContain("plan(k1=find_slots(date=2026-11-26); take=book(customer_id=c9, slot_id=$k1.slot_id))");
    }

    [Fact]
    public async Task Words_NotAskedInThisTurn_AreNoEvidence()
    {
        _model.Says(Clinic.Plan(Clinic.Call("a", "find_slots", Thursday) + "," + Clinic.Call("b", "find_customer", """{"name":"Dana"}""", "\"asked\":false")));

        var plan = (await RunAsync(Clinic.Asks("on thursday please"))).OfType<PlanProposed>().Last().Plan;

        plan.Calls[0].Evidence.ShouldBe([0, 1, 2]);
        plan.Calls[1].Evidence.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"date":"Thursday"}""", "find_slots.date: not acceptable. It must be YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD.")]
    [InlineData("""{"date":"2026-11-26","service":"haircut"}""", "one of eye test, frame fitting")]
    [InlineData("""{"date":"2026-11-26","colour":"red"}""", "find_slots has no parameter colour.")]
    [InlineData("""{"date":{"day":26}}""", "A call has a property of the wrong type.")]
    [InlineData("""{"date":"$nobody.day"}""", "There is no call nobody before this one.")]
    public async Task Argument_ThatDoesNotFit_IsSentBackOnceAndThenStalls(string arguments, string error)
    {
        var bad = Clinic.Plan(Clinic.Call("slots", "find_slots", arguments));
        _model.Says(bad).Says(bad);

        (await PlanAsync("thursday"))[^1].ShouldBe("stalled");

        _model.Asked.Count.ShouldBe(2);
        _model.Asked[1].Messages[^1].Text.ShouldContain(error);
        _model.Asked[1].Messages.Take(_model.Asked[0].Messages.Count).Select(m => m.Text).ShouldBe(_model.Asked[0].Messages.Select(m => m.Text), "the request only grows");
    }

    [Fact]
    public async Task Id_ThatNoResultHas_IsRefused()
    {
        _model.Says(Clinic.Plan(Clinic.Call("take", "book", """{"customer_id":"c1","slot_id":"s1"}"""))).Says(Clinic.Plan(""));

        (await PlanAsync(Clinic.Asks("yes", Clinic.Slots("s1"))))[^1].ShouldBe("ended");
        _model.Asked[1].Messages[^1].Text.ShouldContain("book.customer_id: no result has this id");
    }

    [Fact]
    public async Task Tool_ThatIsInvented_IsSentBackAndTheSecondAnswerCounts()
    {
        _model.Says(Clinic.Plan(Clinic.Call("x", "send_flowers", "{}"))).Says(Clinic.Plan(Clinic.Call("slots", "find_slots", Thursday)));

        (await PlanAsync("thursday")).ShouldBe(
            ["growing()", "growing()", "growing(slots=find_slots(date=2026-11-26, service=eye test))", "plan(slots=find_slots(date=2026-11-26, service=eye test))", "ended"]);
        _model.Asked[1].Messages[^1].Text.ShouldContain("There is no tool send_flowers. The tools are: find_customer, find_slots, book.");
    }

    [Theory]
    [InlineData("I'm sorry, I can't help with that.")]
    [InlineData("")]
    [InlineData("{\"act\":\"none\"")]
    [InlineData("{\"act\":\"none\",,}")]
    [InlineData("{\"act\":\"dance\",\"calls\":[],\"reply\":\"\"}")]
    [InlineData("{\"act\":\"none\",\"reply\":\"\"}")]
    [InlineData("{\"calls\":[{]}")]
    [InlineData("[1,2,3]")]
    public async Task Answer_ThatIsNoPlan_IsSentBackOnceAndThenStalls(string answer)
    {
        _model.Says(answer).Says(answer);

        (await PlanAsync("thursday"))[^1].ShouldBe("stalled");
        _model.Asked.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("```json\n", "\n```")]
    [InlineData("<think>They want {something}.</think>", "")]
    [InlineData("Here is the plan:\n", "\nAnything else?")]
    public async Task Answer_WithWordsAroundThePlan_IsRead(string before, string after)
    {
        _model.Says(before + Clinic.Plan(Clinic.Call("slots", "find_slots", Thursday)) + after);

        (await PlanAsync("thursday")).ShouldBe(
            ["growing()", "growing(slots=find_slots(date=2026-11-26, service=eye test))", "plan(slots=find_slots(date=2026-11-26, service=eye test))", "ended"]);
    }

    [Fact]
    public async Task Reply_BeforeThePlan_WaitsForThePlan()
    {
        _model.Says("""{"reply":"Let me see.","act":"none","calls":[]}""", 3);

        (await PlanAsync("thursday")).ShouldBe(["growing()", "plan()", "says: Let me see.", "ended"]);
    }

    [Fact]
    public async Task Model_ThatLoops_StallsAtOnce()
    {
        _model.Says(Clinic.Plan(string.Join(',', Enumerable.Range(0, 50).Select(i => Clinic.Call($"s{i}", "find_slots", Thursday)))));

        (await PlanAsync("thursday"))[^1].ShouldBe("stalled");
        _model.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Model_ThatRepeatsItsSentence_IsCutAndThePlanStands()
    {
        _model.Says(Clinic.Plan("", string.Concat(Enumerable.Repeat("Let me see. ", 100))), 5);

        (await PlanAsync("thursday")).ShouldBe(["growing()", "plan()", "says: Let me see.", "stalled"]);
        _model.Cancelled.ShouldBe(1, "the rest is not waited for");
    }

    [Fact]
    public async Task Model_ThatWritesWithoutEnd_IsCut()
    {
        _model.Says("{\"act\":\"" + new string('a', 20_000), 500);

        (await PlanAsync("thursday")).ShouldBe(["growing()", "stalled"]);
        _model.Cancelled.ShouldBe(1);
    }

    [Fact]
    public async Task Model_ThatRefuses_StallsAtOnce()
    {
        _model.Gives(new ErrorContent("I can't do that.") { ErrorCode = "refusal" });

        (await PlanAsync("thursday")).ShouldBe(["stalled"]);
        _model.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Model_ThatAnswersInAnotherLanguage_IsPlannedButNotSpoken()
    {
        _model.Says(Clinic.Plan(Clinic.Call("slots", "find_slots", Thursday), "Ihr Termin ist am Donnerstag gebucht. One moment please."));

        (await PlanAsync("thursday")).Where(t => t.StartsWith("says", StringComparison.Ordinal)).ShouldBe(["says: One moment please."]);
    }

    [Fact]
    public async Task Question_ThatClaims_IsReplacedByOurs()
    {
        _model.Says(Clinic.Plan("", tail: """
            "withdrawn":[],"ask":[{"task":"book","tool":"book","parameter":"note","question":"I have booked it, right?"},{"task":"b","tool":"find_slots","parameter":"date","question":"When?"},{"task":"b","tool":"x","parameter":"y","question":"z"}]
            """));

        var plan = (await RunAsync(Clinic.Asks("thursday"))).OfType<PlanProposed>().Last().Plan;
        plan.Ask.Select(a => a.Question).ShouldBe(["Could you tell me the note?", "What day would suit you?"]);
    }

    [Fact]
    public async Task Stream_ThatDiesBeforeThePlan_Stalls()
    {
        _model.BreaksOff("{\"act\":\"none\",", new ModelUnavailableException("model.cut"));

        (await PlanAsync("thursday")).ShouldBe(["growing()", "stalled"]);
    }

    [Fact]
    public async Task Stream_ThatDiesInTheReply_KeepsThePlanAndItsWholeSentences()
    {
        var plan = Clinic.Plan("", "One moment please. I will just");
        _model.BreaksOff(plan[..^8], new IOException("Dana"));

        (await PlanAsync("thursday")).ShouldBe(["growing()", "plan()", "says: One moment please.", "stalled"]);
    }

    [Fact]
    public async Task Cancellation_PassesThrough()
    {
        using var cancel = new CancellationTokenSource();
        _model.Says((60, "{"));
        var running = RunAsync(Clinic.Asks("thursday"), cancel.Token);
        cancel.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    [Fact]
    public async Task Log_OfAFault_HoldsNoWords()
    {
        var log = new Lines();
        _model.BreaksOff("{\"name\":\"Dana Whitfield\"", new InvalidOperationException("Dana Whitfield"));
        await new ChatPlanner(_model, log: log).PlanAsync(Clinic.Asks("I am Dana Whitfield"), CancellationToken.None).ListAsync();

        log.All.ShouldHaveSingleItem().ShouldStartWith("model.fault model.failed");
        log.All.ShouldAllBe(l => !l.Contains("Dana", StringComparison.Ordinal));
    }

    private static HistoryLine Line(Speaker who, string text) => new(who, Pii.Of(text));

    private Task<List<CallEvent>> RunAsync(PlanRequest request, CancellationToken cancellationToken = default) => new ChatPlanner(_model).PlanAsync(request, cancellationToken).ListAsync();

    private async Task<string[]> PlanAsync(PlanRequest request) => (await RunAsync(request)).Texts();

    private async Task<string[]> PlanAsync(string words, ChatPlannerOptions? options = null) =>
        (await new ChatPlanner(_model, options).PlanAsync(Clinic.Asks(words), CancellationToken.None).ListAsync()).Texts();

    private sealed class Lines : ILogger
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add(formatter(state, exception));
    }
}
