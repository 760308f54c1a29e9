using System.Collections.Immutable;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>Puts a caller's turn together, word by word, and remembers which words say which value. A word takes 75 ms a letter, 120 to 600 ms.</summary>
internal sealed class Sentence
{
    private const string Service = "composed";
    private const int MsALetter = 75, ShortestMs = 120, LongestMs = 600;

    private readonly List<RecordedWord> _words = [];
    private readonly List<(ComposedArgument.Said Said, RecordedSpan Span)> _values = [];
    private string _text = "";
    private TimeSpan _at;

    /// <summary>Index of the word that was said last.</summary>
    public int Here => _words.Count - 1;

    /// <summary>Says words that are no value.</summary>
    public Sentence Say(string words)
    {
        foreach (var word in words.Split(' ')) Add(word);
        return this;
    }

    /// <summary>Says a value.</summary>
    public ComposedArgument.Said Value(string slot, string value)
    {
        var first = _words.Count;
        Say(value);
        var said = new ComposedArgument.Said(slot, value, first, Here);
        _values.Add((said, new(slot, _words[first].Start, _words[Here].End, value)));
        return said;
    }

    /// <summary>The recording.</summary>
    public RecordedDialogue Done(string id)
    {
        var acts = _values.Select(v => new RecordedAct(Service, "INFORM", v.Said.Slot, [v.Said.Value], [v.Said.Value]));
        var frame = new RecordedFrame(
            Service, "", [.. acts], [.. _values.Select(v => v.Span)], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty);
        var caller = new RecordedTurn { Index = 0, IsCaller = true, Text = _text, Words = [.. _words], Speech = _at, Frames = [frame] };
        return new(id, [Service], [caller, new() { Index = 1, IsCaller = false, Text = "Here is what I found." }]);
    }

    private void Add(string word)
    {
        if (_text.Length > 0) _text += " ";
        var length = TimeSpan.FromMilliseconds(Math.Clamp(word.Length * MsALetter, ShortestMs, LongestMs));
        _words.Add(new(word, _text.Length, _text.Length + word.Length, _at, _at + length));
        _text += word;
        _at += length;
    }
}
