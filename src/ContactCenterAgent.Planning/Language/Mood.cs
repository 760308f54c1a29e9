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

    private static readonly Phrases Statements = new("i have", "i've got", "i have got", "i had", "i booked", "i've booked", "i made", "i've made", "i ordered", "i've ordered", "there is", "there's", "you have", "i am booked", "i'm booked");

    private static readonly Phrases Questions = new(
        "who", "what", "what's", "when", "when's", "where", "where's", "why", "which", "how", "how's", "do", "does", "did", "is", "are", "was", "were", "am", "has", "have", "can you tell me", "could you tell me", "do you know");

    private static readonly Phrases Wants = new(
        "can i", "could i", "may i", "i'd like", "i would like", "i want", "i need", "i wanna", "can you", "could you", "would you", "please", "let's", "i'll", "put me", "get me", "give me");

    private static readonly Phrases Openers = new("um", "uh", "er", "erm", "oh", "well", "so", "and", "but", "hi", "hello", "hey", "yes", "yeah", "yep", "no", "okay", "ok", "right", "also", "then", "good morning", "good afternoon", "just", "sorry", "great", "actually");

    private static int Start(ReadOnlySpan<Token> t)
    {
        var i = 0;
        while (i < t.Length && Openers.At(t, i) is var next and > 0) i = next;
        return i;
    }

    /// <summary>The clause tells how things are: alone it may be a hint, beside a wish it is its reason ("I have an appointment and need to move it").</summary>
    public static bool States(ReadOnlySpan<Token> t) => Statements.Find(t) is not null && Wants.Find(t) is null;

    /// <summary>The clause asks to be told something.</summary>
    public static bool Asks(ReadOnlySpan<Token> t) => Questions.At(t, Start(t)) > 0;

    /// <summary>The clause asks for something to be done.</summary>
    public static bool Wishes(ReadOnlySpan<Token> t) => !Asks(t) && Wants.At(t, Start(t)) > 0;

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
