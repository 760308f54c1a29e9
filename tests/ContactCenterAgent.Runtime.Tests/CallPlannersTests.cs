using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Runtime.Tests;

public sealed class CallPlannersTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void Draft_AnswersInTheSameMomentWithItsGeneration()
    {
        Ask(PlannerRole.Draft);
        var proposed = _bench.Seen.OfType<PlanProposed>().ShouldHaveSingleItem();
        proposed.Generation.ShouldBe(new(1));
        proposed.At.ShouldBe(_bench.Seen.OfType<SpeechStarted>().Single().At);
        _bench.Seen.OfType<PlannerEnded>().ShouldHaveSingleItem();
    }

    [Fact]
    public void Authority_WhereThereIsNone_IsTheDraft()
    {
        Ask(PlannerRole.Authority);
        _bench.Seen.OfType<PlanProposed>().ShouldHaveSingleItem();
    }

    [Fact]
    public void Planner_WithoutAFirstToken_IsReportedAsStalledAtItsDeadline()
    {
        _bench.Authority = new Slow(_bench, TimeSpan.FromSeconds(60), obeys: true);
        Ask(PlannerRole.Authority);
        _bench.Seen.OfType<PlannerStalled>().ShouldHaveSingleItem().At.ShouldBe(_bench.Options.PlannerFirst);
        _bench.Seen.OfType<PlanProposed>().ShouldBeEmpty();
    }

    [Fact]
    public void Planner_ThatIgnoresItsCancellation_StallsAllTheSame()
    {
        _bench.Authority = new Slow(_bench, TimeSpan.FromSeconds(60), obeys: false);
        Ask(PlannerRole.Authority);
        _bench.Seen.OfType<PlannerStalled>().ShouldHaveSingleItem().At.ShouldBe(_bench.Options.PlannerFirst);
        _bench.Seen.OfType<PlanProposed>().ShouldBeEmpty();
    }

    [Fact]
    public void Planner_InTime_IsHeard()
    {
        _bench.Authority = new Slow(_bench, TimeSpan.FromSeconds(2), obeys: true);
        Ask(PlannerRole.Authority);
        _bench.Seen.OfType<PlanProposed>().ShouldHaveSingleItem().At.ShouldBe(TimeSpan.FromSeconds(2));
        _bench.Seen.OfType<PlannerEnded>().ShouldHaveSingleItem();
        _bench.Seen.OfType<PlannerStalled>().ShouldBeEmpty();
    }

    [Fact]
    public void Planner_ThatThrows_IsReportedAsStalledAndLoggedWithoutItsText()
    {
        _bench.Draft = new DraftPlanner(_ => throw new InvalidOperationException("Dana Whitfield"));
        Ask(PlannerRole.Draft);
        _bench.Seen.OfType<PlannerStalled>().ShouldHaveSingleItem();
        _bench.Log.Lines.ShouldContain(l => l.StartsWith("planner.stalled InvalidOperationException", StringComparison.Ordinal));
        _bench.Log.Lines.ShouldNotContain(l => l.Contains("Dana", StringComparison.Ordinal));
    }

    [Fact]
    public void Planner_Cancelled_SaysNothingMore()
    {
        _bench.Authority = new Slow(_bench, TimeSpan.FromSeconds(2), obeys: true);
        Play(e => e switch
        {
            SpeechStarted => [new AskPlanner(Request(PlannerRole.Authority))],
            SpeechEnded => [new CancelPlanner(new(1))],
            _ => [],
        });
        _bench.Seen.ShouldNotContain(e => e is PlanProposed || e is PlannerEnded || e is PlannerStalled);
    }

    private void Ask(PlannerRole role) => Play(e => e is SpeechStarted ? [new AskPlanner(Request(role))] : []);

    private void Play(Func<CallEvent, IEnumerable<Command>> does) => _bench.Call1(Bench.Steps(does), async caller =>
    {
        caller.Happens(new SpeechStarted(default));
        await Task.Delay(TimeSpan.FromSeconds(1), _bench.Time, CancellationToken.None);
        caller.Happens(new SpeechEnded(default));
        await Task.Delay(TimeSpan.FromMinutes(2), _bench.Time, CancellationToken.None);
        caller.Happens(new LineClosed(default, Lost: false));
    });

    private static PlanRequest Request(PlannerRole role) =>
        new() { Generation = new(1), Role = role, Turn = Transcript.Empty, Hash = WordsHash.None, LocalNow = Bench.Start.DateTime, Tools = [] };

    private sealed class Slow(Bench bench, TimeSpan takes, bool obeys) : IPlanner
    {
        public async IAsyncEnumerable<CallEvent> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Delay(takes, bench.Time, obeys ? cancellationToken : CancellationToken.None);
            yield return new PlanProposed(default, request.Generation, Plan.Empty);
        }
    }
}
