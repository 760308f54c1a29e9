namespace ContactCenterAgent.Core.Turns;

/// <summary>How English says that something has been done, is being done or will be done.</summary>
internal static class EffectClaims
{
    /// <summary>An effect as done or under way.</summary>
    public static bool In(ReadOnlySpan<string> clause)
    {
        var opening = true;
        for (var i = 0; i < clause.Length; i++)
        {
            if (opening && !ClaimWords.Openers.Contains(clause[i]))
            {
                opening = false;
                if (IsHeadline(clause[i..])) return true;
            }

            var rest = clause[(i + 1)..];
            if (clause[i] is "i" or "we" && ByUs(rest)) return true;
            if (IsBe(clause[i]) && Passive(clause[i], rest)) return true;
            if (clause[i] is "while" && rest.Length > 1 && rest[0] is "i" or "we" && ClaimWords.Base.Contains(rest[1])) return true;
            if (ClaimWords.StartsWithAny(clause[i..], ClaimWords.DonePhrases)) return true;
            if (clause[i] is "for" or "of" or "with" or "'s" or "are" or "is" or "you" && rest.Length > 0 && rest[0] == "now"
                && IsNewState(clause, i)) return true;
        }

        return false;
    }

    /// <summary>An effect as promised: "I'll book that", "let me put you through", "someone will call you back".</summary>
    public static bool Promised(ReadOnlySpan<string> clause)
    {
        for (var i = 0; i < clause.Length; i++)
        {
            if (clause[i] is "not" or "never" or "can" or "could") return false;
            var rest = clause[(i + 1)..];
            var will = clause[i] switch
            {
                "will" => true,
                "going" when rest.Length > 0 && rest[0] == "to" => true,
                "let" when rest.Length > 0 && rest[0] is "me" or "us" => true,
                "have" when i > 1 && clause[i - 1] is "will" => false,
                _ => false,
            };
            if (!will) continue;
            if (clause[i] != "will") rest = rest[1..];
            if (i > 0 && clause[i - 1] == "you") return WillReceive(rest) || WillBe(rest);
            if (WillDo(rest) || WillBe(rest)) return true;
        }

        return false;
    }

    /// <summary>A clause that reports in the first person, even where a question mark follows: "I've moved you to Friday, okay?"</summary>
    public static bool IsReport(ReadOnlySpan<string> clause)
    {
        for (var i = 0; i + 1 < clause.Length; i++)
            if (clause[i] is "i" or "we" && clause[i + 1] is "have" && i + 2 < clause.Length && clause[i + 2] is not "not") return true;
        return false;
    }

    private static bool IsBe(string word) => word is "is" or "are" or "was" or "were" or "been" or "being" or "'s" or "got" or "get"
        or "gets" or "am" or "be";

    /// <summary>After "I" or "we": a perfect, a past, or a progressive of a verb that changes something.</summary>
    private static bool ByUs(ReadOnlySpan<string> rest)
    {
        var i = 0;
        while (i < rest.Length && (ClaimWords.Adverbs.Contains(rest[i]) || rest[i] is "not" or "only")) i++;
        if (i >= rest.Length) return false;
        var tail = rest[(i + 1)..];
        if (rest[i] == "have") return Perfect(tail);
        if (rest[i] is "am" or "are") return Progressive(tail);
        if (rest[i] is "managed" or "was" or "were") return ClaimWords.After(tail, "to", ClaimWords.Base);
        if (rest[i] == "went") return ClaimWords.Any(tail, ClaimWords.Past);
        return ClaimWords.Past.Contains(rest[i]) || ActsOnCaller(rest[i..]);
    }

    private static bool Perfect(ReadOnlySpan<string> tail)
    {
        for (var i = 0; i < tail.Length; i++)
        {
            if (ClaimWords.Past.Contains(tail[i]) || ActsOnCaller(tail[i..])) return true;
            if (tail[i] is "found" or "checked" or "looked" or "read") return false;
            if (tail[i] is "you" && i + 1 < tail.Length && tail[i + 1] is "down" or "in" or "on") return true;
            if (tail[i] is "to" && i > 0 && tail[i - 1] is "able" or "managed") return ClaimWords.After(tail, "to", ClaimWords.Base);
        }

        return false;
    }

    /// <summary>Verbs that act only with what follows them: "left a note", "let him know", "given you the slot".</summary>
    private static bool ActsOnCaller(ReadOnlySpan<string> words) => words[0] switch
    {
        "left" => words.ContainsAny("note", "message", "word"),
        "let" => words.Contains("know"),
        "given" or "gave" or "got" => words.Length > 1 && words[1] is "you" or "your" or "that" or "it" or "everything",
        "taken" or "took" => words.ContainsAny("off", "care", "payment") || words.Contains("message"),
        "turned" or "signed" => true,
        "checked" => words.Length > 2 && words[1] == "you" && words[2] == "in",
        _ => false,
    };

    private static bool Progressive(ReadOnlySpan<string> tail)
    {
        for (var i = 0; i < tail.Length; i++)
        {
            if (ClaimWords.Ing.Contains(tail[i])) return true;
            if (tail[i] is "getting" or "having") return ClaimWords.Any(tail[i..], ClaimWords.Past);
            if (!ClaimWords.Adverbs.Contains(tail[i])) return false;
        }

        return false;
    }

    /// <summary>After a form of "to be": adverbs and pronouns, then a participle.</summary>
    private static bool Passive(string be, ReadOnlySpan<string> rest)
    {
        var i = 0;
        while (i < rest.Length && (ClaimWords.Adverbs.Contains(rest[i])
            || rest[i] is "you" or "everything" or "both" or "it" or "that" or "been" or "being")) i++;
        if (i >= rest.Length) return false;
        var next = i + 1 < rest.Length ? rest[i + 1] : "";
        if (rest[i] == "fully" || (rest[i] == "booked" && next is "solid" or "up" or "out" or "until")) return false;
        if (!ClaimWords.Past.Contains(rest[i])) return (rest[i], next) is ("taken", "care" or "off") or ("checked" or "signed", "in"
            or "up");
        if (rest[i] == "held" && (rest[..i].Contains("being") || rest.EndsWith(["for", "you"]))) return true;
        if (rest[i] is "closed" or "recorded" or "held" or "ordered") return be is "been" or "be" || rest[..i].Contains("been");
        if (rest[i] == "made" && be == "being") return false;
        return be is not ("was" or "were")
            || !(next is "on" or "in" or "by" or "at" or "online" or "last" or "yesterday" or "earlier" or "back" && !rest.Contains("now"));
    }

    /// <summary>A clause that begins with what was done: "Booked for Thursday", "Transferring you now", "Number changed".</summary>
    private static bool IsHeadline(ReadOnlySpan<string> clause)
    {
        var next = clause.Length > 1 ? clause[1] : "";
        if (ClaimWords.Past.Contains(clause[0])) return clause[0] is not ("put" or "set" or "reset") && !ClaimWords.Plurals.Contains(next);
        if (ClaimWords.Ing.Contains(clause[0])) return !clause.ContainsAny("is", "'s", "are")
            && !clause.ContainsAny("takes", "costs", "can");
        return IsNamedHeadline(clause);
    }

    /// <summary>A thing and a participle without a verb between them: "contact lens check booked".</summary>
    private static bool IsNamedHeadline(ReadOnlySpan<string> clause)
    {
        var named = false;
        foreach (var word in clause)
        {
            if (word is "i" or "we" or "you" or "they" or "it" or "that" or "which" or "who" or "will" || IsBe(word)
                || word is "have" or "has" or "had") return false;
            if (named && ClaimWords.Past.Contains(word)) return true;
            named |= ClaimWords.Things.Contains(word);
        }

        return false;
    }

    /// <summary>"Your number is now ...", "you now have ...": a state that has just come about.</summary>
    private static bool IsNewState(ReadOnlySpan<string> clause, int at)
    {
        if (clause[at] == "you") return clause[at..].Contains("have");
        if (clause[at] is not ("is" or "are" or "'s")) return false;
        return clause[..at].Contains("your") || (clause[..at].Contains("you") && clause[at..].ContainsAny("on", "in", "with"));
    }

    private static bool WillDo(ReadOnlySpan<string> rest)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            if (ClaimWords.Base.Contains(rest[i])) return true;
            if (rest[i] is "get" or "have" or "sure" or "see") return ClaimWords.Any(rest[i..], ClaimWords.Past) || rest.Contains("call");
            if (rest[i] is "call" or "ring" or "contact" or "phone") return rest.Contains("you");
            if (rest[i] is not ("go" or "ahead" or "and" or "make" or "then" or "just" or "quickly" or "also" or "now")) return false;
        }

        return false;
    }

    private static bool WillBe(ReadOnlySpan<string> rest) => rest.Length > 1 && rest[0] == "be" && Passive("be", rest[1..]);

    private static bool WillReceive(ReadOnlySpan<string> rest) =>
        rest.ContainsAny("get", "receive", "have") && (rest.ContainsAny("text", "email", "confirmation")
            || rest.ContainsAny("reminder", "receipt", "call"));
}
