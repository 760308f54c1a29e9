namespace ContactCenterAgent.Core.Turns;

/// <summary>Words after which a clause no longer claims: it asks, offers, supposes, denies or describes.</summary>
internal static class ClaimGuards
{
    /// <summary>Whether a promise in the sentence waits for the caller: a condition, or a question that wants consent.</summary>
    public static bool IsConditional(ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var next = i + 1 < words.Length ? words[i + 1] : "";
            if (words[i] is "if" or "once" or "unless" or "when" or "whenever" or "until" or "shall" or "would" or "should"
                or "provided" or "before" or "after") return true;
            if ((words[i], next) is ("say", "yes" or "so" or "the") or ("as", "soon") or ("with", "your") or ("need", "to")) return true;
            if (words[i] == "?" && !words.Contains("else")) return true;
        }

        return false;
    }

    /// <summary>Whether the clause bids the caller check what comes next.</summary>
    public static bool AsksToCheck(ReadOnlySpan<string> clause)
    {
        for (var i = 0; i < clause.Length; i++)
        {
            if (clause[i] is "verify" or "confirming" && OpensAt(clause, i)) return true;
            if (clause[i] is "confirm" && (OpensAt(clause, i) || clause[i - 1] is "please" or "me")) return true;
        }

        return false;
    }

    /// <summary>Where the clause begins to ask or to suppose; its length where it never does.</summary>
    public static int Asks(ReadOnlySpan<string> clause, bool asked)
    {
        for (var i = 0; i < clause.Length; i++)
        {
            var next = i + 1 < clause.Length ? clause[i + 1] : "";
            if (clause[i] is "if" or "unless" or "whether" or "shall" or "once") return i;
            if (clause[i] is "when" or "after" or "until" or "before"
                && next is "it" or "you" or "i" or "that" or "your" or "we" or "the" && i == 0) return i;
            var inverted = next is "i" or "we" or "you" or "it" or "that" or "there" or "your" or "the" or "this" or "they" or "any"
                or "anything";
            if (inverted && clause[i] is "do" or "does" or "did" or "can" or "could" or "would" or "should" or "may") return i;
            if (inverted && clause[i] is "is" or "are" or "was" or "were" or "has" or "have" && (asked || OpensAt(clause, i)) && (i == 0
                || clause[i - 1] is not ("we" or "i" or "you"))) return i;
            if (asked && clause[i] is "what" or "which" or "who" or "how" or "where" or "why" or "when") return i;
        }

        return asked && !EffectClaims.IsReport(clause) ? 0 : clause.Length;
    }

    /// <summary>Where a clause that does not ask begins to offer, deny or describe; its length where it never does.</summary>
    public static int Disclaims(ReadOnlySpan<string> clause)
    {
        for (var i = 0; i < clause.Length; i++)
        {
            var before = i > 0 ? clause[i - 1] : "";
            var next = i + 1 < clause.Length ? clause[i + 1] : "";
            var guards = clause[i] switch
            {
                "would" or "could" or "might" or "may" or "need" or "needs" or "want" or "wants" or "wanted" or "says" or "said"
                    or "according" or "understand"
                    or "asking" or "asked" or "never" or "prefer" or "rather" or "ready" or "about" or "until" or "failed" or "unable"
                    or "looks" => true,
                "not" => next != "only",
                "happy" or "glad" => next == "to",
                "confirm" => before == "please" || i == 0,
                "can" => next is not ("confirm" or "tell" or "say" or "let"),
                "able" => before is not ("was" or "were" or "been"),
                "nothing" or "nobody" or "none" or "neither" => next is not "to",
                "no" => next is not ("worries" or "problem" or "problems" or "bother" or "trouble"),
                "should" => i == 0 || next is "i" or "we",
                "to" when next == "be" => true,
                "to" or "before" or "when" or "what" or "which" or "who" or "how" or "why" or "where" => i == 0,
                "see" => before is "i" or "we" or "can",
                "there" => next is "is" or "are" or "'s" or "was" or "were" or "will",
                "have" or "got" => before is "you" or "have" && IsDeterminer(next),
                "say" => true,
                _ => i == 0 && ClaimWords.Plurals.Contains(clause[i]) && next is "are" or "can" or "get" && !clause.Contains("done"),
            };
            if (guards) return i;
        }

        return clause.Length;
    }

    private static bool IsDeterminer(string word) =>
        word is "a" or "an" or "the" or "one" or "two" or "three" or "another" or "your" or "several" or "some" or "both" or "that"
            or "this";

    private static bool OpensAt(ReadOnlySpan<string> clause, int at)
    {
        for (var i = 0; i < at; i++)
            if (!ClaimWords.Openers.Contains(clause[i])) return false;
        return true;
    }
}
