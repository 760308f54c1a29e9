using System.Collections.Concurrent;
using ContactCenterAgent.Media.Clock;

namespace ContactCenterAgent.Media.Tests.Clock;

public sealed class MediaClockTests
{
    private sealed class Leg(int frames, Action<long>? work = null) : IMediaTicked
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<long> Frames { get; } = [];

        public Exception? Fault { get; private set; }

        public int Threads => _threads.Distinct().Count();

        public Task Done => _done.Task;

        private readonly ConcurrentQueue<int> _threads = [];

        public void Tick(long frame)
        {
            Frames.Enqueue(frame);
            _threads.Enqueue(Environment.CurrentManagedThreadId);
            work?.Invoke(frame);
            if (frame + 1 >= frames) _done.TrySetResult();
        }

        public void Fail(Exception fault)
        {
            Fault = fault;
            _done.TrySetResult();
        }
    }

    [Fact]
    public async Task Legs_OnTheClock_GetEveryFrameInOrderOnOneThread()
    {
        using var clock = new MediaClock(TimeProvider.System, "media test");
        var legs = Enumerable.Range(0, 9).Select(_ => new Leg(10)).ToList();
        legs.ForEach(clock.Add);
        await Task.WhenAll(legs.Select(l => l.Done));
        foreach (var leg in legs)
        {
            clock.Remove(leg);
            leg.Frames.ShouldBe(Enumerable.Range(0, leg.Frames.Count).Select(i => (long)i));
            leg.Threads.ShouldBe(1);
        }

        clock.Count.ShouldBe(0);
        clock.Lateness.Count.ShouldBeGreaterThanOrEqualTo(90);
    }

    [Fact]
    public async Task Frames_AfterAPause_AreCaughtUp()
    {
        using var clock = new MediaClock(TimeProvider.System, "media test");
        using var held = new ManualResetEventSlim();
        var began = TimeProvider.System.GetTimestamp();
        var slow = new Leg(25, frame => { if (frame == 3) held.Wait(TimeSpan.FromMilliseconds(120)); });
        clock.Add(slow);
        await slow.Done;

        // 25 frames take no longer than 25 frames, though the thread stood still for six of them; and never less.
        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(24 * 20));
        slow.Frames.Take(25).ShouldBe(Enumerable.Range(0, 25).Select(i => (long)i));
        clock.Lateness.Largest.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(60));
        clock.SkippedTicks.ShouldBe(0);
    }

    [Fact]
    public async Task Leg_ThatThrows_IsTakenOff_AndTheOthersGoOn()
    {
        using var clock = new MediaClock(TimeProvider.System, "media test");
        var broken = new Leg(10, frame => { if (frame == 2) throw new InvalidOperationException("broken"); });
        var whole = new Leg(10);
        clock.Add(broken);
        clock.Add(whole);
        await Task.WhenAll(broken.Done, whole.Done);
        broken.Fault.ShouldBeOfType<InvalidOperationException>();
        broken.Frames.Count.ShouldBe(3);
        clock.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Remove_WhenItReturns_NoTickRuns()
    {
        using var clock = new MediaClock(TimeProvider.System, "media test");
        var other = new Leg(20);
        var leg = new Leg(3);
        clock.Add(leg);
        await leg.Done;
        clock.Remove(leg);
        var ticks = leg.Frames.Count;
        clock.Add(other);
        await other.Done;
        leg.Frames.Count.ShouldBe(ticks);
    }

    [Fact]
    public void Add_Twice_Throws()
    {
        using var clock = new MediaClock(TimeProvider.System, "media test");
        var leg = new Leg(1);
        clock.Add(leg);
        Should.Throw<InvalidOperationException>(() => clock.Add(leg));
    }
}
