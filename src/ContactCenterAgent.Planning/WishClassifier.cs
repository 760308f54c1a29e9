using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Learning;
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
        var best = Wishes.Read(_set, tokens, _set.Kinds.Read(tokens, AnyDay), null).Where(Wishes.IsOwn).OrderByDescending(w => w.Probability).FirstOrDefault();
        return (best.Tool?.Name, best.Tool is null ? 1 : best.Probability);
    }

    /// <summary>Whether a sentence says nothing but values, one wish at most, and courtesies.</summary>
    /// <param name="sentence">The words.</param>
    /// <param name="values">Where values were found in it: first character, and the one after the last.</param>
    public bool Explains(string sentence, IReadOnlyCollection<(int Start, int End)> values)
    {
        var text = new SlotText(sentence, AnyDay, _set.Kinds);
        var (tokens, words) = (text.Tokens, text.Words);
        var own = Wishes.Read(_set, tokens, text.Values, null).Where(Wishes.IsOwn).ToList();
        if (own.Count > 1) return false;
        var evidence = own.SelectMany(w => w.Evidence).ToHashSet();
        var answer = YesNo.Prefix(tokens);
        return tokens.Index().All(t => (t.Index < answer && !Lexicon.IsCue(t.Item.Text)) || evidence.Contains(t.Index)
            || values.Any(v => v.Start < words[t.Item.Word].End && words[t.Item.Word].Start < v.End)
            || !(Lexicon.IsContent(t.Item.Text) || Lexicon.IsCue(t.Item.Text)));
    }
}
