using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Tests.Laws;

/// <summary>
/// What really happened in the world, kept apart from the core's own account of it: which effects were carried out, which holds stand, who was really
/// verified. The laws are read off this, so that a core that lies to itself is found out.
/// </summary>
internal sealed class BackEndTruth
{
    private readonly Dictionary<EffectKey, int> _effects = [];
    private readonly Dictionary<HoldId, string> _holds = [];
    private readonly HashSet<string> _verified = [];

    private PromptKind _lastSaid;

    public List<string> Broken { get; } = [];

    /// <summary>Looks at a step's commands with the states around them.</summary>
    public void Sees(CallState before, CallState state, IEnumerable<Command> commands)
    {
        foreach (var command in commands)
        {
            switch (command)
            {
                case StartTool start:
                    Starts(state, start);
                    Answers(before, state, start);
                    break;
                case ReleaseHold release: Ends(release.Hold, "releasing", allowed: ["placing", "held"]); break;
                case Say { Claims: null } say when say.Kind is not (PromptKind.Filler or PromptKind.Echo): _lastSaid = say.Kind; break;
                case Say { Claims: { } key } when !_effects.ContainsKey(key): Broken.Add("law 7: a claim without its effect"); break;
            }
        }
    }

    // What waits for a yes goes out after a yes to its own read-back, which was the last thing said.
    private void Answers(CallState before, CallState state, StartTool start)
    {
        var isConfirm = start.Operation == ToolOperation.Confirm || (start.Operation == ToolOperation.Invoke && start.Tool == "close");
        if (!isConfirm) return;
        var proposal = state.Tools[start.Call].Proposal!.Value;
        var isDelayed = before.Tools[proposal].Status == ProposalStatus.Authorised;
        if (!isDelayed && _lastSaid != PromptKind.ReadBack) Broken.Add("law 1: a yes to something else");
    }

    private void Starts(CallState state, StartTool start)
    {
        var tool = Desk.Settings.Tool(start.Tool)!;
        if (start.Operation == ToolOperation.Place && !_holds.TryAdd(start.Hold!.Value, "placing")) Broken.Add("law 2: one hold id, two attempts");
        if (start.Operation == ToolOperation.Confirm && _holds.GetValueOrDefault(start.Hold!.Value) != "held") Broken.Add("law 2: confirms what is not held");
        if (tool.Requires == AssuranceLevel.Verified && !_verified.Contains(start.Arguments.Value["customer_id"])) Broken.Add("law 9: a person's things before verification");
        if (start.Operation == ToolOperation.Confirm || (start.Operation == ToolOperation.Invoke && tool.IsEffect))
        {
            if (state.Phase != CallPhase.Draining && (state.Turn.IsOpen || state.Turn.CommittedAt is null)) Broken.Add("law 1: dispatched from an open turn");
            if (!Sent.Add(start.Key!.Value)) Broken.Add("law 3: a key was sent twice");
        }
    }

    /// <summary>Keys that were sent.</summary>
    public HashSet<EffectKey> Sent { get; } = [];

    /// <summary>A tool came back: what it did, and what it says.</summary>
    public void Returns(StartTool start, ToolOutcome outcome, bool didIt)
    {
        if (start.Operation == ToolOperation.Place && outcome is ToolOutcome.Succeeded && _holds[start.Hold!.Value] == "placing") _holds[start.Hold!.Value] = "held";
        if (didIt && start.Key is { } key && start.Operation != ToolOperation.LookUp)
        {
            _effects[key] = _effects.GetValueOrDefault(key) + 1;
            if (_effects[key] > 1) Broken.Add("law 3: two effects for one key");
            if (start.Operation == ToolOperation.Confirm) Ends(start.Hold!.Value, "confirmed", allowed: ["held"]);
        }

        if (start.Tool == "verify" && outcome is ToolOutcome.Succeeded { Result.Rows.Length: 1 } ok) _verified.Add(ok.Result.Rows[0]["customer_id"]!);
    }

    public bool WasDone(EffectKey key) => _effects.ContainsKey(key);

    public void Released(HoldId hold) => Ends(hold, "released", allowed: ["releasing"]);

    private void Ends(HoldId hold, string end, string[] allowed)
    {
        if (!allowed.Contains(_holds.GetValueOrDefault(hold, "unknown"))) Broken.Add($"law 2: {_holds.GetValueOrDefault(hold, "unknown")} becomes {end}");
        _holds[hold] = end;
    }

    /// <summary>The call is over and everything has come back: nothing may be left.</summary>
    public void AtQuiescence(CallState state)
    {
        if (state.Phase != CallPhase.Ended) Broken.Add("the call does not end");
        foreach (var (_, end) in _holds)
            if (end is not ("confirmed" or "released") && !state.Tools.Proposals.Any(p => p.Status == ProposalStatus.HandedOver)) Broken.Add($"law 2: a hold is left {end}");
        foreach (var call in state.Tools.Calls)
            if (call is { StartedAt: not null, Outcome: null }) Broken.Add("law 6: a call without an outcome");
    }

    public void AfterEvery(CallState state)
    {
        if (state.Tools.Calls.Count(c => c is { StartedAt: not null, Outcome: null }) > 20) Broken.Add("law 11: unbounded work");
        if (state is { Phase: CallPhase.Owing, Turn.Offered: false })
        {
            var since = state.Turn.SpokenUntil > state.Voice.SilentSince ? state.Turn.SpokenUntil : state.Voice.SilentSince;
            if (state.Now - since > state.Settings.GapMax) Broken.Add("law 10: dead air");
        }
    }
}
