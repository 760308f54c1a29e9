using System.Collections.Immutable;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>A draft that understands a share of the turns wrongly: the value that was said last comes out as another one. The model behind it sees through that.</summary>
internal sealed class DisagreeingReader(IDialogueReader reader, double agreement, long seed) : IDialogueReader
{
    public DialogueReading Read(StreamedTurn spoken, ReadOnlySpan<string> heard)
    {
        var reading = reader.Read(spoken, heard);
        if (new SpeechDraws(seed, "agreement", spoken.Turn).Chance("agrees", 0, agreement)) return reading;
        var said = reading.Values.Where(v => !v.Value.Words.IsEmpty).OrderBy(v => v.Value.Words[^1]).ThenBy(v => v.Key, StringComparer.Ordinal).ToList();
        return said.Count == 0 ? reading : reading with { Values = reading.Values.SetItem(said[^1].Key, said[^1].Value with { Canonical = said[^1].Value.Canonical + "~draft" }) };
    }
}
