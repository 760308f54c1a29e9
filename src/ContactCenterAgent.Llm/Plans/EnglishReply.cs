namespace ContactCenterAgent.Llm.Plans;

/// <summary>
/// Tells whether a sentence is English. The rules that keep a model from claiming what is not done read English only (law 7), so a sentence in another language is not
/// said. Leans towards no.
/// </summary>
internal static class EnglishReply
{
    private static readonly HashSet<string> Common = Words(
        "a about after again all also am an and any are as at available back be been before book booked but by call can check could day days did do does done for free "
        + "from go good got great had has have hello help here how i if in is it just know last let like look looks me moment more morning afternoon evening much my name need "
        + "next no not now number of okay on one or order other our out please ready right see shall should so some sorry sure take thank thanks that the their them then there "
        + "these they thing this those time to today tomorrow two up was we welcome well were what when where which who will with would yes you your i'm i'll i've you're "
        + "that's it's we're we've let's don't can't certainly course alright which what's there's you've you'd");

    private static readonly HashSet<string> Foreign = Words(
        "ich ist und der das nicht ein eine ihr ihre sie wir haben mit auf zu für termin heute morgen vielen dank bitte "
        + "el los las que por para con una está es su usted cita gracias mañana puedo tiene le les des est vous votre pour avec dans rendez-vous merci bonjour une je nous avez "
        + "il gli della per sono lei suo appuntamento grazie het een van voor niet u heeft afspraak você não obrigado sua seu jest się nie na dziękuję");

    internal static bool Is(string sentence)
    {
        int common = 0, foreign = 0, words = 0;
        foreach (var c in sentence) if (char.IsLetter(c) && c > '\u024f') return false;
        foreach (var word in sentence.ToLowerInvariant().Split([' ', ',', '.', '!', '?', ':', ';', '"', '(', ')'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!char.IsLetter(word[0])) continue;
            words++;
            if (Common.Contains(word)) common++;
            else if (Foreign.Contains(word)) foreign++;
        }

        return foreign <= common / 3 && (common > 0 || words == 0);
    }

    private static HashSet<string> Words(string text) => new(text.Split(' '), StringComparer.Ordinal);
}
