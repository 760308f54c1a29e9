using System.Collections.Immutable;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Storage.Tests;

/// <summary>A short call stepped through the real agent and written to a journal: a planner and a tool answer at once, deadlines come when they are due.</summary>
internal sealed class RecordedCall
{
    public const string Number = "+441632960123";

    /// <summary>What is said in it and must be nowhere in plain text.</summary>
    public static readonly string[] Personal = [Number, "Whitfield", "Thursday", "slot-4711"];

    private readonly ContactCenterAgent.Abstractions.ICallJournal? _journal;
    private CallState _state;

    private RecordedCall(CallId call, ContactCenterAgent.Abstractions.ICallJournal? journal)
    {
        _journal = journal;
        _state = CallAgent.Begin(call, TestStore.Settings);
    }

    /// <summary>Every event and the commands that it led to.</summary>
    public List<(CallEvent Happened, ImmutableArray<Command> Commands)> Steps { get; } = [];

    /// <summary>Writes the call's journal and closes it.</summary>
    public static async Task<CallId> WriteAsync(ContactCenterStore store)
    {
        var call = TestStore.NewCall();
        await using var journal = store.Journals.Begin(call, TestStore.Settings, new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        Run(call, journal);
        await journal.FlushAsync(default);
        return call;
    }

    public static RecordedCall Run(CallId call, ContactCenterAgent.Abstractions.ICallJournal? journal)
    {
        var run = new RecordedCall(call, journal);
        run.Step(new CallArrived(TimeSpan.Zero, "main", new(Number), new(2026, 11, 23, 10, 0, 0)));
        run.Step(new LineOpened(At(100)));
        run.Step(new SpeechStarted(At(2000)));
        run.Step(new PartialHeard(At(2600), Words("this", "is", "Dana", "Whitfield")));
        run.Step(new PartialHeard(At(3600), Words("this", "is", "Dana", "Whitfield", "what", "is", "free", "on", "Thursday")));
        run.Step(new SpeechEnded(At(3900)));
        run.Step(new FinalHeard(At(4100), Words("this", "is", "Dana", "Whitfield", "what", "is", "free", "on", "Thursday")));
        run.Step(new LineClosed(At(9000), Lost: false));
        run.Step(new DeadlineReached(At(60_000)));
        return run;
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static Transcript Words(params string[] words) =>
        new([.. words.Select((text, i) => new Word(text, At(2000 + i * 200), At(2200 + i * 200), Stable: true))], ["this is Diana Whitfield"]);

    private void Step(CallEvent happened)
    {
        while (_state.NextDeadline is { } due && due < happened.At) Take(new DeadlineReached(due > _state.Now ? due : _state.Now));
        Take(happened);
    }

    private void Take(CallEvent happened)
    {
        _journal?.Append(happened);
        (_state, var commands) = CallAgent.Step(_state, happened);
        _journal?.Append(commands);
        Steps.Add((happened, commands));
        foreach (var command in commands) Answer(command);
    }

    private void Answer(Command command)
    {
        switch (command)
        {
            case AskPlanner ask:
                Take(new PlanProposed(_state.Now, ask.Request.Generation, new()
                {
                    Read = ask.Request.Hash,
                    Calls =
                    [
                        new()
                        {
                            Label = "slots",
                            Task = "find_slots",
                            Tool = "find_slots",
                            Arguments = ImmutableSortedDictionary<string, ArgumentValue>.Empty
                                .Add("service", new ArgumentValue.Known("eye test")).Add("date", new ArgumentValue.Known("2026-11-26")),
                            Answers = true,
                        },
                    ],
                    Complete = true,
                    Explained = true,
                }));
                Take(new PlannerEnded(_state.Now, ask.Request.Generation));
                break;
            case StartTool tool:
                Take(new ToolReturned(_state.Now, tool.Call, new ToolOutcome.Succeeded(ToolResult.Of([ResultRow.Of(("slot_id", "slot-4711"), ("start", "2026-11-26T14:30"))]))));
                break;
            case Say say:
                Take(new PlaybackStarted(_state.Now, say.Prompt));
                Take(new PlaybackEnded(_state.Now, say.Prompt, say.Text.Value.Length));
                break;
        }
    }
}
