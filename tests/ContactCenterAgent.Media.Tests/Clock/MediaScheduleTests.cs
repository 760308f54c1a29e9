using ContactCenterAgent.Media.Clock;

namespace ContactCenterAgent.Media.Tests.Clock;

public sealed class MediaScheduleTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);
    private readonly MediaSchedule _schedule = new(TimeSpan.FromSeconds(1), Period);

    private List<long> Take(TimeSpan now)
    {
        var ticks = new List<long>();
        while (_schedule.TryTake(now, out var tick, out _)) ticks.Add(tick);
        return ticks;
    }

    [Fact]
    public void TryTake_OverAnHourOfRaggedWakeUps_HasNoDrift()
    {
        var random = new Random(1);
        var now = TimeSpan.FromSeconds(1);
        var ticks = 0L;
        var end = TimeSpan.FromHours(1) + now;
        while (now < end)
        {
            ticks += Take(now).Count;
            now += TimeSpan.FromMilliseconds(random.NextDouble() * 45);
        }

        ticks += Take(end).Count;
        ticks.ShouldBe((60 * 60 * 50) + 1);
        _schedule.Skipped.ShouldBe(0);
        _schedule.DueAt.ShouldBe(end + Period);
    }

    [Fact]
    public void TryTake_AfterAPauseOfTheProcess_CatchesUp() =>
        (Take(TimeSpan.FromSeconds(1)), Take(TimeSpan.FromMilliseconds(1070))).ShouldSatisfyAllConditions(
            t => t.Item1.ShouldBe([0]),
            t => t.Item2.ShouldBe([1, 2, 3]));

    [Fact]
    public void TryTake_AfterTheMachineSlept_LeavesOutWhatNobodyWantsToHear()
    {
        Take(TimeSpan.FromSeconds(1));
        var ticks = Take(TimeSpan.FromSeconds(11));
        ticks.ShouldBe([500]);
        _schedule.Skipped.ShouldBe(499);
    }

    [Fact]
    public void TryTake_BeforeItIsDue_GivesNothing()
    {
        Take(TimeSpan.FromSeconds(1)).ShouldBe([0]);
        Take(TimeSpan.FromMilliseconds(1019)).ShouldBeEmpty();
    }
}
