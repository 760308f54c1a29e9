using System.Collections.Immutable;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>What kind of task it is.</summary>
internal enum TaskShape
{
    /// <summary>One question that several look-ups answer, some of them resting on others (the shape of HotpotQA).</summary>
    LookUps,

    /// <summary>A wish of several steps with references between them, most of them ending in an effect (the shape of TinyAgent).</summary>
    Assistant,
}

/// <summary>One caller's turn that takes several calls, with the calls that it takes.</summary>
/// <param name="Shape">Of which kind.</param>
/// <param name="Dialogue">The turn as a recording: one turn of the caller, one of the agent.</param>
/// <param name="Calls">In an order in which a call that is referred to stands before the one that refers to it.</param>
internal sealed record ComposedTask(TaskShape Shape, RecordedDialogue Dialogue, ImmutableArray<ComposedCall> Calls)
{
    public string Id => Dialogue.Id;
}

/// <summary>A call of a composed task.</summary>
/// <param name="Label">Its name within the task.</param>
/// <param name="Tool">Of <see cref="ComposedTools"/>.</param>
/// <param name="Wished">Index of the recorded word with which it is known that somebody wants this.</param>
/// <param name="Arguments">By parameter.</param>
/// <param name="Answers">Its result is what the caller wants to hear, rather than a step on the way.</param>
internal sealed record ComposedCall(string Label, string Tool, int Wished, ImmutableSortedDictionary<string, ComposedArgument> Arguments, bool Answers);

/// <summary>An argument of a composed call.</summary>
internal abstract record ComposedArgument
{
    /// <summary>The caller says it.</summary>
    /// <param name="Slot">What kind of value it is.</param>
    /// <param name="Value">As tools take it.</param>
    /// <param name="First">Index of its first recorded word.</param>
    /// <param name="Last">Index of its last recorded word.</param>
    internal sealed record Said(string Slot, string Value, int First, int Last) : ComposedArgument;

    /// <summary>Another call finds it.</summary>
    internal sealed record Found(string Label, string Field) : ComposedArgument;
}
