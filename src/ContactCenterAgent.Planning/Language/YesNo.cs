using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Planning.Language;

/// <summary>Where the answer at the front of a turn ends and something else begins. Whether the whole turn is a plain yes or no, <see cref="PlainWords"/> says.</summary>
internal static class YesNo
{
    private static readonly Phrases Yes = new(
        "yes", "yeah", "yep", "yup", "yes please", "aye", "sure", "certainly", "definitely", "absolutely", "correct", "exactly", "perfect", "please do", "do it", "do that", "go ahead", "go for it",
        "that's right", "that is right", "that's correct", "that is correct", "that's fine", "that is fine", "that's great", "that's perfect", "that's good", "that works", "that works for me",
        "that would be great", "that would be lovely", "that'd be great", "that'll do", "that will do", "sounds good", "sounds great", "sounds perfect", "sounds fine", "book it", "confirm", "confirm it", "i do", "it is",
        "i would", "you can", "of course", "lovely", "brilliant", "great", "fine", "fine by me", "that suits me", "i'll take it", "i'll take that", "let's do that", "let's do it", "mm hm", "mhm", "uh huh", "why not", "please", "good", "wonderful",
        "excellent", "ok", "okay", "all right", "alright", "by all means", "it's fine", "that one's fine", "yes it is", "yes i do", "yes i would", "works for me", "happy with that", "i'm happy with that");

    private static readonly Phrases No = new(
        "no", "nope", "nah", "no thanks", "no thank you", "not really", "don't", "do not", "please don't", "don't do that", "don't do it", "don't book it", "no don't", "i don't", "i'd rather not", "not that one", "not that",
        "no way", "negative", "that's not right", "that is not right", "that's wrong", "that isn't right", "it isn't", "it is not", "that doesn't work", "that won't work", "that's no good", "wrong", "i can't", "leave it", "not quite",
        "i don't want that", "not now", "rather not", "that doesn't suit me");

    private static readonly Phrases Courtesies = new(
        "um", "uh", "er", "erm", "ah", "oh", "well", "please", "thanks", "thank you", "thank you very much", "thanks very much", "thanks a lot", "cheers", "then", "so", "ok", "okay", "right", "very much", "love", "mate",
        "that's", "that", "it", "i think", "i guess", "for me", "with me", "by me", "actually", "now");

    /// <summary>The tokens that the answer itself takes up at the front of the turn.</summary>
    public static int Prefix(ReadOnlySpan<Token> t)
    {
        var i = 0;
        while (i < t.Length)
        {
            var next = Math.Max(Math.Max(Yes.At(t, i), No.At(t, i)), Courtesies.At(t, i));
            if (next == 0) break;
            i = next;
        }

        return i;
    }
}
