using System.Collections.Immutable;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning.Learning;
using ContactCenterAgent.Simulation.PlannerBench;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>
/// The embedded planner's learned readers on recorded dialogues: wishes by its classifier, values by its slot reader. On the developers' own data each half of the dialogues is
/// read by what was learned from the other half; other data is read by what was learned from all of theirs.
/// </summary>
internal sealed class EmbeddedReaders
{
    public EmbeddedReaders(string data, Recording recording)
    {
        throw new NotSupportedException(data + recording.Dialogues.Length);
    }

    public IDialogueReader For(RecordedDialogue dialogue) => throw new NotSupportedException(dialogue.Id);
}
