using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Runtime.Tests;

public sealed class TaskScopeTests
{
    private readonly VirtualTime _time = new(Bench.Start);
    private readonly List<Exception> _faults = [];

    [Fact]
    public void Dispose_WithAChildThatTidiesUp_WaitsForIt()
    {
        var tidied = TimeSpan.Zero;
        _time.Run(async () =>
        {
            var scope = new TaskScope(_faults.Add, CancellationToken.None);
            scope.Start(async ct =>
            {
                try
                {
                    await Task.Delay(TimeSpan.FromHours(1), _time, ct);
                }
                finally
                {
                    await Task.Delay(TimeSpan.FromSeconds(3), _time, CancellationToken.None);
                    tidied = _time.Elapsed;
                }
            });
            await Task.Delay(TimeSpan.FromSeconds(1), _time, CancellationToken.None);
            scope.Running.ShouldBe(1);
            await scope.DisposeAsync();
            scope.Running.ShouldBe(0);
        }, TimeSpan.FromMinutes(1));
        tidied.ShouldBe(TimeSpan.FromSeconds(4));
        _faults.ShouldBeEmpty();
    }

    [Fact]
    public void Child_ThatThrows_IsReportedOnceAndCostsItsSiblingsNothing()
    {
        var done = false;
        _time.Run(async () =>
        {
            await using var scope = new TaskScope(_faults.Add, CancellationToken.None);
            scope.Start(_ => throw new InvalidOperationException("at once"));
            scope.Start(async ct =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _time, ct);
                throw new InvalidOperationException("later");
            });
            scope.Start(async ct =>
            {
                await Task.Delay(TimeSpan.FromSeconds(2), _time, ct);
                done = true;
            });
            await Task.Delay(TimeSpan.FromSeconds(3), _time, CancellationToken.None);
        }, TimeSpan.FromMinutes(1));
        _faults.Select(f => f.Message).ShouldBe(["at once", "later"]);
        done.ShouldBeTrue();
    }

    [Fact]
    public void Start_AfterTheEnd_TakesNoWork()
    {
        var ran = false;
        _time.Run(async () =>
        {
            var scope = new TaskScope(_faults.Add, CancellationToken.None);
            await scope.DisposeAsync();
            scope.Start(_ =>
            {
                ran = true;
                return Task.CompletedTask;
            }).ShouldBeFalse();
        }, TimeSpan.FromMinutes(1));
        ran.ShouldBeFalse();
    }

    [Fact]
    public void Parent_ThatEnds_EndsTheChildren()
    {
        _time.Run(async () =>
        {
            using var parent = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
            await using var scope = new TaskScope(_faults.Add, parent.Token);
            scope.Start(ct => Task.Delay(Timeout.InfiniteTimeSpan, _time, ct));
            await Task.Delay(TimeSpan.FromSeconds(1), _time, CancellationToken.None);
            scope.Running.ShouldBe(1);
            await Task.Delay(TimeSpan.FromSeconds(1.5), _time, CancellationToken.None);
            scope.Running.ShouldBe(0);
        }, TimeSpan.FromMinutes(1));
        _faults.ShouldBeEmpty();
    }
}
