using System.Collections.Frozen;

namespace ContactCenterAgent.Planning.Language;

/// <summary>Closed classes of English words. No word of any business is here.</summary>
internal static class Lexicon
{
    private static FrozenSet<string> Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    /// <summary>Words without a content of their own: articles, pronouns, auxiliaries, prepositions.</summary>
    public static readonly FrozenSet<string> Function = Words(
        "a an the this that these those my your our his her its their me you us him them i we he she it they i'm i'd i'll i've we'd we're we'll you're it's its that's there's what's " +
        "is are was were be been being am do does did done have has had having will would shall should can could may might must to of in on at by for with from about into onto as " +
        "and or but if so than then there here up out off over under again just only also too very really quite some any no not all both each every one ones " +
        "who whom which what when where why how let lets let's get got getting go going gonna want wants wanted need needs needed like please could've would've don't doesn't didn't can't " +
        "isn't wasn't aren't won't couldn't wouldn't shouldn't haven't hasn't cannot wanna myself yourself mine yours ours");

    /// <summary>Sounds and courtesies that may be anywhere without meaning.</summary>
    public static readonly FrozenSet<string> Fillers = Words(
        "um uh erm er ah eh hmm hm mm mhm like well so okay ok right please thanks thank you hi hello hey there sorry actually just oh yeah alright cheers morning good anyway basically love mate sir madam");

    /// <summary>Verbs and other common words that are hardly ever part of a name.</summary>
    public static readonly FrozenSet<string> Common = Words(
        "calling phoning ringing speaking looking hoping wondering trying thinking having taking going making getting coming doing ready late early fine good great bad wrong okay ok yes yeah yep no nope hello hi hey " +
        "book booking booked cancel change move make order ordered appointment account number phone email address name date time birth postcode today tomorrow tonight yesterday next last first second third " +
        "morning afternoon evening night day week month year please thanks thank sorry um uh er erm ah oh well right actually new old same different another other more less much many lot bit thing something anything nothing " +
        "everything someone anyone regarding because since until after before around between possible available free open closed see hear know think say said tell told ask help give find check wait hold ring call speak talk pay paid " +
        "put take come came work works still yet already soon now never always maybe perhaps probably hopefully urgent important easy hard true false ridiculous terrible long short big small " +
        "double triple hundred thousand pounds dollars table people person reservation");

    /// <summary>A word that the speaker takes back what came before with.</summary>
    public static readonly FrozenSet<string> Corrections = Words("no sorry actually wait scratch rather meant mean correction instead");

    /// <summary>The word takes something back, denies it or makes it depend on something: what else is understood is not all that is meant.</summary>
    public static bool IsCue(string word) => word is "no" or "wait" or "actually" or "scratch" or "not" or "if" or "unless" or "but";

    public static bool IsFunction(string word) => Function.Contains(word);

    public static bool IsContent(string word) => !Function.Contains(word) && !Fillers.Contains(word);

    /// <summary>A light stem: plural and verb endings off, so that "appointments" meets "appointment" and "booking" meets "book".</summary>
    public static string Stem(string word)
    {
        if (word.Length > 2 && word.EndsWith("'s", StringComparison.Ordinal)) word = word[..^2];
        if (word.Length > 5 && word.EndsWith("ing", StringComparison.Ordinal)) return Undouble(word[..^3]);
        if (word.Length > 4 && word.EndsWith("ied", StringComparison.Ordinal)) return word[..^3] + "y";
        if (word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal)) return word[..^3] + "y";
        if (word.Length > 4 && word.EndsWith("ed", StringComparison.Ordinal)) return Undouble(word[..^2]);
        if (word.Length > 4 && word.EndsWith("es", StringComparison.Ordinal) && word[^3] is 's' or 'x' or 'h') return word[..^2];
        if (word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i')) word = word[..^1];
        return word.Length > 4 && word[^1] == 'e' ? word[..^1] : word;
    }

    private static string Undouble(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's') ? stem[..^1] : stem.Length > 4 && stem[^1] == 'e' ? stem[..^1] : stem;
}
