using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using Xunit.Abstractions;

namespace ContactCenterAgent.Simulation.Tests;

public sealed class ScriptPlayerTests(ITestOutputHelper output) : IDisposable
{
    private const string Reschedule =
        "It's Dana Whitfield, born twelfth of March nineteen eighty four, could you move my appointment with doctor Lee to, uh, Tuesday, [400] no, Thursday afternoon";

    private readonly Northgate _northgate = new();

    private static readonly CallScript OrderStatus = Script(
        "order-status",
        new() { Say = "Hi, it's Dana Whitfield, born twelfth of March nineteen eighty four, are my glasses ready?" },
        new() { Say = "thanks, that's all, bye" });

    private static readonly CallScript OpeningHours = Script("opening-hours", new ScriptTurn { Say = "What time do you open on Saturday?" });

    public void Dispose() => _northgate.Dispose();

    [Fact]
    public void Script_ThatAsksForAFact_IsAnsweredAndMeasured()
    {
        var run = Show(_northgate.Play(OpeningHours));
        run.Failures.ShouldBeEmpty();
        run.Turns.ShouldHaveSingleItem().ResponseLatency.ShouldNotBeNull();
        run.Record.Disposition.ShouldBe(Disposition.Completed);
        run.Committed.ShouldBeEmpty();
    }

    [Fact]
    public void Script_PlayedTwice_GivesTheSameRun()
    {
        var one = Show(_northgate.Play(OrderStatus));
        var two = _northgate.Play(OrderStatus);
        two.Turns.ShouldBe(one.Turns);
        two.Steps.Select(s => (s.Happened.GetType(), s.Happened.At)).ShouldBe(one.Steps.Select(s => (s.Happened.GetType(), s.Happened.At)));
    }

    [Fact]
    public void Twin_InSequence_AnswersLater()
    {
        var ours = Show(_northgate.Play(OrderStatus));
        var twin = Show(_northgate.Play(OrderStatus, Speculation.Sequential));
        ours.Failures.ShouldBeEmpty();
        twin.Failures.ShouldBeEmpty();
        twin.Turns[0].ResponseLatency!.Value.ShouldBeGreaterThan(ours.Turns[0].ResponseLatency!.Value);
    }

    [Theory]
    [InlineData("reschedule", Reschedule, "reschedule_appointment")]
    [InlineData("cancel", "It's Dana Whitfield, born twelfth of March nineteen eighty four, please cancel my appointment", "cancel_appointment")]
    public void Twin_InSequence_DoesTheSameAndAnswersLater(string name, string wish, string tool)
    {
        var script = Script(name, new() { Say = wish }, new() { Say = "Yes please" }, new() { Say = "no thanks, bye" });
        var ours = Show(_northgate.Play(script));
        var twin = Show(_northgate.Play(script, Speculation.Sequential));
        ours.Failures.ShouldBeEmpty();
        ours.Committed.ShouldBe([tool]);
        twin.Failures.ShouldBeEmpty();
        twin.Committed.ShouldBe([tool]);
        twin.Turns[0].ResponseLatency!.Value.ShouldBeGreaterThan(ours.Turns[0].ResponseLatency!.Value);
    }

    [Fact]
    public void HangUp_WithAHoldOpen_ReleasesIt()
    {
        var run = Show(_northgate.Play(Script("hang-up", new() { Say = Reschedule }, new() { HangUp = true, BargeIn = new("Shall I", 500) })));
        run.Failures.ShouldBeEmpty();
        run.Committed.ShouldBeEmpty();
        run.Holds.ShouldNotBeEmpty();
        run.Holds.ShouldAllBe(h => h.End == HoldEnd.Released);
    }

    private ScriptRun Show(ScriptRun run)
    {
        output.WriteLine($"{run.Script}: {run.Record.Disposition}, committed [{string.Join(", ", run.Committed)}], failures [{string.Join("; ", run.Failures)}]");
        foreach (var turn in run.Turns) output.WriteLine($"  caller {turn.SpokenUntil}: {turn.Text} -> {turn.ResponseLatency}");
        foreach (var heard in run.Heard) output.WriteLine($"  agent  {heard.StartedAt}: {heard.Prompt.Kind} {heard.Prompt.Text.Value}");
        return run;
    }

    private static CallScript Script(string name, params ScriptTurn[] turns) =>
        new() { Name = name, Start = new(2026, 11, 23, 10, 0, 0), Caller = "+441632960123", Turns = [.. turns] };
}
