using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Language;

/// <summary>What a turn is, apart from wishes for tools, and the words that take a wish back.</summary>
internal static class Acts
{
    private static readonly Phrases Person = new(
        "real person", "a person", "a human", "human being", "human", "an operator", "the operator", "operator", "representative", "a manager", "the manager", "your manager", "supervisor", "an agent", "an advisor", "an adviser",
        "somebody else", "someone else", "speak to someone", "speak to somebody", "talk to someone", "talk to somebody", "speak with someone", "talk with someone", "put me through", "a member of staff", "a colleague", "speak to a person",
        "the receptionist", "a receptionist", "reception", "an actual person", "customer service", "customer services");

    private static readonly Phrases Asking = new(
        "speak", "talk", "put me through", "transfer", "connect", "want", "like", "get me", "need", "give me", "can i have", "could i have", "please", "pass me");

    private static readonly Phrases Goodbye = new(
        "goodbye", "good bye", "bye", "bye bye", "that's all", "that is all", "that was all", "that's everything", "that'll be all", "that will be all", "nothing else", "that's it thanks", "that's it thank you", "have a good day",
        "have a nice day", "no that's it", "that's me done", "speak soon", "see you then", "see you");

    private static readonly Phrases Repeat = new(
        "say that again", "say it again", "repeat that", "repeat", "pardon", "beg your pardon", "what did you say", "what was that", "come again", "didn't catch that", "didn't hear that", "didn't get that", "once more please", "one more time");

    private static readonly Phrases Taken = new(
        "forget it", "forget about it", "forget that", "forget about that", "forget about", "forget the", "forget my", "never mind", "nevermind", "don't bother", "leave it", "scrap that", "scrap it", "drop it", "changed my mind", "not anymore", "don't worry about it",
        "don't worry about", "no longer want", "no longer need", "don't want it anymore", "don't want to anymore");

    private static readonly Phrases Social = new(
        "hello", "hi", "hey", "good morning", "good afternoon", "good evening", "thank you", "thanks", "cheers", "how are you", "let me see", "let me think", "one moment", "one second", "just a second", "just a moment", "just a minute", "hold on",
        "hang on", "bear with me", "are you there", "can you hear me", "ok", "okay", "right", "great", "lovely", "perfect", "brilliant", "very kind", "that's very kind", "thank you very much", "thanks very much", "thanks a lot", "um", "uh", "er", "so", "well", "oh");

    public static (int From, int To)? Withdrawal(ReadOnlySpan<Token> t) => Taken.Find(t);

    public static TurnAct Read(ReadOnlySpan<Token> t)
    {
        if (t.Length == 0) return TurnAct.None;
        if (Person.Find(t) is { } person && (Asking.Find(t) is not null || t.Length <= person.To - person.From + 2)) return TurnAct.WantsPerson;
        if (Repeat.Find(t) is { } repeat && t.Length - (repeat.To - repeat.From) <= 6) return TurnAct.Repeat;
        if (Goodbye.Find(t) is not null) return TurnAct.Goodbye;
        var i = 0;
        while (i < t.Length && (Social.At(t, i) is var next and > 0 || (next = Lexicon.Fillers.Contains(t[i].Text) ? i + 1 : 0) > 0)) i = next;
        return i == t.Length ? TurnAct.Social : TurnAct.None;
    }
}
