namespace ContactCenterAgent.Core.Turns;

/// <summary>
/// Reads what a free sentence of a model claims, before it may reach the line (law 7: an effect is claimed only from its ledger entry,
/// absence only from a complete result). Rules over words; leans towards a claim in doubt, as a sentence withheld costs less than a booking
/// that is not there.
/// </summary>
/// <remarks>
/// Not claims: offers, questions, conditions, negations, generalities ("bookings are confirmed by text"), and what is read out of a result
/// as the caller's own ("you have an appointment booked on Thursday", "that was booked online last month"). "Your appointment is booked" is
/// a claim: no word tells it from one. A promise without a condition ("I'll book that now") claims an effect under way. Where both are
/// claimed, the effect counts. Figures: docs/claims.md.
/// </remarks>
public static class ClaimDetector
{
    /// <summary>Reads one sentence; several at once are read as one. Pure and thread-safe, a few microseconds.</summary>
    /// <param name="sentence">As the model wrote it.</param>
    public static Claim Read(string sentence)
    {
        var words = ClaimWords.Tokens(sentence);
        var conditional = ClaimGuards.IsConditional(words);
        var claim = Claim.None;
        var checking = false;
        for (var start = 0; start < words.Length;)
        {
            var end = ClauseEnd(words, start);
            var clause = words.AsSpan(start, end - start);
            var asked = end < words.Length && words[end] == "?";
            var open = clause[..ClaimGuards.Asks(clause, asked)];
            // "Please confirm: booking a table for two" asks about what follows, up to the full stop.
            checking = checking || ClaimGuards.AsksToCheck(clause);
            if (!checking && (EffectClaims.In(open[..ClaimGuards.Disclaims(open)])
                || (!conditional && EffectClaims.Promised(open)))) return Claim.Effect;
            if (AbsenceClaims.In(open)) claim = Claim.Absence;
            if (end < words.Length && words[end] is "." or "!" or "?") checking = false;
            start = end < words.Length && ClaimWords.IsMark(words[end]) ? end + 1 : Math.Max(end, start + 1);
        }

        return claim;
    }

    /// <summary>A clause ends at a mark, or where "and", "but" or "so" brings a new subject.</summary>
    private static int ClauseEnd(string[] words, int start)
    {
        for (var i = start; i < words.Length; i++)
        {
            if (ClaimWords.IsMark(words[i])) return i;
            if (i > start && words[i] is "and" or "but" or "so" && i + 1 < words.Length
                && words[i + 1] is "i" or "we" or "you" or "that" or "it" or "your" or "the" or "there" or "would" or "shall") return i;
        }

        return words.Length;
    }
}
