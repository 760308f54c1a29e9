using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tests.Laws;

/// <summary>
/// One call in which anything may happen next: words, revised words, silence, keys, results in any order and of any kind, late and doubled ones, barge-in,
/// full disks, hang-up. A list of numbers is the whole call, so that a failure can be shrunk and replayed.
/// </summary>
internal sealed class RandomCall
{
    private static readonly string[] Vocabulary =
    [
        "book", "slots", "balance", "close", "table", "hours", "monday", "tuesday", "thursday", "friday", "two", "four", "fifteen", "fifty", "name dana", "name bob",
        "pin 1234", "with lee", "forget it", "again", "another", "maybe", "yes", "no", "yes please", "no wait", "actually", "mm-hm", "okay", "um", "and", "person", "bye",
    ];

    private readonly Func<Command, IEnumerable<Command>> _sabotage;
    private readonly PriorityQueue<CallEvent, (TimeSpan, int)> _coming = new();
    private readonly List<StartTool> _running = [];
    private readonly List<CallEvent> _returned = [];
    private readonly List<HoldId> _releasing = [];
    private readonly List<Word> _utterance = [];
    private int _sequence;
    private TimeSpan _now;

    private readonly Func<CallState, CallEvent, StepResult> _step;

    private RandomCall(Func<Command, IEnumerable<Command>>? sabotage, Func<CallState, CallEvent, StepResult>? step)
    {
        _sabotage = sabotage ?? (command => [command]);
        _step = step ?? CallAgent.Step;
        State = CallAgent.Begin(new(Guid.Parse("01938a40-0000-7000-8000-000000000002")), Desk.Settings);
        Take(new CallArrived(_now, "desk", null, new(2026, 11, 23, 10, 0, 0)));
        Take(new LineOpened(_now));
    }

    private CallState State { get; set; }

    private BackEndTruth Truth { get; } = new();

    public static IReadOnlyList<string> Play(IEnumerable<int> moves, Func<Command, IEnumerable<Command>>? sabotage = null, Func<CallState, CallEvent, StepResult>? step = null)
    {
        var call = new RandomCall(sabotage, step);
        foreach (var move in moves) call.Move(move);
        call.End();
        return call.Truth.Broken;
    }

    private void Move(int move)
    {
        var detail = move / 16;
        switch (move % 16)
        {
            case 0 or 1 or 2 or 3 or 4 or 5: Say(Vocabulary[detail % Vocabulary.Length], stable: detail % 3 > 0); break;
            case 6: Revise(Vocabulary[detail % Vocabulary.Length]); break;
            case 7 or 8: Final(); break;
            case 9: Wait(TimeSpan.FromMilliseconds(detail % 1200)); break;
            case 10: Wait(TimeSpan.FromSeconds(detail % 12)); break;
            case 11 or 12 or 13: Return(detail); break;
            case 14: Odd(detail); break;
            default: Release(); break;
        }
    }

    private void Odd(int detail)
    {
        switch (detail % 8)
        {
            case 0: Take(new SpeechStarted(_now)); break;
            case 1: Take(new SpeechEnded(_now)); break;
            case 2: Take(new DigitPressed(_now, Pii.Of("0123456789*#"[detail / 8 % 12]))); break;
            case 3: Take(new StorageChanged(_now, detail / 8 % 4 > 0)); break;
            case 4 when _returned.Count > 0: Take(_returned[detail / 8 % _returned.Count] with { At = _now }); break;
            case 5: Take(new PlannerStalled(_now, new(detail / 8 % 9))); break;
            case 6: Take(new PlanProposed(_now, new(detail / 8 % 9), Plan.Empty)); break;
            case 7 when detail / 8 % 6 == 0: Take(new LineClosed(_now, detail % 2 == 0)); break;
        }
    }

    private void Say(string words, bool stable)
    {
        foreach (var text in words.Split(' '))
        {
            Wait(TimeSpan.FromMilliseconds(200));
            _utterance.Add(new(text, _now - TimeSpan.FromMilliseconds(200), _now, stable));
        }

        Take(new PartialHeard(_now, new([.. _utterance], [])));
    }

    private void Revise(string words)
    {
        if (_utterance.Count > 0) _utterance.RemoveAt(_utterance.Count - 1);
        Say(words, stable: false);
    }

    private void Final()
    {
        Take(new FinalHeard(_now, new([.. _utterance.Select(w => w with { Stable = true })], [])));
        _utterance.Clear();
    }

    private void Return(int detail)
    {
        if (_running.Count == 0) return;
        var start = _running[detail % _running.Count];
        _running.Remove(start);
        var kind = detail / 7 % 10;
        var effect = start.Key is not null && start.Operation != ToolOperation.LookUp;
        var didIt = effect && kind < 8;
        ToolOutcome outcome = (kind, start.Operation) switch
        {
            (_, ToolOperation.LookUp) => Conversation.Rows(kind == 9 ? "state=unknown" : Truth.WasDone(start.Key!.Value) ? "state=done" : "state=absent"),
            ( >= 6 and < 8, _) when effect => Failed(new ToolFailure.Unknown()),
            ( < 7, _) => Rows(start, detail),
            (7, _) => effect ? Failed(new ToolFailure.TimedOut(TimeSpan.FromSeconds(8))) : Failed(new ToolFailure.Broken()),
            (8, _) => Failed(new ToolFailure.Refused("taken")),
            _ => Failed(new ToolFailure.Unavailable()),
        };
        Truth.Returns(start, outcome, didIt);
        var returned = new ToolReturned(_now, start.Call, outcome);
        _returned.Add(returned);
        Take(returned);
    }

    private static ToolOutcome.Failed Failed(ToolFailure failure) => new ToolOutcome.Failed(failure);

    private static ToolOutcome Rows(StartTool start, int detail) => start.Tool switch
    {
        "find_customer" when detail % 4 > 0 => Conversation.Rows($"customer_id=c-{start.Arguments.Value["name"]} identified=true"),
        "verify" when detail % 4 > 0 => Conversation.Rows($"customer_id=c-{start.Arguments.Value["name"]} verified=true"),
        "slots" when detail % 5 > 0 => Conversation.Rows($"slot_id={start.Arguments.Value["day"]}-{detail % 3} start=x", "slot_id=other start=y"),
        "find_customer" or "verify" or "slots" => Conversation.Rows(),
        _ => Conversation.Rows("ok=true"),
    };

    private void Release()
    {
        if (_releasing.Count == 0) return;
        var hold = _releasing[0];
        _releasing.RemoveAt(0);
        Truth.Released(hold);
        Take(new HoldReleased(_now, hold, Expired: false));
    }

    private void Wait(TimeSpan time)
    {
        var end = _now + time;
        while (true)
        {
            var coming = _coming.TryPeek(out _, out var first) ? first.Item1 : TimeSpan.MaxValue;
            var deadline = State.NextDeadline ?? TimeSpan.MaxValue;
            var next = coming <= deadline ? coming : deadline;
            if (next > end) break;
            _now = next > _now ? next : _now;
            Take(coming <= deadline ? _coming.Dequeue() with { At = _now } : new DeadlineReached(_now));
        }

        _now = end;
    }

    /// <summary>The caller hangs up, the world comes to rest.</summary>
    private void End()
    {
        Take(new LineClosed(_now, Lost: false));
        for (var round = 0; round < 60 && (_running.Count > 0 || _releasing.Count > 0 || State.Phase != CallPhase.Ended); round++)
        {
            while (_running.Count > 0) Return(round * 7);
            while (_releasing.Count > 0) Release();
            Wait(TimeSpan.FromSeconds(1));
        }

        Truth.AtQuiescence(State);
    }

    private void Take(CallEvent happened)
    {
        var before = State;
        var step = _step(State, happened);
        State = step.State;
        var commands = step.Commands.SelectMany(_sabotage).ToImmutableArray();
        Truth.Sees(before, State, commands);
        Truth.AfterEvery(State);
        foreach (var command in commands) React(command);
    }

    private void React(Command command)
    {
        switch (command)
        {
            case AskPlanner ask:
                var think = TimeSpan.FromMilliseconds(ask.Request.Generation.Value % 5 * 40);
                Later(think, new PlanProposed(_now, ask.Request.Generation, Desk.Plan(ask.Request)));
                Later(think, new PlannerEnded(_now, ask.Request.Generation));
                break;
            case StartTool start: _running.Add(start); break;
            case ReleaseHold release: _releasing.Add(release.Hold); break;
            case Say say:
                Later(TimeSpan.FromMilliseconds(30), new PlaybackStarted(_now, say.Prompt));
                Later(TimeSpan.FromMilliseconds(60 * say.Text.Value.Length), new PlaybackEnded(_now, say.Prompt, say.Text.Value.Length));
                break;
            case StopPlayback:
                foreach (var prompt in State.Voice.Prompts) Later(TimeSpan.FromMilliseconds(20), new PlaybackEnded(_now, prompt.Id, prompt.Heard));
                break;
            case TransferToPerson: Later(TimeSpan.FromSeconds(2), new TransferEnded(_now, TransferOutcome.NoAnswer)); break;
        }
    }

    private void Later(TimeSpan wait, CallEvent happened) => _coming.Enqueue(happened, (_now + wait, ++_sequence));
}
