using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Runtime.Tests;

public sealed class BackEndBudgetsTests
{
    private readonly VirtualTime _time = new(Bench.Start);
    private readonly BackEndBudgets _budgets = new(new() { BackEndRunning = 1, BackEndReserved = 1, BackEndWaiting = 2 });
    private readonly List<string> _order = [];

    [Fact]
    public void BackEnd_Busy_TakesAuthorisedWorkBeforeGuesses() => _time.Run(async () =>
    {
        var first = await EnterAsync("first", BackEndPriority.Speculative);
        var guess = EnterAsync("guess", BackEndPriority.Speculative);
        var asked = EnterAsync("asked", BackEndPriority.Authorised);
        first!.Dispose();
        (await asked)!.Dispose();
        (await guess)!.Dispose();
        _order.ShouldBe(["first", "asked", "guess"]);
    }, TimeSpan.FromMinutes(1));

    [Fact]
    public void BackEnd_Busy_HasRoomForAReleaseAtOnce() => _time.Run(async () =>
    {
        using var first = await EnterAsync("first", BackEndPriority.Authorised);
        var release = EnterAsync("release", BackEndPriority.Reserved);
        release.IsCompletedSuccessfully.ShouldBeTrue();
        (await release)!.Dispose();
        EnterAsync("asked", BackEndPriority.Authorised).IsCompleted.ShouldBeFalse();
    }, TimeSpan.FromMinutes(1));

    [Fact]
    public void Queue_Full_DropsTheOldestGuessForAuthorisedWork() => _time.Run(async () =>
    {
        var first = await EnterAsync("first", BackEndPriority.Authorised);
        var guesses = new[] { EnterAsync("guess 1", BackEndPriority.Speculative), EnterAsync("guess 2", BackEndPriority.Speculative) };
        (await EnterAsync("guess 3", BackEndPriority.Speculative)).ShouldBeNull();
        var asked = EnterAsync("asked", BackEndPriority.Authorised);
        (await guesses[0]).ShouldBeNull();
        first!.Dispose();
        (await asked)!.Dispose();
        (await guesses[1])!.Dispose();
        _order.ShouldBe(["first", "asked", "guess 2"]);
    }, TimeSpan.FromMinutes(1));

    [Fact]
    public void Waiter_Cancelled_LeavesItsPlaceToTheNext() => _time.Run(async () =>
    {
        using var cancel = new CancellationTokenSource();
        var first = await EnterAsync("first", BackEndPriority.Authorised);
        var gone = _budgets.EnterAsync("diary", BackEndPriority.Authorised, cancel.Token).AsTask();
        var next = EnterAsync("next", BackEndPriority.Authorised);
        cancel.Cancel();
        first!.Dispose();
        (await next)!.Dispose();
        (await gone.EndsWithinAsync(TimeSpan.FromSeconds(1), _time)).ShouldBeTrue();
        gone.IsCanceled.ShouldBeTrue();
    }, TimeSpan.FromMinutes(1));

    [Fact]
    public void Lease_DisposedOfTwice_GivesOnePlaceBack() => _time.Run(async () =>
    {
        var first = await EnterAsync("first", BackEndPriority.Authorised);
        first!.Dispose();
        first.Dispose();
        using var second = await EnterAsync("second", BackEndPriority.Authorised);
        EnterAsync("third", BackEndPriority.Authorised).IsCompleted.ShouldBeFalse();
    }, TimeSpan.FromMinutes(1));

    [Fact]
    public void BackEnds_DoNotWaitForEachOther() => _time.Run(async () =>
    {
        using var first = await EnterAsync("first", BackEndPriority.Authorised);
        using var other = await _budgets.EnterAsync("crm", BackEndPriority.Speculative, CancellationToken.None);
        other.ShouldNotBeNull();
    }, TimeSpan.FromMinutes(1));

    private async Task<BackEndBudgets.Lease?> EnterAsync(string name, BackEndPriority priority)
    {
        var lease = await _budgets.EnterAsync("diary", priority, CancellationToken.None);
        if (lease is not null) _order.Add(name);
        return lease;
    }
}
