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
    private readonly ToolSet _set = new(tools, NoNameLists.Instance);

    /// <summary>The likeliest tool and its probability; null where no tool is meant.</summary>
    public (string? Tool, double Probability) Classify(string sentence)
    {
        var tokens = Tokens.Of(sentence);
        if (tokens.Length == 0) return (null, 1);
        var values = _set.Kinds.Read(tokens, new LocalDate(2026, 1, 5));
        var best = Wishes.Read(_set, tokens, values, null).Where(Wishes.IsOwn).OrderByDescending(w => w.Probability).FirstOrDefault();
        return (best.Tool?.Name, best.Tool is null ? 1 : best.Probability);
    }
}
