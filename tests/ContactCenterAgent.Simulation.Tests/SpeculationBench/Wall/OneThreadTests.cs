using ContactCenterAgent.Simulation.SpeculationBench.Wall;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Wall;

public sealed class OneThreadTests
{
    [Fact]
    public async Task Work_StaysOnItsThread_WhereverItsTimersFire()
    {
        var threads = await OneThread.Run(async () =>
        {
            var seen = new List<int>();
            for (var i = 0; i < 20; i++)
            {
                seen.Add(Environment.CurrentManagedThreadId);
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
                await Task.Yield();
            }

            return seen;
        });

        threads.Distinct().ShouldHaveSingleItem().ShouldNotBe(Environment.CurrentManagedThreadId);
    }

    [Fact]
    public async Task Work_ThatFails_FailsForWhoeverWaits() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => OneThread.Run<int>(async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("no");
        }))).Message.ShouldBe("no");
}
