using System.Collections.Frozen;

namespace ContactCenterAgent.Core.Turns;

/// <summary>The words that claims are made of, and how a sentence is taken apart into them.</summary>
internal static class ClaimWords
{
    /// <summary>Verbs that change something: base, participle (mostly the past as well), -ing form.</summary>
    private static readonly string[] Verbs =
    [
        "book booked booking", "rebook rebooked rebooking", "reserve reserved reserving", "cancel cancelled cancelling",
        "cancel canceled canceling", "move moved moving", "reschedule rescheduled rescheduling", "rearrange rearranged rearranging",
        "change changed changing", "update updated updating", "transfer transferred transferring", "connect connected connecting",
        "send sent sending", "email emailed emailing", "text texted texting", "post posted posting", "notify notified notifying",
        "inform informed informing", "register registered registering", "add added adding", "remove removed removing",
        "delete deleted deleting", "erase erased erasing", "refund refunded refunding", "charge charged charging", "order ordered ordering",
        "reorder reordered reordering", "place placed placing", "arrange arranged arranging", "schedule scheduled scheduling",
        "confirm confirmed confirming", "amend amended amending", "correct corrected correcting", "extend extended extending",
        "release released releasing", "submit submitted submitting", "process processed processing", "issue issued issuing",
        "credit credited crediting", "switch switched switching", "swap swapped swapping", "lock locked locking", "secure secured securing",
        "grab grabbed grabbing", "snag snagged snagging", "save saved saving", "log logged logging", "raise raised raising",
        "escalate escalated escalating", "flag flagged flagging", "mark marked marking", "stop stopped stopping",
        "unsubscribe unsubscribed unsubscribing", "close closed closing", "reset reset resetting", "apply applied applying",
        "waive waived waiving", "assign assigned assigning", "allocate allocated allocating", "enrol enrolled enrolling",
        "sort sorted sorting", "fix fixed fixing", "resolve resolved resolving", "adjust adjusted adjusting", "bin binned binning",
        "scrap scrapped scrapping", "drop dropped dropping", "pencil pencilled pencilling", "squeeze squeezed squeezing",
        "slot slotted slotting", "block blocked blocking", "clear cleared clearing", "restore restored restoring",
        "reinstate reinstated reinstating", "renew renewed renewing", "activate activated activating", "enable enabled enabling",
        "disable disabled disabling", "forward forwarded forwarding", "alert alerted alerting", "upgrade upgraded upgrading",
        "pay paid paying", "postpone postponed postponing", "withdraw withdrawn withdrawing", "suspend suspended suspending",
        "unlock unlocked unlocking", "replace replaced replacing", "file filed filing", "lodge lodged lodging", "record recorded recording",
        "request requested requesting", "redirect redirected redirecting", "pop popped popping", "put put putting", "hold held holding",
        "push pushed pushing", "bring brought bringing", "free freed freeing", "knock knocked knocking", "pass passed passing",
        "note noted noting", "set set setting", "make made making", "do done doing", "complete completed completing",
        "finalise finalised finalising", "handle handled handling", "deal dealt dealing", "purchase purchased purchasing",
        "buy bought buying", "action actioned actioning", "tell told telling", "create created creating", "enter entered entering",
        "include included including", "rent rented renting", "hire hired hiring", "hand handed handing",
    ];

    private static readonly string[][] Forms = [.. Verbs.Select(v => v.Split(' '))];

    /// <summary>Base forms. "do", "make", "free" and their like mean too much else to promise an effect.</summary>
    public static readonly FrozenSet<string> Base =
        Forms.Select(f => f[0]).Except(["do", "make", "confirm", "free", "note", "tell", "deal", "set", "correct", "clear"])
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Pasts and participles.</summary>
    public static readonly FrozenSet<string> Past = Forms.Select(f => f[1]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>-ing forms that say what is under way.</summary>
    public static readonly FrozenSet<string> Ing =
        Forms.Select(f => f[2])
            .Except(
                ["doing", "making", "noting", "telling", "recording", "setting", "closing", "clearing", "confirming", "including"],
                StringComparer.Ordinal)
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words between a subject, its auxiliary and its verb.</summary>
    public static readonly FrozenSet<string> Adverbs = Set(
        "just now already also successfully all gone ahead and then officially safely still finally only quickly currently actually");

    /// <summary>Words before a sentence's first word of substance.</summary>
    public static readonly FrozenSet<string> Openers = Set(
        "okay right then so well um uh er erm oh ah yes yep yeah great lovely perfect brilliant good all just now and there we go you"
        + " alright sure thanks both successfully"
        + " that's ta-da hiya right-o fine excellent wonderful certainly absolutely super");

    /// <summary>Plurals that open generalities: "bookings are confirmed by text".</summary>
    public static readonly FrozenSet<string> Plurals = Set(
        "bookings appointments slots orders refunds changes payments cancellations confirmations reminders texts emails reservations");

    /// <summary>Things whose name followed by a participle is a headline: "number changed".</summary>
    public static readonly FrozenSet<string> Things = Set(
        "appointment booking reservation number email order refund change slot details address payment cancellation everything request"
        + " message reminder account transfer visit test fitting check table ticket tickets transaction money funds event seat seats car"
        + " room rooms"
        + " bookings appointments reservations");

    /// <summary>What a caller may look for and not find.</summary>
    public static readonly FrozenSet<string> Findable = Set(
        "slot slots appointment appointments time times opening openings availability space spaces vacancy vacancies record records"
        + " order orders booking bookings result results"
        + " match matches gap gaps customer account doctors opticians room places place table tables tickets seats flights rooms option"
        + " options");

    /// <summary>Verbs of looking, after a denial.</summary>
    public static readonly FrozenSet<string> Finding = Set("find see seeing finding locate spot show");

    /// <summary>Phrases that claim by themselves.</summary>
    public static readonly string[][] DonePhrases =
    [
        .. new[]
        {
            "all set", "good to go", "you are in for", "down for", "on the books", "in the diary", "is yours", "'s yours", "is all yours",
            "'s all yours", "are yours", "gone through", "went through", "went well", "successful", "a success", "now reflects",
            "booked successfully", "are complete", "reservation complete", "booking complete", "see you on", "see you at", "see you then",
            "see you there", "see you tomorrow", "look forward to seeing", "looking forward to seeing", "consider it", "on the list now",
            "is complete", "on its way", "you have secured", "got yourself", "got you in", "got you down", "have you down",
        }.Select(p => p.Split(' ')),
    ];

    private static readonly Vocabulary Words = new(
    [
        .. Verbs, .. Adverbs, .. Openers, .. Plurals, .. Things, .. Findable, .. Finding, .. DonePhrases.Select(p => string.Join(' ', p)),
        "cannot i we you it that there your the this they any anything a an one two three another several some both nothing nobody none",
        "neither no zero not never if unless whether shall once when whenever after until before do does did can could would should may",
        "might need needs want wants wanted say says said according understand asking asked prefer rather ready happy glad about failed",
        "unable looks only confirm tell let able was were been being is are am be get gets got have has had worries problem problems",
        "bother trouble to what which who how why where see worry else as soon with while me us going will sure please call ring contact",
        "phone go make left note message word know given gave taken took off care turned signed checked found looked read managed went you",
        "down in on for of solid up out fully by at online last yesterday earlier back takes costs receive confirmation reminder receipt",
        "having getting completely full unavailable available free exist registered single books system file fit working currently seem",
        "showing sold run ran stock wrong such luck way rush through into today tomorrow totally looking provided text verify confirming",
    ],
        ("ok", "okay"), ("successfull", "successful"), ("succesful", "successful"), ("sucessful", "successful"),
        ("succesfully", "successfully"), ("sucessfully", "successfully"));

    /// <summary>Whether a token is a mark that ends a clause.</summary>
    public static bool IsMark(string token) => token is "," or "." or "?" or "!";

    /// <summary>Takes a sentence apart: known words, contractions opened ("haven't" is "have not"; 's stands alone), marks that end a
    /// clause.</summary>
    public static string[] Tokens(string sentence)
    {
        var tokens = new List<string>(32);
        var text = sentence.AsSpan();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var ends = i == text.Length || char.IsWhiteSpace(text[i])
                || (IsStop(text[i]) && i + 1 < text.Length && char.IsUpper(text[i + 1]));
            if (!ends) continue;
            var word = text[start..Math.Min(i + 1, text.Length)].TrimEnd();
            start = i + 1;
            if (word.IsEmpty) continue;
            Add(tokens, word);
            if (Mark(word[^1]) is { Length: > 0 } mark) tokens.Add(mark);
        }

        return [.. tokens];
    }

    private static bool IsStop(char c) => c is '.' or '!' or '?';

    private static string Mark(char c) => c switch
    {
        ',' or ';' or ':' or '-' or '–' or '—' or '…' => ",",
        '.' => ".",
        '!' => "!",
        '?' => "?",
        _ => "",
    };

    private static void Add(List<string> tokens, ReadOnlySpan<char> word)
    {
        var whole = Words.Read(word);
        if (whole.Length == 0) return;
        var end = word.Length;
        while (!char.IsLetterOrDigit(word[end - 1])) end--;
        word = word[..end];
        var apostrophe = word.LastIndexOfAny('\'', '’');
        if (apostrophe <= 0)
        {
            tokens.Add(whole == "cannot" ? "can" : whole);
            if (whole == "cannot") tokens.Add("not");
            return;
        }

        var tail = word[(apostrophe + 1)..];
        if (tail is "t" && word[apostrophe - 1] is 'n' or 'N')
        {
            var verb = word[..(apostrophe - 1)];
            tokens.Add(verb is "ca" or "Ca" ? "can" : verb is "wo" or "Wo" ? "will" : Words.Read(verb));
            tokens.Add("not");
            return;
        }

        tokens.Add(Words.Read(word[..apostrophe]));
        tokens.Add(tail switch { "ve" => "have", "re" => "are", "ll" => "will", "d" => "would", "m" => "am", "s" => "'s", _ => Vocabulary.Unknown });
    }

    /// <summary>Whether any of the words is in a set.</summary>
    public static bool Any(ReadOnlySpan<string> words, FrozenSet<string> set)
    {
        foreach (var word in words)
            if (set.Contains(word)) return true;
        return false;
    }

    /// <summary>Whether a word of the set comes within three words after a given one.</summary>
    public static bool After(ReadOnlySpan<string> words, string word, FrozenSet<string> set)
    {
        var at = words.IndexOf(word);
        if (at < 0) return false;
        var rest = words[(at + 1)..];
        return Any(rest[..Math.Min(3, rest.Length)], set) || (rest.Length > 1 && rest[0] == "get" && rest[1] is "you" or "that" or "it");
    }

    /// <summary>Whether the words begin with one of the phrases.</summary>
    public static bool StartsWithAny(ReadOnlySpan<string> words, string[][] phrases)
    {
        foreach (var phrase in phrases)
            if (words.StartsWith(phrase)) return true;
        return false;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
