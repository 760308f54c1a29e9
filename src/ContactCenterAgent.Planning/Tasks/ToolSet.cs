using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Intents;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;
using NodaTime;

namespace ContactCenterAgent.Planning.Tasks;

/// <summary>What a planner learns from the declarations of one set of tools: intents, kinds of values, and the words that lead to each parameter.</summary>
internal sealed partial class ToolSet
{
    private static readonly LocalDate AnyDay = new(2026, 1, 5);

    private readonly Dictionary<string, ToolDescriptor> _byName;
    private readonly IntentModel _intents;
    private readonly List<ToolDescriptor> _wishes;
    private readonly Dictionary<string, HashSet<string>> _cues = [];
    private readonly HashSet<string> _before = new(StringComparer.Ordinal), _fixed = new(StringComparer.Ordinal);

    /// <summary>Log odds for a tool about the same kind of thing as the last one, and more so where the words point at it ("move it").</summary>
    private const float SameThing = 0.4f, PointedAt = 1.5f;

    /// <summary>Log odds for a tool that changes something, where the words ask to be told something, and where they ask for something to be done.</summary>
    private const float AskedAbout = -1.5f, AskedFor = 0.6f;

    private readonly List<HashSet<string>> _accepts = [];
    private readonly HashSet<string> _anywhere;

    /// <summary>Log odds against a tool that has no use for a value that was said, and against no tool where a declared value was said.</summary>
    private const float UselessValue = -1.2f, DeclaredValue = -0.9f;

    public ToolSet(ImmutableArray<ToolDescriptor> tools, INameLists names)
    {
        Tools = tools;
        _byName = tools.ToDictionary(t => t.Name);
        Kinds = new(tools, names);
        Chain = new(tools);
        _wishes = [.. tools.Where(t => t.Examples.Length > 0)];
        foreach (var tool in _wishes) _accepts.Add([.. Chain.Of(tool).SelectMany(t => t.Parameters).Select(Symbol)]);
        _anywhere = [.. tools.Where(t => t.Grants is not null).SelectMany(t => t.Parameters).Select(Symbol)];
        var examples = new List<(int, List<(string, float)>)>();
        for (var i = 0; i < _wishes.Count; i++)
            foreach (var example in _wishes[i].Examples) Learn(_wishes[i], i, example, examples);
        foreach (var sentence in Background.Sentences)
        {
            var tokens = Tokens.Of(sentence);
            examples.Add((_wishes.Count, Features(Symbols(tokens, Kinds.Read(tokens, AnyDay)), tokens)));
        }

        _intents = new(examples, _wishes.Count + 1);
    }

    public ImmutableArray<ToolDescriptor> Tools { get; }

    public SlotKinds Kinds { get; }

    public Chains Chain { get; }

    public ToolDescriptor? Tool(string name) => _byName.GetValueOrDefault(name);

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Placeholder { get; }

    /// <summary>An example once as it stands and once without its values, so that the wish is known before they are said.</summary>
    private void Learn(ToolDescriptor tool, int label, string example, List<(int, List<(string, float)>)> into)
    {
        var tokens = new List<Token>();
        var symbols = new List<string>();
        foreach (var part in Placeholder.Replace(example, " {${name}} ").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part[0] == '{' && Chain.Parameter(tool, part[1..^1]) is var (owner, parameter))
            {
                if (tokens.Count > 0)
                {
                    Cue(owner, parameter).Add(tokens[^1].Text);
                    _before.Add($"{owner.Name}.{parameter.Name} {tokens[^1].Text}");
                }

                tokens.Add(new(part, 0, '\0', false));
                symbols.Add(Symbol(parameter));
                continue;
            }

            foreach (var token in Tokens.Of(part))
            {
                tokens.Add(token);
                _fixed.Add($"{tool.Name} {token.Text}");
                symbols.Add(ChoiceReader.Stem(token.Text));
            }
        }

        var plain = tokens.Where(t => t.Text[0] != '{').ToArray();
        var values = Kinds.Read([.. tokens], AnyDay).Where(v => v is { Bare: false, Confidence: > 0.7 }).ToList();
        var whole = symbols.ToArray();
        foreach (var value in values) for (var i = value.From; i < value.To; i++) whole[i] = Symbol(value);
        into.Add((label, Features(whole, [.. tokens])));
        if (plain.Length < tokens.Count && plain.Any(t => Lexicon.IsContent(t.Text)))
            into.Add((label, Features([.. plain.Select(t => ChoiceReader.Stem(t.Text))], plain)));
    }

    private HashSet<string> Cue(ToolDescriptor tool, ToolParameter parameter)
    {
        var key = tool.Name + "." + parameter.Name;
        if (!_cues.TryGetValue(key, out var words)) _cues[key] = words = [.. parameter.Name.Split('_').Where(w => w.Length > 2 && w is not "name")];
        return words;
    }

    /// <summary>The word stands right before this parameter in an example.</summary>
    public bool StandsBefore(string word, string tool, string parameter) => _before.Contains($"{tool}.{parameter} {word}");

    /// <summary>The word is one of an example's own.</summary>
    public bool IsFixed(string word, string tool) => _fixed.Contains($"{tool} {word}");

    /// <summary>Words that stand right before this parameter in the examples, and the words of its own name.</summary>
    public bool LeadsTo(string word, string tool, string parameter) =>
        _cues.TryGetValue(tool + "." + parameter, out var words) && words.Contains(word);

    private string Symbol(ToolParameter parameter) => Symbol(new ValueSpan(0, 0, parameter.Type, "", 1) { Kind = Kinds.KindOf(parameter) });

    private static string Symbol(ValueSpan value) => value.Type switch
    {
        ParameterType.Date or ParameterType.DateRange or ParameterType.DateTime => "<date>",
        ParameterType.Time or ParameterType.TimeRange => "<time>",
        ParameterType.Choice => "<choice" + value.Kind + ">",
        _ => "<" + value.Type + ">",
    };

    /// <summary>The words as the classifier reads them: a sure value becomes its type.</summary>
    public static string[] Symbols(ReadOnlySpan<Token> tokens, List<ValueSpan> values)
    {
        var symbols = new string[tokens.Length];
        for (var i = 0; i < tokens.Length; i++) symbols[i] = ChoiceReader.Stem(tokens[i].Text);
        foreach (var value in values)
            if (value is { Bare: false, Confidence: > 0.7 } && value.Type is not (ParameterType.Place or ParameterType.Duration))
                for (var i = value.From; i < value.To && i < symbols.Length; i++) symbols[i] = Symbol(value);
        return symbols;
    }

    private static List<(string, float)> Features(string[] symbols, ReadOnlySpan<Token> tokens)
    {
        var features = new List<(string, float)>(symbols.Length * 3);
        Gather(symbols, tokens, 0, symbols.Length, (name, weight, _) => features.Add((name, weight)));
        return features;
    }

    /// <summary>Neighbouring tokens of one value are one symbol.</summary>
    private static void Gather(ReadOnlySpan<string> symbols, ReadOnlySpan<Token> tokens, int from, int to, Action<string, float, int> add)
    {
        var words = new List<string>(to - from);
        var raw = new List<string>(to - from);
        var index = new List<int>(to - from);
        for (var i = from; i < to; i++)
        {
            if (symbols[i][0] == '<' && words.Count > 0 && words[^1] == symbols[i]) continue;
            words.Add(symbols[i]);
            raw.Add(tokens[i].Text);
            index.Add(i);
        }

        IntentFeatures.Add([.. words], [.. raw], (name, weight, at) => add(name, weight, index[at]));
    }

    /// <summary>A tool that cannot use what was said is hardly meant; who the caller is may be said with any wish.</summary>
    private float[] Prior(ReadOnlySpan<string> symbols, ReadOnlySpan<Token> tokens, ToolDescriptor? about)
    {
        var prior = new float[_wishes.Count + 1];
        var (asks, wants) = (Mood.Asks(tokens), Mood.Wishes(tokens));
        if (asks || wants) for (var c = 0; c < _wishes.Count; c++) if (_wishes[c].IsEffect) prior[c] += asks ? AskedAbout : AskedFor;
        if (about is not null)
        {
            var pointed = false;
            foreach (var token in tokens) pointed |= token.Text is "it" or "that" or "them" or "one" or "instead";
            for (var c = 0; c < _wishes.Count; c++) if (_wishes[c] != about && Chain.SharesThing(_wishes[c], about)) prior[c] += pointed ? PointedAt : SameThing;
        }

        for (var i = 0; i < symbols.Length; i++)
        {
            if (symbols[i][0] != '<' || _anywhere.Contains(symbols[i]) || symbols[..i].Contains(symbols[i])) continue;
            for (var c = 0; c < _wishes.Count; c++) if (!_accepts[c].Contains(symbols[i])) prior[c] += UselessValue;
            if (symbols[i].StartsWith("<choice", StringComparison.Ordinal) || symbols[i] is "<Reference>") prior[^1] += DeclaredValue;
        }

        return prior;
    }

    /// <summary>What a stretch of words asks for.</summary>
    /// <param name="symbols">From <see cref="Symbols"/>.</param>
    /// <param name="tokens">The words.</param>
    /// <param name="from">First token.</param>
    /// <param name="to">First token after it.</param>
    /// <param name="about">The tool that was talked about last; null = none.</param>
    public Wish Classify(string[] symbols, Token[] tokens, int from, int to, ToolDescriptor? about)
    {
        var features = new List<(string Name, float Weight)>();
        var places = new List<int>();
        Gather(symbols, tokens, from, to, (name, weight, at) =>
        {
            features.Add((name, weight));
            places.Add(at);
        });
        var scores = _intents.Classify([.. features], Prior(symbols.AsSpan(from, to - from), tokens.AsSpan(from, to - from), about));
        var best = 0;
        for (var i = 1; i < scores.Length; i++) if (scores[i] > scores[best]) best = i;
        var second = 0f;
        for (var i = 0; i < scores.Length; i++) if (i != best) second = Math.Max(second, scores[i]);
        if (best == _intents.OutOfDomain) return new(null, scores[best], from, to, []);
        var evidence = new SortedSet<int>();
        var (strength, valueStrength) = (0f, 0f);
        for (var i = 0; i < features.Count; i++)
        {
            var weight = features[i].Weight * _intents.Weight(features[i].Name, best);
            if (weight <= 0.1f) continue;
            if (symbols[places[i]][0] == '<')
            {
                valueStrength += weight;
                continue;
            }

            evidence.Add(places[i]);
            if (Lexicon.IsContent(tokens[places[i]].Text) && !features[i].Name.Contains(' ')) strength += weight;
        }

        return new(_wishes[best], scores[best], from, to, [.. evidence]) { Strength = strength, ValueStrength = valueStrength };
    }
}

/// <summary>What a stretch of words asks for.</summary>
/// <param name="Tool">The tool; null = none of them.</param>
/// <param name="Probability">0 to 1.</param>
/// <param name="From">First token.</param>
/// <param name="To">First token after it.</param>
/// <param name="Evidence">Tokens that speak for the tool.</param>
internal readonly record struct Wish(ToolDescriptor? Tool, double Probability, int From, int To, ImmutableArray<int> Evidence)
{
    /// <summary>How much the content words among the evidence weigh; 0 where only values or function words speak for the tool.</summary>
    public float Strength { get; init; }

    /// <summary>How much the values and what stands right before them weigh.</summary>
    public float ValueStrength { get; init; }
}
