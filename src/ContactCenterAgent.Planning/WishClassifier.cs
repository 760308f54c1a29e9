using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Tasks;
using NodaTime;

namespace ContactCenterAgent.Planning;

/// <summary>Which tool a sentence asks for, by the tools' examples: the planner's first step on its own, for measuring it. Thread-safe.</summary>
/// <param name="tools">The tools; only those with examples are ever the answer.</param>
public sealed class WishClassifier(ImmutableArray<ToolDescriptor> tools)
{
    private static readonly LocalDate AnyDay = new(2026, 1, 5);

    private readonly ToolSet _set = new(tools, NoNameLists.Instance);

    /// <summary>The likeliest tool and its probability; null where no tool is meant.</summary>
    public (string? Tool, double Probability) Classify(string sentence)
    {
        var tokens = Tokens.Of(sentence);
        if (tokens.Length == 0) return (null, 1);
        var best = Read(tokens).Where(Wishes.IsOwn).OrderByDescending(w => w.Probability).FirstOrDefault();
        return (best.Tool?.Name, best.Tool is null ? 1 : best.Probability);
    }

    /// <summary>Whether a sentence says nothing but values, one wish at most, and courtesies.</summary>
    /// <param name="sentence">The words.</param>
    /// <param name="values">Where values were found in it: first character, and the one after the last.</param>
    public bool Explains(string sentence, IReadOnlyCollection<(int Start, int End)> values)
    {
        var tokens = Tokens.Of(sentence);
        var own = Read(tokens).Where(Wishes.IsOwn).ToList();
        if (own.Count > 1) return false;
        var evidence = own.SelectMany(w => w.Evidence).ToHashSet();
        var words = Words(sentence);
        var answer = YesNo.Prefix(tokens);
        return tokens.Index().All(t => (t.Index < answer && !Lexicon.IsCue(t.Item.Text)) || evidence.Contains(t.Index)
            || values.Any(v => v.Start < words[t.Item.Word].End && words[t.Item.Word].Start < v.End)
            || !(Lexicon.IsContent(t.Item.Text) || Lexicon.IsCue(t.Item.Text)));
    }

    private List<Wish> Read(Token[] tokens) => Wishes.Read(_set, tokens, _set.Kinds.Read(tokens, AnyDay), null);

    /// <summary>Where each word stands, as <see cref="Tokens"/> counts words.</summary>
    private static List<(int Start, int End)> Words(string sentence)
    {
        var words = new List<(int, int)>();
        var start = 0;
        foreach (var part in sentence.Split(' '))
        {
            if (part.Length > 0) words.Add((start, start + part.Length));
            start += part.Length + 1;
        }

        return words;
    }
}
