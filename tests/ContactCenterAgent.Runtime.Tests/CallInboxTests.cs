using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Runtime.Tests;

public sealed class CallInboxTests
{
    private readonly VirtualTime _time = new(Bench.Start);
    private readonly RuntimeOptions _options = new() { InboxEvents = 16, InboxReserved = 16 };

    [Fact]
    public void Inbox_Full_LetsWordsWaitAndOutcomesAndHangUpsIn() => _time.Run(async () =>
    {
        var inbox = new CallInbox(_time, _options);
        for (var i = 0; i < 16; i++) await inbox.WriteAsync(new SpeechStarted(default), CancellationToken.None);

        var waiting = inbox.WriteAsync(new SpeechEnded(default), CancellationToken.None);
        waiting.IsCompleted.ShouldBeFalse();
        await inbox.WriteAsync(new ToolReturned(default, default, new ToolOutcome.Failed(new ToolFailure.Cancelled())), CancellationToken.None);
        await inbox.WriteAsync(new HoldReleased(default, new("1/1"), Expired: false), CancellationToken.None);
        await inbox.WriteAsync(new LineClosed(default, Lost: false), CancellationToken.None);
        inbox.Depth.ShouldBe(19);
        inbox.Overloaded.ShouldBeFalse();

        inbox.TryRead(out var first).ShouldBeTrue();
        first.ShouldBeOfType<SpeechStarted>();
        await waiting;
        var last = first;
        while (inbox.TryRead(out var next)) last = next;
        last.ShouldBeOfType<SpeechEnded>();
    }, TimeSpan.FromMinutes(1));

    [Fact]
    public void Inbox_FullForTooLong_IsOverloaded() => _time.Run(async () =>
    {
        var inbox = new CallInbox(_time, _options);
        for (var i = 0; i < 16; i++) await inbox.WriteAsync(new SpeechStarted(default), CancellationToken.None);
        var waiting = inbox.WriteAsync(new SpeechStarted(default), CancellationToken.None);
        await Task.Delay(_options.InboxWait - TimeSpan.FromMilliseconds(1), _time, CancellationToken.None);
        inbox.Overloaded.ShouldBeFalse();
        await waiting;
        inbox.Overloaded.ShouldBeTrue();
        _time.Elapsed.ShouldBe(_options.InboxWait);
    }, TimeSpan.FromMinutes(1));

    [Fact]
    public void Inbox_WithItsReserveUsedUp_IsOverloaded()
    {
        var inbox = new CallInbox(_time, _options);
        for (var i = 0; i < 32; i++) inbox.Post(new DeadlineReached(default));
        inbox.Overloaded.ShouldBeFalse();
        inbox.Post(new DeadlineReached(default));
        inbox.Overloaded.ShouldBeTrue();
    }

    [Fact]
    public void Line_ThatClosesTwice_ClosesOnce()
    {
        var inbox = new CallInbox(_time, _options);
        inbox.Post(new LineClosed(default, Lost: false));
        inbox.Post(new LineClosed(default, Lost: true));
        inbox.Depth.ShouldBe(1);
    }

    [Fact]
    public void Inbox_Closed_DropsWhatComesLater() => _time.Run(async () =>
    {
        var inbox = new CallInbox(_time, _options);
        inbox.Close();
        await inbox.WriteAsync(new SpeechStarted(default), CancellationToken.None);
        inbox.Post(new DeadlineReached(default));
        inbox.Depth.ShouldBe(0);
        inbox.Overloaded.ShouldBeFalse();
    }, TimeSpan.FromMinutes(1));

    [Fact]
    public void Call_WhoseInboxOverflows_EndsAsFailedAndIsHandedToAPerson()
    {
        var bench = new Bench();
        (bench.Options.InboxEvents, bench.Options.InboxReserved) = (16, 16);
        var leg = new ScriptedLeg();
        var record = bench.Call1(Bench.Steps(happened => happened is SpeechStarted
            ? Enumerable.Range(1, 60).Select(i => (Command)new StartTool(
                new(bench.Call, i), "no_such_tool", ToolOperation.Invoke, Bench.NoArguments, null, null, null, null, TimeSpan.FromSeconds(1), false))
            : []), caller =>
            {
                caller.Happens(new SpeechStarted(default));
                return Task.CompletedTask;
            }, leg);
        record.Disposition.ShouldBe(Disposition.Failed);
        leg.Commands.ShouldContain("transfer agent_failed");
        bench.Log.Lines.ShouldContain(l => l.StartsWith("call.overloaded", StringComparison.Ordinal));
    }
}
