using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Runtime.Tests;

public sealed class ReadHedgesTests
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(100);
    private readonly VirtualTime _time = new(Bench.Start);
    private readonly List<CancellationToken> _runs = [];
    private int _leases;

    [Fact]
    public void Read_ThatTakesUnusuallyLong_IsAskedOnceMoreAndTheFirstAnswerCounts()
    {
        var (answer, took) = Read(Learned(0.02), Hangs, Answers);

        answer.ShouldBe("2");
        took.ShouldBe(Usual * 2);
        _runs[0].IsCancellationRequested.ShouldBeTrue("the run that was too slow is stopped");
        _leases.ShouldBe(0);
    }

    [Fact]
    public void Read_ThatIsNoSlowerThanUsual_IsAskedOnce()
    {
        Read(Learned(0.02), Answers).ShouldBe(("1", Usual));

        _runs.Count.ShouldBe(1);
    }

    [Fact]
    public void FirstRun_ThatAnswersAfterAll_Counts()
    {
        var (answer, took) = Read(Learned(0.02), Slow, Hangs);

        answer.ShouldBe("1");
        took.ShouldBe(Usual * 3);
        _runs[1].IsCancellationRequested.ShouldBeTrue();
        _leases.ShouldBe(0);
    }

    [Fact]
    public void SecondRun_ThatFails_LeavesTheFirstOnesAnswer() => Read(Learned(0.02), Slow, Fails).ShouldBe(("1", Usual * 3));

    [Fact]
    public void FirstRun_ThatFailsLate_LeavesTheSecondOnesAnswer() => Read(Learned(0.02), FailsLate, Slow).ShouldBe(("2", Usual * 4));

    [Fact]
    public void Unusual_IsNotKnownFromAFewReads()
    {
        var hedges = new ReadHedges(0.1);
        for (var i = 0; i < 31; i++) hedges.Took("hours", Usual);

        Read(hedges, Slow).ShouldBe(("1", Usual * 3));
        _runs.Count.ShouldBe(1);
    }

    [Fact]
    public void Share_OfZero_AsksNothingTwice()
    {
        Read(Learned(0), Slow).ShouldBe(("1", Usual * 3));

        _runs.Count.ShouldBe(1);
    }

    [Fact]
    public void Share_BoundsWhatIsAskedTwice()
    {
        var hedges = Learned(0.005);
        for (var i = 0; i < 1000; i++)
        {
            Read(hedges, Slow, Slow);
            for (var fast = 0; fast < 99; fast++) hedges.Took("hours", Usual);
        }

        (_runs.Count - 1000).ShouldBeInRange(490, 510, "half a percent of 100,000 reads, of which one in a hundred is slow");
    }

    [Fact]
    public void BackEnd_ThatIsSlowAsARule_IsNotAskedTwice()
    {
        var hedges = new ReadHedges(0.02);
        for (var i = 0; i < 200; i++) hedges.Took("hours", i % 5 == 0 ? Usual * 3 : Usual);

        Read(hedges, Slow).ShouldBe(("1", Usual * 3));
    }

    [Fact]
    public void Place_ThatIsNotFree_LeavesTheFirstRunAlone()
    {
        var hedges = Learned(0.02);
        _time.Run(() => hedges.RunAsync("hours", () => null, Run(Slow), _time, CancellationToken.None), TimeSpan.FromMinutes(1)).ShouldBe("1");

        _runs.Count.ShouldBe(1);
    }

    [Fact]
    public void Place_ThatIsNotFree_CostsNothingOfTheShare()
    {
        // Saved for one second run, and not for two.
        var hedges = Learned(0.006);
        _time.Run(() => hedges.RunAsync("hours", () => null, Run(Slow), _time, CancellationToken.None), TimeSpan.FromMinutes(1)).ShouldBe("1");

        Read(hedges, Hangs, Answers).ShouldBe(("2", Usual * 2));
        Read(hedges, Slow).ShouldBe(("1", Usual * 3));
        _leases.ShouldBe(0, "a place that the share does not pay for is given back");
    }

    private static ReadHedges Learned(double share)
    {
        var hedges = new ReadHedges(share);
        for (var i = 0; i < 200; i++) hedges.Took("hours", Usual);
        return hedges;
    }

    private (string Answer, TimeSpan Took) Read(ReadHedges hedges, params Func<CancellationToken, Task>[] runs)
    {
        var began = _time.GetTimestamp();
        var answer = _time.Run(() => hedges.RunAsync("hours", Place, Run(runs), _time, CancellationToken.None), TimeSpan.FromMinutes(1));
        return (answer, _time.GetElapsedTime(began));
    }

    private Func<CancellationToken, Task<string>> Run(params Func<CancellationToken, Task>[] runs)
    {
        var next = 0;
        return async token =>
        {
            _runs.Add(token);
            var own = next++;
            await runs[own](token);
            return (own + 1).ToString();
        };
    }

    private Lease Place()
    {
        _leases++;
        return new(() => _leases--);
    }

    private Task Answers(CancellationToken token) => Task.Delay(Usual, _time, token);

    private Task Slow(CancellationToken token) => Task.Delay(Usual * 3, _time, token);

    private Task Hangs(CancellationToken token) => Task.Delay(Timeout.InfiniteTimeSpan, _time, token);

    private static Task Fails(CancellationToken token) => Task.FromException(new InvalidOperationException("down"));

    private async Task FailsLate(CancellationToken token)
    {
        await Task.Delay(Usual * 2, _time, token);
        throw new InvalidOperationException("down");
    }

    private sealed class Lease(Action left) : IDisposable
    {
        public void Dispose() => left();
    }
}
