namespace ContactCenterAgent.Planning.Intents;

/// <summary>What callers say that is no wish for any tool: the classifier's out-of-domain class learns from it. No word of any business is here.</summary>
internal static class Background
{
    public static readonly string[] Sentences =
    [
        "", "", "", "hello", "hi there good morning", "how are you today", "can you hear me", "are you a real person", "am i talking to a robot", "what is your name",
        "who am i speaking to", "i'm not sure", "i don't know", "let me think", "hold on a second", "just a moment please", "one second", "never mind", "forget it",
        "what's the weather like", "tell me a joke", "who won the match last night", "what's the capital of france", "can you sing a song", "play some music",
        "i'd like to", "i want to", "could you", "can i", "i need to", "i was wondering if you could help me", "i have a question", "can you help me", "i need some help",
        "i'm calling about", "i'm phoning because", "my name is", "this is", "it's me", "that's right", "that's fine", "that sounds good", "that would be great", "sounds great thank you",
        "no that's not it", "no thank you", "that's all", "that's everything thanks", "goodbye", "have a nice day", "what did you say", "could you repeat that", "say that again please",
        "i beg your pardon", "yes please", "go ahead", "i think so", "maybe", "what do you think", "is that right", "you're welcome", "it's very cold here", "i'm in the car at the moment",
        "sorry the line is bad", "my husband told me", "the dog is barking", "where are you from", "i live near the station", "do you like football", "order me a pizza",
        "what's the meaning of life", "i lost my keys", "i want to make a complaint", "i'd like to complain about something", "turn on the lights", "how old are you", "the traffic is terrible today", "can you do my homework",
    ];
}
