using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>Follows one caller as the agent's planner: knows which turn the words belong to, and reads what has been heard of it.</summary>
internal abstract class TurnListener
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

        return Read(spoken, heard.AsSpan(0, count), hash, word => positions.GetValueOrDefault(word, -1));
    }

    /// <summary>The plan of the words heard so far; nothing in it may rest on a word that comes after them.</summary>
    /// <param name="spoken">The turn that is being spoken.</param>
    /// <param name="heard">Its words as recognised so far, one for each streamed word.</param>
    /// <param name="hash">The words as the agent has them.</param>
    /// <param name="wordOf">Index into the agent's words of a streamed word; -1 = not among them.</param>
    protected abstract Plan Read(StreamedTurn spoken, ReadOnlySpan<string> heard, WordsHash hash, Func<int, int> wordOf);
}
