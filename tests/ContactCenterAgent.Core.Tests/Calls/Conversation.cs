using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tests.Calls;

/// <summary>Drives one call through <see cref="CallAgent.Step"/> on made-up time: words one at a time, prompts played at a person's pace, planners that answer at once.</summary>
internal sealed class Conversation
{
    private static readonly TimeSpan WordTime = TimeSpan.FromMilliseconds(300);
    private readonly PriorityQueue<CallEvent, (TimeSpan, int)> _coming = new();
    private readonly List<Word> _utterance = [];
    private int _sequence;

    public Conversation(AgentSettings? settings = null, Func<PlanRequest, Plan>? draft = null, Func<PlanRequest, Plan?>? authority = null)
    {
        Draft = draft ?? Desk.Plan;
        Authority = authority;
        State = CallAgent.Begin(new(Guid.Parse("01938a40-0000-7000-8000-000000000001")), (settings ?? Desk.Settings) with { HasAuthority = authority is not null });
        Happens(new CallArrived(Now, "desk", null, new(2026, 11, 23, 10, 0, 0)));
        Happens(new LineOpened(Now));
        Waits(4000);
    }

    public Func<PlanRequest, Plan> Draft { get; }

    public Func<PlanRequest, Plan?>? Authority { get; }

    public CallState State { get; private set; }

    public TimeSpan Now { get; private set; }

    public List<(TimeSpan At, Command Command)> Commands { get; } = [];

    public List<(CallEvent Happened, CallState After)> Steps { get; } = [];

    /// <summary>Words are stable at once (typed), or only with the final.</summary>
    public bool Stable { get; set; } = true;

    /// <summary>Whether prompts play by themselves.</summary>
    public bool Plays { get; set; } = true;

    public IEnumerable<string> Said => Commands.Select(c => c.Command).OfType<Say>().Select(s => s.Text.Value);

    public IEnumerable<StartTool> Started(string tool, ToolOperation operation = ToolOperation.Invoke) =>
        Commands.Select(c => c.Command).OfType<StartTool>().Where(s => s.Tool == tool && s.Operation == operation);

    public IEnumerable<T> All<T>() where T : Command => Commands.Select(c => c.Command).OfType<T>();

    public Proposal Proposal => State.Tools.Proposals[^1];

    /// <summary>Takes one event now, and all that follows from it at once.</summary>
    public Conversation Happens(CallEvent happened)
    {
        var step = CallAgent.Step(State, happened);
        State = step.State;
        Steps.Add((happened, State));
        foreach (var command in step.Commands)
        {
            Commands.Add((Now, command));
            React(command);
        }

        return this;
    }

    private void React(Command command)
    {
        switch (command)
        {
            case AskPlanner ask:
                var plan = ask.Request.Role == PlannerRole.Authority ? Authority!(ask.Request) : Draft(ask.Request);
                if (plan is null) break; // still thinking
                Later(TimeSpan.Zero, new PlanProposed(Now, ask.Request.Generation, plan));
                Later(TimeSpan.Zero, new PlannerEnded(Now, ask.Request.Generation));
                break;
            case Say say when Plays:
                var start = State.Voice.Prompts.Length == 1 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(1);
                Later(start, new PlaybackStarted(Now + start, say.Prompt));
                Later(TimeSpan.FromMilliseconds(30 * say.Text.Value.Length), new PlaybackEnded(Now, say.Prompt, say.Text.Value.Length));
                break;
            case StopPlayback:
                foreach (var prompt in State.Voice.Prompts) Later(TimeSpan.FromMilliseconds(20), new PlaybackEnded(Now, prompt.Id, prompt.Heard));
                break;
        }
    }

    public void Later(TimeSpan wait, CallEvent happened)
    {
        var due = Now + wait;
        _coming.Enqueue(happened with { At = due }, (due, ++_sequence));
    }

    /// <summary>Lets time pass: what is coming comes, deadlines are kept, in order.</summary>
    public Conversation Waits(int milliseconds) => Until(Now + TimeSpan.FromMilliseconds(milliseconds));

    private Conversation Until(TimeSpan end)
    {
        while (true)
        {
            var coming = _coming.TryPeek(out _, out var first) ? first.Item1 : TimeSpan.MaxValue;
            var deadline = State.NextDeadline ?? TimeSpan.MaxValue;
            var next = coming <= deadline ? coming : deadline;
            if (next > end) break;
            Now = next > Now ? next : Now;
            Happens(coming <= deadline ? _coming.Dequeue() with { At = Now } : new DeadlineReached(Now));
        }

        Now = end;
        return this;
    }

    /// <summary>The caller says words, each a partial.</summary>
    public Conversation Hears(string words)
    {
        if (State.Turn.Voiced == false) Happens(new SpeechStarted(Now));
        foreach (var text in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Waits((int)WordTime.TotalMilliseconds);
            _utterance.Add(new(text, Now - WordTime, Now, Stable));
            Happens(new PartialHeard(Now, new([.. _utterance], [])));
            Until(Now);
        }

        return this;
    }

    /// <summary>Voice activity says that the caller is silent.</summary>
    public Conversation Pauses()
    {
        Happens(new SpeechEnded(Now));
        return Until(Now);
    }

    /// <summary>The recogniser changes its mind about the whole utterance.</summary>
    public Conversation Rehears(string words)
    {
        _utterance.Clear();
        _utterance.AddRange(words.Split(' ').Select(text => new Word(text, Now, Now, Stable)));
        Happens(new PartialHeard(Now, new([.. _utterance], [])));
        return Until(Now);
    }

    /// <summary>The recogniser's final, as heard or otherwise.</summary>
    public Conversation Final(string? words = null)
    {
        if (State.Turn.Voiced == true) Pauses();
        var all = words is null ? [.. _utterance] : words.Split(' ').Select(text => new Word(text, Now, Now, true)).ToImmutableArray();
        _utterance.Clear();
        Happens(new FinalHeard(Now, new(all, [])));
        return Until(Now);
    }

    /// <summary>The caller says a whole turn and is silent until it is committed.</summary>
    public Conversation Says(string words) => Hears(words).Waits(200).Final().Waits(700);

    /// <summary>The newest running call of a tool returns rows; several fields as "a=1 b=2".</summary>
    public Conversation Returns(string tool, params string[] rows) => Returns(tool, Rows(rows));

    public Conversation Returns(string tool, ToolOutcome outcome, ToolOperation? operation = null) =>
        Returns(Running(tool, operation), outcome);

    public Conversation Returns(ToolCallId call, ToolOutcome outcome)
    {
        Happens(new ToolReturned(Now, call, outcome));
        return Until(Now);
    }

    public ToolCallId Running(string tool, ToolOperation? operation = null) =>
        State.Tools.Calls.Last(c => c.Tool == tool && c is { StartedAt: not null, Outcome: null } && (operation is null || c.Operation == operation)).Id;

    public Conversation Fails(string tool, ToolFailure failure) => Returns(tool, new ToolOutcome.Failed(failure));

    public static ToolOutcome Rows(params string[] rows) =>
        new ToolOutcome.Succeeded(ToolResult.Of([.. rows.Select(row => ResultRow.Of([.. row.Split(' ').Select(f => (f.Split('=')[0], f.Split('=')[1]))]))]));

    public Conversation HangsUp()
    {
        Happens(new LineClosed(Now, Lost: false));
        return Until(Now);
    }

    public Conversation Releases(bool expired = false)
    {
        foreach (var hold in State.Tools.Holds.Where(h => h.Status == HoldStatus.Releasing)) Happens(new HoldReleased(Now, hold.Id, expired));
        return Until(Now);
    }

    // ---- well-worn paths ----

    /// <summary>A booking as far as the read-back, heard to its end, with the hold standing.</summary>
    public Conversation OffersThursday()
    {
        Hears("book thursday name dana");
        Returns("slots", "slot_id=s1 start=thursday-at-two");
        Returns("find_customer", "customer_id=c1 identified=true");
        Pauses().Waits(160).Returns("book", "held=true");
        return Waits(200).Final().Waits(8000);
    }

    /// <summary>The caller is verified as c1.</summary>
    public Conversation Verifies()
    {
        Says("balance name dana pin 1234");
        Returns("verify", "customer_id=c1 verified=true");
        return Returns("balance", "balance=12").Waits(4000);
    }
}
