using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>Plans for one recorded dialogue by what its reader understands.</summary>
internal sealed class DialogueListener(IDialogueReader reader, ReadingPlans plans) : TurnListener
{
    /// <inheritdoc/>
    protected override Plan Read(StreamedTurn spoken, ReadOnlySpan<string> heard, WordsHash hash, Func<int, int> wordOf) => plans.Of(reader.Read(spoken, heard), hash, wordOf);
}
