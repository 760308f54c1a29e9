namespace ContactCenterAgent.Planning.Language;

/// <summary>Whether a clause asks for something to be done, or only asks about it, doubts it or denies it.</summary>
internal static class Mood
{
    private static readonly Phrases Doubts = new(
        "how do i", "how can i", "how would i", "how do you", "what if", "what happens", "what would", "is it possible", "would it be possible", "would it", "should i", "do i have to", "do i need", "can you tell me", "could you tell me",
        "might", "maybe", "perhaps", "thinking of", "thinking about", "thinking whether", "not sure", "i wonder", "do you", "does it", "is there", "are there", "will it", "how much", "how long", "when can", "why", "suppose",
        "in case", "unless", "depends", "possibly", "whether", "did you", "did i", "have you", "have i", "has it", "what's the");

    private static readonly Phrases Polite = new(
        "wondering if you could", "wondering if i could", "wondering if you can", "wondering if i can", "wondered if you could", "wondered if i could", "if you could", "if i could", "if you can", "if that's ok", "if that's okay", "if that's all right",
        "if possible", "if you don't mind", "do you mind", "do you think you could", "is it possible to", "would it be possible to", "if it's possible", "do you think i could", "if that's possible");

    private static readonly Phrases Denials = new(
        "don't want to", "do not want to", "don't need to", "do not need to", "don't wish to", "didn't want to", "not want to", "rather than", "instead of", "don't", "do not", "not going to", "never", "without");

    /// <summary>Imperatives, plain wishes and polite questions are requests; conditions and questions about it are not.</summary>
    public static bool Requests(ReadOnlySpan<Token> t)
    {
        for (var i = 0; i < t.Length; i++)
        {
            if (Polite.At(t, i) is var after and > 0)
            {
                i = after - 1;
                continue;
            }

            if (t[i].Text is "if" || Doubts.At(t, i) > 0) return false;
        }

        return true;
    }

    /// <summary>The words that a denial reaches: up to four behind it, or to the next clause.</summary>
    public static (int From, int To)? Denied(ReadOnlySpan<Token> t, int from)
    {
        for (var i = from; i < t.Length; i++)
        {
            if (Denials.At(t, i) is not (var after and > 0)) continue;
            var to = after;
            while (to < t.Length && to - after < 4 && t[to].Text is not ("i" or "but" or "just" or "and" or "i'd" or "please" or "i'll") && (to == after || t[to - 1].Break == '\0')) to++;
            if (after < t.Length && t[after].Text is "know" or "think" or "have" or "mind" or "remember" or "see" or "understand" or "like") continue;
            return (i, to);
        }

        return null;
    }
}
