using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>A composed task in the making: words and calls in the order in which the words bring them up.</summary>
internal sealed class Draft
{
    private readonly Sentence _sentence = new();
    private readonly ImmutableArray<ComposedCall>.Builder _calls = ImmutableArray.CreateBuilder<ComposedCall>();

    public static ComposedArgument From(string label, string field) => new ComposedArgument.Found(label, field);

    public void Say(string words) => _sentence.Say(words);

    public ComposedArgument.Said Value(string slot, string value) => _sentence.Value(slot, value);

    /// <summary>A read that the words so far make wanted.</summary>
    public void Read(string label, string tool, (string Parameter, ComposedArgument Value) argument, bool answers = false) => Add(label, tool, answers, argument);

    /// <summary>A read of two arguments that the words so far make wanted.</summary>
    public void Read(string label, string tool, (string Parameter, ComposedArgument Value) one, (string Parameter, ComposedArgument Value) other, bool answers) => Add(label, tool, answers, one, other);

    /// <summary>An effect that the words so far ask for.</summary>
    public void Write(string label, string tool, params ReadOnlySpan<(string Parameter, ComposedArgument Value)> arguments) => Add(label, tool, answers: false, arguments);

    public ComposedTask Done(TaskShape shape, string id) => new(shape, _sentence.Done(id), _calls.ToImmutable());

    private void Add(string label, string tool, bool answers, params ReadOnlySpan<(string Parameter, ComposedArgument Value)> arguments)
    {
        var byName = ImmutableSortedDictionary.CreateBuilder<string, ComposedArgument>(StringComparer.Ordinal);
        foreach (var (parameter, value) in arguments) byName[parameter] = value;
        _calls.Add(new(label, tool, _sentence.Here, byName.ToImmutable(), answers));
    }
}
