using System.Runtime.CompilerServices;
using ContactCenterAgent.Llm.Actions;
using ContactCenterAgent.Simulation;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Tests.Actions;

public sealed class ActionLoopTests
{
    private static readonly (double At, string Text)[] Words = [(0.3, "it's dana"), (0.9, "it's dana whitfield"), (1.5, "it's dana whitfield is thursday"), (2.2, "it's dana whitfield is thursday free")];
    private readonly VirtualTime _time = new(new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public void SameModel_Sequentially_WaitsForEachThingInTurn() => Run(new RuleModel(_time), ActionMode.Sequential).ShouldBe(
    [
        "2.2 told [final] it's dana whitfield is thursday free",
        "2.4 call c1 find_customer(name=Dana Whitfield)",
        "3.4 told [result c1] found",
        "3.6 call c2 find_slots(date=2026-11-26)",
        "4.6 told [result c2] found",
        "4.8 answer Half past two is free on Thursday.",
    ]);

    [Fact]
    public void SameModel_Asynchronously_WorksWhileTheCallerSpeaks() => Run(new RuleModel(_time), ActionMode.Asynchronous).ShouldBe(
    [
        "0.3 told [partial] it's dana",
        "0.5 pause ",
        "0.9 told [partial] it's dana whitfield",
        "1.1 call c1 find_customer(name=Dana Whitfield)",
        "1.3 pause ",
        "1.5 told [partial] it's dana whitfield is thursday",
        "1.7 call c2 find_slots(date=2026-11-26)",
        "1.9 pause ",
        "2.1 told [result c1] found",
        "2.3 pause ",
        "2.3 told [final] it's dana whitfield is thursday free",
        "2.5 pause ",
        "2.7 told [result c2] found",
        "2.9 answer Half past two is free on Thursday.",
    ]);

    [Fact]
    public void Conversation_OnlyGrows_AndEventsStandBetweenActions()
    {
        var model = new RuleModel(_time);
        Run(model, ActionMode.Asynchronous);

        model.Seen.Select(m => m.Role == ChatRole.Assistant ? "action" : m.Role == ChatRole.System ? "system" : m.Text.Split(' ')[0]).ShouldBe(
            ["system", "[partial]", "action", "[partial]", "action", "action", "[partial]", "action", "action", "[result", "action", "[final]", "action", "[result"]);
    }

    [Fact]
    public void Events_ThatComeWhileTheModelWrites_WaitForTheSettledBoundary()
    {
        var model = new ScriptedModel(_time).Says((1.5, """{"action":"pause"}""")).Says((0.1, """{"action":"answer","text":"Yes."}"""));

        Run(model, ActionMode.Asynchronous, (0.1, "is"), (0.5, "is thursday"), (1.0, "is thursday free")).ShouldBe(
            ["0.1 told [partial] is", "1.6 pause ", "1.6 told [final] is thursday free", "1.7 answer Yes."]);
    }

    [Theory]
    [InlineData("""{"action":"answer","text":"Yes."}""", "The caller has not finished. Call or pause.")]
    [InlineData("""{"action":"call","tool":"book","arguments":{"customer_id":"c1","slot_id":"s1"}}""", "This tool changes something or tells somebody: it may be called only after [final].")]
    [InlineData("""{"action":"call","tool":"send_flowers","arguments":{}}""", "There is no tool send_flowers. The tools are: find_customer, find_slots, book.")]
    [InlineData("""{"action":"call","tool":"find_slots","arguments":{"date":"Thursday"}}""", "find_slots.date must be YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD.")]
    [InlineData("""{"action":"call","tool":"find_slots","arguments":{"colour":"red"}}""", "find_slots has no parameter colour.")]
    [InlineData("""{"action":"call","tool":"find_slots","arguments":{}}""", "find_slots needs date.")]
    [InlineData("""{"action":"call","tool":"find_slots","arguments":"no json"}""", "An action is one JSON object.")]
    [InlineData("""{"action":"dance"}""", "The actions are call, pause and answer.")]
    [InlineData("I would rather talk.", "An action is one JSON object.")]
    [InlineData("{\"action\":", "An action is one JSON object.")]
    public void IllegalAction_IsAnsweredWithAnError_AndTriedOnceMore(string illegal, string error)
    {
        var model = new ScriptedModel(_time).Says(illegal).Says("""{"action":"pause"}""").Says("""{"action":"answer","text":"Yes."}""");

        Run(model, ActionMode.Asynchronous, (0.1, "is"), (1.0, "is thursday free")).ShouldBe(
            ["0.1 told [partial] is", "0.1 illegal " + error, "0.1 pause ", "1.0 told [final] is thursday free", "1.0 answer Yes."]);
        model.Asked[1].Messages[^1].Text.ShouldBe("[error] " + error);
    }

    [Fact]
    public void IllegalAction_TwiceInARow_EndsTheRun() =>
        Run(new ScriptedModel(_time).Says("no").Says("no"), ActionMode.Asynchronous, (0.1, "is")).ShouldBe(
            ["0.1 told [final] is", "0.1 illegal An action is one JSON object.", "0.1 illegal An action is one JSON object.", "0.1 failed model.illegal_actions"]);

    [Fact]
    public void Pause_WithNothingToWaitFor_IsIllegal() =>
        Run(new ScriptedModel(_time).Says("""{"action":"pause"}""").Says("""{"action":"answer","text":"Yes."}"""), ActionMode.Asynchronous, (0.1, "hello"))[1]
            .ShouldBe("0.1 illegal There is nothing to wait for: the caller has finished and no tool is running. Call or answer.");

    [Fact]
    public void Call_MadeBefore_IsIllegal()
    {
        const string Call = """{"action":"call","tool":"find_slots","arguments":{"date":"2026-11-26","service":null}}""";
        Run(new ScriptedModel(_time).Says(Call).Says(Call).Says("""{"action":"pause"}""").Says("""{"action":"answer","text":"Yes."}"""), ActionMode.Asynchronous, (0.1, "thursday"))
            .ShouldBe(
            [
                "0.1 told [final] thursday", "0.1 call c1 find_slots(date=2026-11-26)", "0.1 illegal This call has been made already. Use its result, or pause until it comes.", "0.1 pause ",
                "1.1 told [result c1] found", "1.1 answer Yes.",
            ]);
    }

    [Fact]
    public void Model_ThatLoops_IsStopped()
    {
        var model = new ScriptedModel(_time);
        for (var i = 0; i < 40; i++) model.Says($$$"""{"action":"call","tool":"find_customer","arguments":{"name":"Dana {{{(char)('A' + (i % 26))}}}{{{(char)('a' + (i / 26))}}}"}}""");

        Run(model, ActionMode.Asynchronous, (0.1, "hello"))[^1].ShouldBe("0.1 failed model.loops");
    }

    [Fact]
    public void Model_ThatBreaksOff_EndsTheRun() =>
        Run(new ScriptedModel(_time).BreaksOff("{", new ModelUnavailableException("model.cut")), ActionMode.Asynchronous, (0.1, "hello"))[^1].ShouldBe("0.1 failed model.cut");

    private List<string> Run(IChatClient model, ActionMode mode, params (double At, string Text)[] words)
    {
        List<string> trace = [];
        var loop = new ActionLoop(model, Clinic.Tools, async (_, ct) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _time, ct);
            return "found";
        }, mode);
        _time.Run(async () =>
        {
            await foreach (var step in loop.RunAsync(SpeakAsync(words.Length == 0 ? Words : words), Clinic.Monday, CancellationToken.None)) trace.Add($"{_time.Elapsed.TotalSeconds:0.0} {step.Kind} {step.Text}");
        }, TimeSpan.FromMinutes(1));
        return trace;
    }

    private async IAsyncEnumerable<HeardWords> SpeakAsync((double At, string Text)[] words, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < words.Length; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(words[i].At) - _time.Elapsed, _time, cancellationToken);
            yield return new(words[i].Text, i == words.Length - 1);
        }
    }
}
