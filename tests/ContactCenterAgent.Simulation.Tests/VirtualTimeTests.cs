namespace ContactCenterAgent.Simulation.Tests;

public sealed class VirtualTimeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly VirtualTime _time = new(new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private readonly List<string> _order = [];

    [Fact]
    public void Timers_FireInOrderOfDueAndThenOfSequence()
    {
        _time.Run(() => Task.WhenAll(AfterAsync("b", 20), AfterAsync("a", 10), AfterAsync("c", 20), AfterAsync("d", 0)), Minute);
        _order.ShouldBe(["d", "a", "b", "c"]);
        _time.Elapsed.ShouldBe(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Work_ThatIsReady_RunsBeforeTimeMoves()
    {
        _time.Run(async () =>
        {
            var timer = AfterAsync("timer", 1);
            for (var i = 0; i < 3; i++)
            {
                await Task.Yield();
                _order.Add($"{i} at {_time.Elapsed.TotalMilliseconds}");
            }

            await timer;
        }, Minute);
        _order.ShouldBe(["0 at 0", "1 at 0", "2 at 0", "timer"]);
    }

    [Fact]
    public void Run_TwiceTheSame_GivesTheSameOrder()
    {
        var runs = Enumerable.Range(0, 2).Select(_ =>
        {
            var time = new VirtualTime(DateTimeOffset.UnixEpoch);
            var order = new List<string>();
            var random = new Random(5);
            time.Run(() => Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
            {
                for (var n = 0; n < 5; n++)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(5)), time, CancellationToken.None);
                    order.Add($"{i}:{n}@{time.Elapsed.TotalMilliseconds}");
                }
            })), Minute);
            return order;
        }).ToList();
        runs[0].ShouldBe(runs[1]);
    }

    [Fact]
    public void Clock_ShowsTheStartAndWhatHasPassed()
    {
        _time.Run(async () =>
        {
            var began = _time.GetTimestamp();
            await Task.Delay(TimeSpan.FromSeconds(90), _time, CancellationToken.None);
            _time.GetElapsedTime(began).ShouldBe(TimeSpan.FromSeconds(90));
        }, TimeSpan.FromMinutes(2));
        _time.GetUtcNow().ShouldBe(new DateTimeOffset(2026, 11, 23, 10, 1, 30, TimeSpan.Zero));
    }

    [Fact]
    public void Run_LongerThanItMay_IsATimeout() =>
        Should.Throw<TimeoutException>(() => _time.Run(() => AfterAsync("late", 61_000), Minute));

    [Fact]
    public void Run_ThatWaitsForWhatNeverComes_SaysSo() =>
        Should.Throw<VirtualTimeException>(() => _time.Run(() => new TaskCompletionSource().Task, Minute)).Message.ShouldContain("never come");

    [Fact]
    public void Run_ThatLeavesATimerBehind_SaysSo() =>
        Should.Throw<VirtualTimeException>(() => _time.Run(
            () =>
            {
                _ = AfterAsync("leaked", 5_000);
                return Task.CompletedTask;
            }, Minute)).Message.ShouldContain("1 timers");

    [Fact]
    public void Run_ThatThrows_PassesTheExceptionOn() =>
        Should.Throw<InvalidDataException>(() => _time.Run(
            async () =>
            {
                await AfterAsync("first", 5);
                throw new InvalidDataException();
            }, Minute));

    [Fact]
    public void Work_ThatLeavesTheThread_IsFound() =>
        Should.Throw<VirtualTimeException>(() => _time.Run(
            async () =>
            {
                using var back = new ManualResetEventSlim();
                var context = SynchronizationContext.Current!;
                var thread = new Thread(() =>
                {
                    context.Post(_ => { }, null);
                    back.Set();
                });
                thread.Start();
                back.Wait();
                await AfterAsync("later", 5);
            }, Minute)).Message.ShouldContain("left the driver's thread");

    [Fact]
    public void Timer_Changed_FiresAtItsLastTimeOnly()
    {
        _time.Run(async () =>
        {
            await using var timer = _time.CreateTimer(_ => _order.Add($"{_time.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            timer.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
            await Task.Delay(TimeSpan.FromSeconds(10), _time, CancellationToken.None);
        }, Minute);
        _order.ShouldBe(["3"]);
    }

    [Fact]
    public void Timer_WithAPeriod_FiresUntilItIsDisposedOf()
    {
        _time.Run(async () =>
        {
            await using var timer = _time.CreateTimer(_ => _order.Add($"{_time.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
            await Task.Delay(TimeSpan.FromSeconds(6), _time, CancellationToken.None);
        }, Minute);
        _order.ShouldBe(["1", "3", "5"]);
    }

    private async Task AfterAsync(string name, int ms)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(ms), _time, CancellationToken.None);
        _order.Add(name);
    }
}
