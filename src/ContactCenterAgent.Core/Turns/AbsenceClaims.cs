namespace ContactCenterAgent.Core.Turns;

/// <summary>How English says that something is not there.</summary>
internal static class AbsenceClaims
{
    /// <summary>Whether a clause that does not ask says that something is not there.</summary>
    public static bool In(ReadOnlySpan<string> clause)
    {
        for (var i = 0; i < clause.Length; i++)
        {
            var rest = clause[(i + 1)..];
            var found = clause[i] switch
            {
                "no" or "zero" => NoSuch(rest),
                "not" => Lacks(rest),
                "nothing" => !Nothing(rest),
                "none" or "neither" or "nobody" or "unavailable" => true,
                "unable" => ClaimWords.Any(rest, ClaimWords.Finding),
                "fully" or "completely" => rest.Length > 0 && rest[0] is "booked" or "full",
                "booked" => rest.Length > 0 && rest[0] is "solid" or "up" or "out",
                "is" or "are" or "'s" or "has" or "have" or "was" or "were" or "been" => Gone(rest),
                "sold" or "run" or "ran" => rest.Length > 0 && rest[0] == "out",
                "out" => rest.Length > 1 && rest[0] == "of" && rest[1] is "stock" or "slots",
                "went" => clause[..i].ContainsAny("one", "slot", "last"),
                "only" => Only(clause[..i], rest),
                _ => false,
            };
            if (found) return true;
        }

        return false;
    }

    private static bool NoSuch(ReadOnlySpan<string> rest)
    {
        if (rest.IsEmpty) return false;
        if (rest[0] is "one" or "such" or "luck" or "way") return true;
        for (var i = 0; i < Math.Min(rest.Length, 4); i++)
        {
            if (ClaimWords.Findable.Contains(rest[i])) return true;
            if (rest[i] is "problem" or "worries" or "bother" or "trouble" or "rush" or "need") return false;
        }

        return false;
    }

    private static bool Nothing(ReadOnlySpan<string> rest) =>
        rest.Length > 0 && (rest[0] is "to" or "else" or "wrong"
            || (rest.ContainsAny("been", "was") && ClaimWords.Any(rest, ClaimWords.Past)));

    /// <summary>After "not": any, a thing that could be found, free, found.</summary>
    private static bool Lacks(ReadOnlySpan<string> rest)
    {
        for (var i = 0; i < Math.Min(rest.Length, 5); i++)
        {
            var word = rest[i];
            if (word is "any" or "anything" or "available" or "free" or "exist" or "registered" or "single"
                || ClaimWords.Finding.Contains(word)) return true;
            if (ClaimWords.Findable.Contains(word)) return true;
            if (word is "on" && i == 0) return rest.ContainsAny("books", "system", "file");
            if (word is "fit" or "get") return rest.Contains("in");
            if (word is "in" or "working") return i == 0;
            if (word is not ("have" or "got" or "had" or "able" or "to" or "be" or "seem" or "a" or "an" or "the" or "there"
                or "currently" or "actually" or "you" or "showing" or "your" or Vocabulary.Unknown)) return false;
        }

        return false;
    }

    private static bool Gone(ReadOnlySpan<string> rest)
    {
        var i = 0;
        while (i < rest.Length
            && rest[i] is "all" or "just" or "now" or "already" or "completely" or "totally" or "been" or "looking" or "both") i++;
        if (i >= rest.Length) return false;
        var next = i + 1 < rest.Length ? rest[i + 1] : "";
        return rest[i] switch
        {
            "taken" => next is not ("care" or "off" or "a" or "the" or "your"),
            "gone" => next is not ("through" or "ahead" or "to" or "into" or "up" or "in" or "out"),
            "full" => next is "" or "on" or "until" or "in" or "today" or "tomorrow" or "that" or "this" or "all" or "then" or "at"
                or "for" or "up",
            _ => false,
        };
    }

    private static bool Only(ReadOnlySpan<string> before, ReadOnlySpan<string> rest)
    {
        if (rest.IsEmpty) return false;
        if (rest[0] == "have" || rest[0] == "got") return rest.Length > 1 && rest[1] is "one" or "two" or "a" or "the";
        return before.Contains("the") && rest.Length > 1 && ClaimWords.Findable.Contains(rest[0]);
    }
}
