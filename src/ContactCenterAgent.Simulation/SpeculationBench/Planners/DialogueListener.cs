using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>Follows one dialogue as the agent's planner: knows which recorded turn the words belong to, and reads what has been heard of it.</summary>
internal sealed class DialogueListener(IDialogueReader reader, ReadingPlans plans)
{
    private readonly Dictionary<TimeSpan, int> _wordEnding = [];
    private StreamedTurn? _spoken;

    /// <summary>The caller begins a turn at a call time.</summary>
    public void Begin(StreamedTurn spoken, TimeSpan began)
    {
        _spoken = spoken;
        _wordEnding.Clear();
        for (var i = 0; i < spoken.Words.Length; i++) _wordEnding[began + spoken.Words[i].To] = i;
    }

    /// <summary>The plan that these words of the present turn, and everything before it, lead to.</summary>
    public Plan Propose(ImmutableArray<Word> words, WordsHash hash)
    {
        if (_spoken is not { } spoken) return Plan.Empty with { Read = hash };
        var heard = spoken.Words.Select(w => w.Text).ToArray();
        var positions = new Dictionary<int, int>();
        var count = 0;
        for (var i = 0; i < words.Length; i++)
        {
            if (!_wordEnding.TryGetValue(words[i].End, out var at)) continue;
            heard[at] = words[i].Text;
            positions[at] = i;
            count = Math.Max(count, at + 1);
        }

        return plans.Of(reader.Read(spoken, heard.AsSpan(0, count)), hash, word => positions.GetValueOrDefault(word, -1));
    }
}
