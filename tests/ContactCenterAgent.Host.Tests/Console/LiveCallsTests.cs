using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host.Console;

namespace ContactCenterAgent.Host.Tests.Console;

public sealed class LiveCallsTests
{
    private readonly LiveCalls _calls = new(TimeProvider.System, watchable: 2);

    [Fact]
    public void Call_ThatArrives_IsUpUntilItHasEnded()
    {
        var call = Arrives("sip");

        _calls.Up().ShouldHaveSingleItem().View.Line.ShouldBe("sip");
        _calls.TryGet(call, out var view).ShouldBeTrue();
        _calls.Ended(call);

        _calls.Up().ShouldBeEmpty();
        _calls.TryGet(call, out _).ShouldBeFalse();
        view!.IsOver.ShouldBeTrue("who watches it must not wait for more");
    }

    [Fact]
    public void Call_BeyondWhatMayBeWatched_IsNotUp_AndOneThatCameBackLaterIs()
    {
        var (first, _, third) = (Arrives("sip"), Arrives("sip"), Arrives("sip"));
        _calls.Up().Count.ShouldBe(2);
        _calls.TryGet(third, out _).ShouldBeFalse();

        _calls.Ended(first);
        var fourth = Arrives("sip");

        _calls.Up().Select(c => c.Call).ShouldContain(fourth);
    }

    [Fact]
    public void Call_ThatWasAnnounced_IsWatchableBeforeItArrives_AndUntilItIsForgotten()
    {
        var call = _calls.Announce();
        _calls.TryGet(call, out _).ShouldBeTrue();
        _calls.Up().ShouldBeEmpty("nobody is on it yet");

        Steps(call, "console");
        _calls.Up().Select(c => c.Call).ShouldBe([call]);
        _calls.Ended(call);

        _calls.Up().ShouldBeEmpty();
        _calls.TryGet(call, out _).ShouldBeTrue("its page may be a little late");
        _calls.Forget(call);
        _calls.TryGet(call, out _).ShouldBeFalse();
    }

    private CallId Arrives(string line)
    {
        var call = new CallId(Guid.NewGuid());
        Steps(call, line);
        return call;
    }

    private void Steps(CallId call, string line)
    {
        var before = CallAgent.Begin(call, new() { Tools = [] });
        var arrived = new CallArrived(default, line, null, new(2026, 11, 23, 10, 0, 0));
        var (after, commands) = CallAgent.Step(before, arrived);
        _calls.Stepped(call, arrived, before, after, commands);
    }
}
