using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Calls;

/// <summary>One step under way: the state as it becomes, and the commands so far. Lives no longer than the step.</summary>
internal sealed class StepScope(CallState state, CallEvent happened)
{
    private readonly ImmutableArray<Command>.Builder _commands = ImmutableArray.CreateBuilder<Command>();

    public CallState State { get; set; } = state;

    public CallEvent Happened { get; } = happened;

    public TimeSpan Now => Happened.At;

    public AgentSettings Settings => State.Settings;

    public CallerTurn Turn { get => State.Turn; set => State = State with { Turn = value }; }

    public Voice Voice { get => State.Voice; set => State = State with { Voice = value }; }

    public Planning Planning { get => State.Planning; set => State = State with { Planning = value }; }

    public ToolPlan Tools { get => State.Tools; set => State = State with { Tools = value }; }

    public DateTime LocalNow => State.LocalStart + Now;

    public void Do(Command command) => _commands.Add(command);

    public ImmutableArray<Command> Commands => _commands.ToImmutable();

    public void Set(ToolCall call) => Tools = Tools with { Calls = Tools.Calls.SetItem(call.Id.Number - 1, call) };

    public void Set(Proposal proposal) => Tools = Tools with { Proposals = Tools.Proposals.SetItem(proposal.Id.Value - 1, proposal) };

    public void Set(Hold hold)
    {
        for (var i = 0; i < Tools.Holds.Length; i++)
            if (Tools.Holds[i].Id == hold.Id) Tools = Tools with { Holds = Tools.Holds.SetItem(i, hold) };
    }

    public ToolCall Add(Func<ToolCallId, ToolCall> make)
    {
        var call = make(new(State.Id, Tools.Calls.Length + 1));
        Tools = Tools with { Calls = Tools.Calls.Add(call) };
        return call;
    }

    /// <summary>A call of the agent's own, which no plan asked for: to place again, confirm or look up a proposal.</summary>
    public ToolCall AddFor(Proposal proposal, ToolOperation operation) => Add(id => new ToolCall
    {
        Id = id,
        Task = proposal.Task,
        Tool = proposal.Tool,
        Operation = operation,
        Arguments = proposal.Arguments,
        Identity = proposal.Digest,
        Proposal = proposal.Id,
        Turn = Turn.Number,
        Settled = true,
    });

    public void Remember(Speaker who, string text) =>
        State = State with { History = State.History.Add(new(who, Pii.Of(text))) };

    public ToolDescriptor Descriptor(ToolCall call) => Settings.Tool(call.Tool)!;

    public ToolDescriptor Descriptor(Proposal proposal) => Settings.Tool(proposal.Tool)!;
}
