namespace ContactCenterAgent.Simulation.Tests;

public sealed class BackEndLatencyTests
{
    [Fact]
    public void Calls_TakeHalfASecondToASecondAndFiveSecondsOnceInAHundred()
    {
        var latency = new BackEndLatency(1);
        var draws = Enumerable.Range(0, 20_000).Select(i => latency.OfCall("find_slots", [new("n", i)]).TotalMilliseconds).ToList();
        draws.Count(d => d == 5_000).ShouldBeInRange(140, 260);
        draws.Where(d => d != 5_000).ShouldAllBe(d => d >= 500 && d <= 1_000);
        draws.Where(d => d != 5_000).Average().ShouldBeInRange(745, 755);
    }

    [Fact]
    public void Ends_TakeAFifthToTwoFifthsOfASecond()
    {
        var latency = new BackEndLatency(1);
        var draws = Enumerable.Range(0, 20_000).Select(i => latency.OfEnd("book", $"{i}").TotalMilliseconds).ToList();
        draws.ShouldAllBe(d => d >= 200 && d <= 400);
        draws.Average().ShouldBeInRange(298, 302);
    }

    [Fact]
    public void Draws_DependOnSeedToolArgumentsAndAttemptAndOnNothingElse()
    {
        List<double> Draws(long seed, string tool, string day)
        {
            var latency = new BackEndLatency(seed);
            latency.OfCall("something_else", []);
            return [.. Enumerable.Range(0, 8).Select(_ => latency.OfCall(tool, [new("b", "2"), new("day", day)]).TotalMilliseconds)];
        }

        var draws = Draws(1, "find_slots", "monday");
        draws.ShouldBe(Draws(1, "find_slots", "monday"));
        draws.Distinct().Count().ShouldBeGreaterThan(1);
        draws.ShouldNotBe(Draws(2, "find_slots", "monday"));
        draws.ShouldNotBe(Draws(1, "find_orders", "monday"));
        draws.ShouldNotBe(Draws(1, "find_slots", "tuesday"));
        new BackEndLatency(1).OfCall("t", [new("a", "1"), new("b", "2")]).ShouldBe(new BackEndLatency(1).OfCall("t", [new("b", "2"), new("a", "1")]));
    }
}
