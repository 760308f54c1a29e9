using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Storage.Journal;

namespace ContactCenterAgent.Storage.Tests.Journal;

public sealed class ReplayerTests : IAsyncLifetime
{
    private readonly TestStore _test = new();
    private ContactCenterStore _store = null!;

    public Task InitializeAsync()
    {
        _store = _test.Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _test.DisposeAsync();

    private async Task<CallHistory> RecordAsync() =>
        JournalReader.Read((await _store.Journals.FindAsync(await RecordedCall.WriteAsync(_store)))!, CallKeys.In(_test.Options));

    /// <summary>The journal with one step's commands changed.</summary>
    private static CallHistory Change(CallHistory journal, int step, Func<JournalStep, JournalStep> change) =>
        journal with { Steps = journal.Steps.SetItem(step, change(journal.Steps[step])) };

    private static int FirstWith(CallHistory journal, string command) => journal.Steps.ToList().FindIndex(s => s.Commands.Any(c => c.Name == command));

    [Fact]
    public async Task Replay_OfARecordedCall_IsIdentical()
    {
        var journal = await RecordAsync();
        var report = Replayer.Replay(journal);

        report.Difference?.ToString().ShouldBeNull();
        report.Identical.ShouldBeTrue();
        report.SameRules.ShouldBeTrue();
        report.Events.ShouldBe(journal.Steps.Length);
        report.Commands.ShouldBe(journal.Steps.Sum(s => s.Commands.Length));
        report.Final.Phase.ShouldBe(CallPhase.Ended);
    }

    [Fact]
    public async Task Replay_OfAChangedCommand_NamesEventAndProperty()
    {
        var journal = await RecordAsync();
        var say = FirstWith(journal, "Say");
        var changed = Change(journal, say, s => s with { Commands = [.. s.Commands.Select(c => new JournalCommand(c.Text.Replace("Hello, how", "Hi, how")))] });

        var difference = Replayer.Replay(changed).Difference!;

        difference.Event.ShouldBe(say + 1);
        difference.What.ShouldBe("Say.text");
        difference.Recorded!.Value.Value.ShouldContain("Hi, how");
        difference.Replayed!.Value.Value.ShouldContain("Hello, how");
        difference.ToString().ShouldBe($"event {say + 1} (LineOpened at 0.100 s), command 1: Say.text");
    }

    [Fact]
    public async Task Replay_OfAMissingCommand_SaysSo()
    {
        var journal = await RecordAsync();
        var answer = FirstWith(journal, "AnswerLine");

        var difference = Replayer.Replay(Change(journal, answer, s => s with { Commands = [] })).Difference!;

        difference.What.ShouldBe("AnswerLine was not recorded");
        difference.Recorded.ShouldBeNull();
    }

    [Fact]
    public async Task Replay_OfAnAddedCommand_SaysSo()
    {
        var journal = await RecordAsync();
        var hangUp = new JournalCommand(CommandText.Of(new HangUp()));

        Replayer.Replay(Change(journal, 0, s => s with { Commands = [.. s.Commands, hangUp] })).Difference!.What.ShouldBe("HangUp does not come now");
        Replayer.Replay(Change(journal, 0, s => s with { Commands = [hangUp] })).Difference!.What.ShouldBe("AnswerLine instead of HangUp");
    }

    [Fact]
    public async Task Replay_OfAJournalCutBeforeItsCommands_IsIdentical()
    {
        var journal = await RecordAsync();
        var cut = FirstWith(journal, "Say");
        var torn = Change(journal with { Steps = journal.Steps[..(cut + 1)] }, cut, s => s with { Commands = [], CommandsKnown = false });

        Replayer.Replay(torn).Identical.ShouldBeTrue();
    }

    [Fact]
    public async Task Replay_WhereALawBreaksNow_SaysSo()
    {
        var journal = await RecordAsync();
        var back = Change(journal, 3, s => s with { Happened = s.Happened with { At = TimeSpan.Zero } });

        Replayer.Replay(back).Difference!.What.ShouldStartWith("a law broke now: Time runs forward");
    }

    [Fact]
    public async Task Replay_OfAnotherBuild_IsMarkedAsSuch()
    {
        var journal = await RecordAsync();
        Replayer.Replay(journal with { Header = journal.Header with { Rules = Guid.Empty } }).SameRules.ShouldBeFalse();
    }
}
