using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host.Scripts;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Host.Timelines;
using ContactCenterAgent.Simulation;
using ContactCenterAgent.Storage;
using ContactCenterAgent.Storage.Journal;

namespace ContactCenterAgent.Host.Tests.Scripts;

/// <summary>One stage for all: its business is seeded once.</summary>
public sealed class StageFixture : IDisposable
{
    internal ScriptStage Stage { get; } = new(HostSettings.Load(), seed: 1);

    public void Dispose() => Stage.Dispose();
}

public sealed class ScriptTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    public static TheoryData<string> Names => [.. ScriptLibrary.All.Select(s => s.Name)];

    [Fact]
    public void Library_HasTheEightCalls() => ScriptLibrary.All.Select(s => s.Name).ShouldBe(
    [
        "booking-with-correction", "reschedule", "order-status", "wrong-identity", "nothing-free", "hang-up-while-held", "yes-over-the-read-back", "a-person",
    ]);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Script_OnVirtualTime_EndsAsItExpects_AndNoLaterThanItsTwin(string name)
    {
        var script = ScriptLibrary.All.Single(s => s.Name == name);
        var view = new CallView(TimeProvider.System);

        var run = await fixture.Stage.PlayOnVirtualTimeAsync(script, Speculation.On, view, CancellationToken.None);
        var twin = await fixture.Stage.PlayOnVirtualTimeAsync(script, Speculation.Sequential, observer: null, CancellationToken.None);

        run.Failures.ShouldBeEmpty();
        view.IsOver.ShouldBeTrue();
        foreach (var (ours, theirs) in run.Turns.Zip(twin.Turns))
            if (ours.ResponseLatency is { } fast && theirs.ResponseLatency is { } slow) fast.ShouldBeLessThanOrEqualTo(slow, ours.Text);
    }

    [Fact]
    public async Task Booking_OnVirtualTime_IsAnsweredAtLeastThreeTimesAsFastAsItsTwin()
    {
        var script = ScriptLibrary.All[0];

        var run = await fixture.Stage.PlayOnVirtualTimeAsync(script, Speculation.On, observer: null, CancellationToken.None);
        var twin = await fixture.Stage.PlayOnVirtualTimeAsync(script, Speculation.Sequential, observer: null, CancellationToken.None);

        (twin.Turns[0].ResponseLatency / run.Turns[0].ResponseLatency).ShouldNotBeNull().ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Journals_OfAllScriptsInRealTime_ReplayToIdenticalCommands()
    {
        await fixture.Stage.PlayOnVirtualTimeAsync(ScriptLibrary.All[0], Speculation.On, observer: null, CancellationToken.None);
        var played = await Task.WhenAll(ScriptLibrary.All.Select(s => fixture.Stage.PlayAsync(s, new CallView(TimeProvider.System), CancellationToken.None)));

        foreach (var (run, folder) in played)
        {
            var options = new StoreOptions { Folder = folder };
            var file = Directory.EnumerateFiles(options.JournalFolder, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
            var report = Replayer.Replay(JournalReader.Read(file, CallKeys.In(options)));

            report.Difference?.ToString().ShouldBeNull(run.Script);
            report.Events.ShouldBe(run.Steps.Length, run.Script);
            JournalAudit.Verify(options).Sound.ShouldBeTrue(run.Script);
        }
    }
}
