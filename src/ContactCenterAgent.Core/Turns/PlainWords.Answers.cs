using System.Collections.Frozen;

namespace ContactCenterAgent.Core.Turns;

/// <content>What people say for yes and no.</content>
public static partial class PlainWords
{
    private enum Part
    {
        Rest,
        Yes,
        Assent,
        No,
        Please,
        Filler,
    }

    private static readonly string[] YesPhrases =
    [
        "yes", "aye", "definitely", "absolutely", "certainly", "correct", "exactly", "indeed", "affirmative", "of course", "by all means",
        "go ahead", "go ahead and do that", "go ahead and do it", "go ahead with that", "go ahead and book it", "go ahead and book that",
        "go for it", "go on then", "please do", "do it", "do that", "do so", "do please", "please go ahead", "yes do", "yes go on",
        "yes sure", "book it", "book that", "book it in", "book that in", "book me in", "confirm it", "confirm that", "confirm",
        "confirmed", "i confirm", "take it", "i'll take it", "i'll take that", "i'll have it", "i'll have that", "i'd like that",
        "i would like that", "i'd love that", "let's do it", "let's do that", "let's go for it", "let's go with that", "let's book it",
        "that's right", "that is right", "that's correct", "that is correct", "that's me", "that's the one", "it is",
        "it does", "it is yes", "i do", "i am", "i would", "i will", "i can", "we do", "we are", "you can", "you may", "you can do that",
        "i agree", "agreed", "i'm sure", "i'm happy with that", "happy with that", "i said yes", "i'm saying yes", "yes you can",
        "you got it", "that would be great", "that would be lovely", "that would be good", "that would be perfect", "that would be fine",
        "that would be brilliant", "that'd be great", "that'd be lovely", "that'd be good", "that'd be perfect", "that'd be fine",
        "it would be great", "that's fine", "that is fine", "that's okay", "that's good", "that's great", "that's perfect", "that's lovely",
        "that's brilliant", "that's ideal", "that will be fine", "that'll be fine", "that'll be great", "that'll do", "that will do",
        "that'll do nicely", "that works", "that works for me", "works for me", "that suits me", "that suits", "suits me",
        "that sounds good", "that sounds right", "that sounds great", "that sounds fine", "that sounds perfect", "that sounds lovely", "sounds good",
        "sounds great", "sounds fine", "sounds perfect", "sounds lovely", "sounds good to me", "sounds like a plan", "fine by me",
        "fine with me", "good for me", "okay by me", "okay with me", "it's fine", "it is fine",
        "that will work", "that'll work", "you're right", "you are right", "for sure", "that's all correct", "that's all right", "that suits me well", "i'm good with that",
    ];

    private static readonly string[] AssentPhrases =
    [
        "okay", "alright", "all right", "sure", "sure thing", "fine", "great", "lovely", "perfect", "brilliant", "excellent", "wonderful",
        "super", "grand", "good", "cool", "ideal", "smashing", "why not",
    ];

    private static readonly string[] NoPhrases =
    [
        "no", "no way", "no thanks", "no thank you", "not really", "not yet", "not now", "not today", "not right now", "not at the moment",
        "don't", "do not", "please don't", "don't do that", "don't do it", "do not do that", "don't bother", "never mind", "nevermind",
        "leave it", "forget it", "stop", "that's wrong", "that is wrong", "that's not right", "that isn't right", "that's incorrect",
        "incorrect", "wrong", "that's not it", "that's not me", "it isn't", "it's not", "it is not", "it doesn't", "i don't", "i do not",
        "i'm not", "i am not", "i wouldn't", "i don't think so", "i'd rather not", "i would rather not", "rather not", "better not",
        "absolutely not", "definitely not", "certainly not", "of course not", "negative", "i said no", "i'm saying no", "no that's all",
        "no that's it", "no that's everything", "nothing else", "no nothing else", "no that's all thanks",
    ];

    private static readonly string[] Fillers =
    [
        "um", "uh", "er", "erm", "ah", "oh", "hmm", "mm", "well", "so", "right", "like", "then", "just", "thanks", "thank you",
        "thank you very much", "thanks very much", "thank you so much", "thanks so much", "thanks a lot", "many thanks", "cheers", "ta",
        "mate", "love", "dear", "sir", "madam", "bye", "if you could", "if you would", "if you can", "if you don't mind",
        "if you would please", "that's great thanks", "no problem", "no worries", "no bother", "for me", "very much", "mm-hm", "mhm",
        "uh-huh", "you know", "now",
    ];

    /// <summary>What begins with a word of a yes or a no and is neither.</summary>
    private static readonly string[] Others =
    [
        "don't know", "i don't know", "i don't mind", "i do not know", "stop by", "no idea", "no one", "no preference", "no rush",
        "i'm not sure", "not sure", "it's not clear", "do it again", "do that again", "no longer", "no more", "so that", "so what", "so is",
        "so when", "right before", "right after", "right now", "now that", "just a", "well i", "do you", "confirm the", "confirm my",
    ];

    /// <summary>What turns an assent before it into a change.</summary>
    private static readonly FrozenSet<string> Changes = FrozenSet.ToFrozenSet(
        ["but", "actually", "and", "also", "except", "only", "although", "though", "wait", "hang", "hold", "make", "if", "unless", "as",
        "instead"], StringComparer.Ordinal);

    private static readonly Vocabulary AnswerWords = new(
        [.. YesPhrases, .. AssentPhrases, .. NoPhrases, .. Fillers, .. Others, .. Changes, "please"],
        ("yeah", "yes"), ("yep", "yes"), ("yup", "yes"), ("yah", "yes"), ("ya", "yes"), ("yea", "yes"), ("yeh", "yes"), ("yess", "yes"),
        ("aha", "ah"), ("mmm", "mm"),
        ("ok", "okay"), ("okey", "okay"), ("k", "okay"), ("nope", "no"), ("nah", "no"), ("nay", "no"), ("naw", "no"), ("umm", "um"),
        ("uhh", "uh"), ("hm", "hmm"),
        ("mm-hmm", "mm-hm"), ("mhmm", "mhm"), ("pls", "please"), ("surely", "sure"), ("kindly", "please"));

    /// <summary>Phrases by their first word, the longest first.</summary>
    private static readonly FrozenDictionary<string, (string[] Words, Part Kind)[]> Parts =
        Phrases(YesPhrases, Part.Yes).Concat(Phrases(AssentPhrases, Part.Assent)).Concat(Phrases(NoPhrases, Part.No))
            .Concat(Phrases(Fillers, Part.Filler)).Concat(Phrases(Others, Part.Rest)).Append((["please"], Part.Please))
            .GroupBy(p => p.Words[0], StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(p => p.Words.Length).ToArray(), StringComparer.Ordinal);

    private static IEnumerable<(string[] Words, Part Kind)> Phrases(string[] phrases, Part kind) => phrases.Select(p => (p.Split(' '), kind));
}
