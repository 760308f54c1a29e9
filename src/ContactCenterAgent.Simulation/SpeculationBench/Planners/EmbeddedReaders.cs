using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Planning.Learning;
using ContactCenterAgent.Simulation.PlannerBench;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>
/// The embedded planner's learned readers for recorded dialogues: wishes by its classifier, values by its slot reader. No dialogue is read by what was learned from it: each fifth
/// of the developers' own data is read by what was learned from the other four, other data by what was learned from all of theirs.
/// </summary>
internal sealed class EmbeddedReaders
{
    private readonly Dictionary<int, (DialogueSlots Slots, ILookup<string, string> Openings)> _learned = [];
    private readonly Dictionary<(int, string), WishReader> _wishes = [];
    private readonly Dictionary<string, ServiceDeclaration> _services;
    private readonly List<JsonObject> _examples;
    private readonly ServiceCatalogue _catalogue;
    private readonly string _data, _from;
    private readonly bool _isOwn;

    /// <summary>Readers for a folder.</summary>
    /// <exception cref="InvalidDataException">There is nothing to learn from on this machine.</exception>
    public EmbeddedReaders(string data, ServiceCatalogue catalogue)
    {
        (_data, _catalogue, _isOwn) = (data, catalogue, DeveloperData.IsOwn(data));
        if (DeveloperData.Folder is not { } own || Path.Combine(own, "sgd-calls") is not { } from || !CallDialogues.Fits(from))
            throw new InvalidDataException("the embedded planner learns from shared/data/sgd-calls, which is not there: set CONTACTCENTER_DATA, or ask for --planner gold");
        _from = from;
        _examples = [.. CallDialogues.Dialogues(from, DataPart.All)];
        _services = CallDialogues.Services(data);
    }

    /// <summary>A reader of one dialogue.</summary>
    public IDialogueReader For(RecordedDialogue dialogue)
    {
        var fold = _isOwn ? HeldOut.Fold(dialogue.Id) : -1;
        if (!_learned.TryGetValue(fold, out var learned))
        {
            var others = _examples.Where(d => fold < 0 || HeldOut.Fold(d.Text("id")) != fold).ToList();
            _learned[fold] = learned = (CallBench.Train(CallDialogues.Services(_from), others), CallBench.Openings(others));
        }

        var key = (fold, string.Join('+', dialogue.Services));
        if (!_wishes.TryGetValue(key, out var wishes)) _wishes[key] = wishes = new(CallDialogues.Tools(_data, dialogue.Services, learned.Openings));
        return new EmbeddedReader(dialogue, learned.Slots, wishes, [.. dialogue.Services.Distinct().Select(s => _services[s])], _catalogue);
    }
}
