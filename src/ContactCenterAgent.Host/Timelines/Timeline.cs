using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Host.Timelines;

/// <summary>
/// Reads a call's steps as rows. A function of the steps alone: no clock, no order but theirs, so a replayed journal gives the same rows.
/// One per call; used by one thread at a time.
/// </summary>
public sealed class Timeline
{
    private readonly List<TimelineRow> _rows = [];
    private readonly List<string> _words = [];
    private readonly Dictionary<PromptId, Say> _prompts = [];
    private readonly HashSet<int> _kept = [];
    private int _settledWords;

    /// <summary>Everything so far, in order of time.</summary>
    public IReadOnlyList<TimelineRow> Rows => _rows;

    /// <summary>Adds a step.</summary>
    /// <returns>The rows that it gave, oldest first.</returns>
    public IReadOnlyList<TimelineRow> Add(CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands)
    {
        var first = _rows.Count;
        Words(happened);
        Voice(happened);
        Calls(before, after, commands);
        Holds(before, after);
        Proposals(before, after);
        Turns(happened, before, after, commands);
        if (happened is PlannerSwitched switched) Row(switched.At, Lane.Turn, RowKind.Switched, after.Turn.Number, $"{switched.From} -> {(switched.To.Length == 0 ? "draft" : switched.To)}", note: switched.Why);
        foreach (var prompt in commands.OfType<Say>()) _prompts[prompt.Prompt] = prompt;
        return _rows[first..];
    }

    private void Row(TimeSpan at, Lane lane, RowKind kind, int id, string text, TimeSpan? from = null, string? note = null) =>
        _rows.Add(new(at, lane, kind, id, text, from, note));

    private void Words(CallEvent happened)
    {
        var heard = happened switch
        {
            PartialHeard partial => partial.Words,
            FinalHeard final => final.Words,
            _ => null,
        };
        if (heard is null) return;

        for (var i = 0; i < heard.Words.Length; i++)
        {
            var (place, word) = (_settledWords + i, heard.Words[i]);
            if (place == _words.Count) _words.Add(word.Text);
            else if (_words[place] == word.Text) continue;
            var kind = _words[place] == word.Text ? RowKind.Heard : RowKind.Revised;
            _words[place] = word.Text;
            Row(happened.At, Lane.Caller, kind, place, word.Text, word.Start);
        }

        for (var place = _words.Count - 1; place >= _settledWords + heard.Words.Length; place--)
        {
            Row(happened.At, Lane.Caller, RowKind.Unheard, place, _words[place]);
            _words.RemoveAt(place);
        }

        if (happened is FinalHeard) _settledWords = _words.Count;
    }

    private void Voice(CallEvent happened)
    {
        if (happened is PlaybackStarted started && _prompts.TryGetValue(started.Prompt, out var begun))
        {
            Row(happened.At, Lane.Agent, RowKind.Speaking, started.Prompt.Value, begun.Text.Value, note: Name(begun.Kind));
        }
        else if (happened is PlaybackEnded ended && _prompts.Remove(ended.Prompt, out var over))
        {
            var text = over.Text.Value;
            if (ended.Characters >= text.Length) Row(happened.At, Lane.Agent, RowKind.Said, ended.Prompt.Value, text, note: Name(over.Kind));
            else if (ended.Characters > 0) Row(happened.At, Lane.Agent, RowKind.Cut, ended.Prompt.Value, text[..ended.Characters], note: Name(over.Kind));
        }
    }

    private void Calls(CallState before, CallState after, IReadOnlyList<Command> commands)
    {
        for (var i = 0; i < after.Tools.Calls.Length; i++)
        {
            var call = after.Tools.Calls[i];
            var was = i < before.Tools.Calls.Length ? before.Tools.Calls[i] : null;
            if (ReferenceEquals(call, was)) continue;
            if (call.FromCache && was?.FromCache != true) Tool(after, RowKind.Reused, call);
            if (call.StartedAt is null || was is null || was.Status == call.Status) continue;
            if (call.Status == ToolCallStatus.Succeeded) Tool(after, RowKind.Finished, call);
            else if (call.Status == ToolCallStatus.Failed) Tool(after, RowKind.Failed, call, call.Failure?.Code);
            else if (call.Status == ToolCallStatus.Superseded) Tool(after, RowKind.Superseded, call);
        }

        foreach (var command in commands)
        {
            if (command is CancelTool cancelled) Tool(after, RowKind.Cancelled, after.Tools.Calls[cancelled.Call.Number - 1]);
            if (command is StartTool started)
                Row(after.Now, Lane.Tools, RowKind.Started, started.Call.Number, ToolLabel.Of(after.Settings.Tool(started.Tool), started), note: Name(started.Operation));
        }
    }

    private void Tool(CallState state, RowKind kind, ToolCall call, string? note = null) =>
        Row(state.Now, Lane.Tools, kind, call.Id.Number, ToolLabel.Of(state.Settings.Tool(call.Tool), call), note: note);

    private void Holds(CallState before, CallState after)
    {
        for (var i = 0; i < after.Tools.Holds.Length; i++)
        {
            var hold = after.Tools.Holds[i];
            var was = i < before.Tools.Holds.Length ? before.Tools.Holds[i].Status : HoldStatus.Placing;
            if (hold.Status == was || Kind(hold.Status) is not { } kind) continue;
            // A hold's id ends with the number of the tool call that placed it.
            var placing = int.Parse(hold.Id.Value.AsSpan(hold.Id.Value.LastIndexOf('/') + 1));
            Row(after.Now, Lane.Tools, kind, placing, Label(after, after.Tools[hold.Proposal]));
        }
    }

    private static RowKind? Kind(HoldStatus status) => status switch
    {
        HoldStatus.Held => RowKind.Held,
        HoldStatus.Confirmed => RowKind.Confirmed,
        HoldStatus.Released => RowKind.Released,
        HoldStatus.Expired => RowKind.Expired,
        _ => null,
    };

    private void Proposals(CallState before, CallState after)
    {
        for (var i = 0; i < after.Tools.Proposals.Length; i++)
        {
            var proposal = after.Tools.Proposals[i];
            var was = i < before.Tools.Proposals.Length ? before.Tools.Proposals[i].Status : ProposalStatus.Drafted;
            if (proposal.Status == was || Kind(proposal.Status) is not { } kind) continue;
            var failure = (proposal.Outcome as ToolOutcome.Failed)?.Failure.Code;
            Row(after.Now, Lane.Tools, kind, proposal.Call.Number, Label(after, proposal), note: failure);
        }
    }

    private static RowKind? Kind(ProposalStatus status) => status switch
    {
        ProposalStatus.Authorised => RowKind.Authorised,
        ProposalStatus.Done => RowKind.Done,
        ProposalStatus.Failed => RowKind.Refused,
        ProposalStatus.Withdrawn => RowKind.Withdrawn,
        ProposalStatus.Unknown => RowKind.Unknown,
        ProposalStatus.HandedOver => RowKind.HandedOver,
        _ => null,
    };

    private static string Label(CallState state, Proposal proposal) => ToolLabel.Of(state.Settings.Tool(proposal.Tool), proposal);

    private void Turns(CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands)
    {
        var turn = after.Turn;
        if (turn.ClosedAt is not null && (before.Turn.ClosedAt is null || before.Turn.Number != turn.Number))
        {
            Row(after.Now, Lane.Turn, RowKind.Closed, turn.Number, turn.Heard.Text, turn.SpokenUntil);
            foreach (var call in after.Tools.Calls)
                if (call.Wanted && call.StartedAt < after.Now && call.Turn == turn.Number && call.Status is ToolCallStatus.Running or ToolCallStatus.Succeeded && _kept.Add(call.Id.Number))
                    Tool(after, RowKind.Kept, call);
        }

        if (after.ResponseLatencies.Length > before.ResponseLatencies.Length)
            Row(after.Now, Lane.Turn, RowKind.Answered, turn.Number, Seconds(after.ResponseLatencies[^1]), after.Now - after.ResponseLatencies[^1]);
        if (happened is not LineClosed && before.Phase == CallPhase.Speaking && commands.Any(c => c is StopPlayback))
            Row(after.Now, Lane.Turn, RowKind.BargedIn, turn.Number, "");
        foreach (var command in commands)
        {
            if (command is TransferToPerson transfer) Row(after.Now, Lane.Turn, RowKind.Transferring, turn.Number, transfer.Reason);
            if (command is CloseCall over) Row(after.Now, Lane.Turn, RowKind.Ended, turn.Number, Name(over.Disposition));
        }

        if (happened is LineClosed closed) Row(after.Now, Lane.Turn, RowKind.HungUp, turn.Number, closed.Lost ? "line lost" : "hung up");
    }

    /// <summary><c>0.31 s</c>.</summary>
    public static string Seconds(TimeSpan span) => $"{span.TotalSeconds:0.00} s";

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
