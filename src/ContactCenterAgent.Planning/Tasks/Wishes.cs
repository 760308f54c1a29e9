using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;

namespace ContactCenterAgent.Planning.Tasks;

/// <summary>Cuts a turn into stretches that each ask for at most one thing.</summary>
internal static class Wishes
{
    /// <summary>A stretch counts as a wish of its own from here on.</summary>
    private const double OwnMin = 0.5;

    private const float StrengthMin = 0.5f;

    /// <summary>One entry per stretch, in order; all tokens are covered.</summary>
    public static List<Wish> Read(ToolSet tools, Token[] tokens, List<ValueSpan> values, ToolDescriptor? about)
    {
        var symbols = ToolSet.Symbols(tokens, values);
        Mask(tokens, symbols);
        var stretches = new List<Wish>();
        var from = 0;
        foreach (var to in Ends(tokens, values))
        {
            if (to <= from) continue;
            var next = tools.Classify(symbols, tokens, from, to, about);
            if (stretches.Count == 0) stretches.Add(next);
            else if (IsOwn(next) && IsOwn(stretches[^1]) && next.Tool != stretches[^1].Tool)
            {
                if (Mood.States(tokens.AsSpan(stretches[^1].From..stretches[^1].To))) stretches[^1] = next with { From = stretches[^1].From };
                else stretches.Add(next);
            }
            else stretches[^1] = Better(stretches[^1], next, tools.Classify(symbols, tokens, stretches[^1].From, to, about), to);
            from = to;
        }

        return stretches;
    }

    public static bool IsOwn(Wish wish) => wish is { Tool: not null, Probability: >= OwnMin, Strength: >= StrengthMin };

    private static Wish Better(Wish first, Wish second, Wish both, int to)
    {
        var best = both;
        if (!IsOwn(both) && IsOwn(first)) best = first;
        if (!IsOwn(both) && IsOwn(second)) best = second;
        return best with { From = first.From, To = to };
    }

    /// <summary>Clause ends: punctuation, and before the words that add a wish.</summary>
    private static IEnumerable<int> Ends(Token[] tokens, List<ValueSpan> values)
    {
        for (var i = 1; i < tokens.Length; i++)
        {
            var joins = tokens[i].Text is "and" or "also" or "then" or "plus" or "but" or "oh" || tokens[i - 1].Break != '\0';
            if (joins && !values.Exists(v => v.From < i && i < v.To && v.Confidence > 0.6)) yield return i;
        }

        yield return tokens.Length;
    }

    /// <summary>What is denied is no evidence of a wish: "I don't want to cancel, I want to move it".</summary>
    private static void Mask(Token[] tokens, string[] symbols)
    {
        for (var from = 0; Mood.Denied(tokens, from) is var (denied, to); from = to)
            for (var i = denied; i < to; i++) symbols[i] = "_";
    }
}
