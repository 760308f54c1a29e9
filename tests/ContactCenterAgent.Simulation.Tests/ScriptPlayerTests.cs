using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using Xunit.Abstractions;

namespace ContactCenterAgent.Simulation.Tests;

public sealed class ScriptPlayerTests(ITestOutputHelper output) : IDisposable
{
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
