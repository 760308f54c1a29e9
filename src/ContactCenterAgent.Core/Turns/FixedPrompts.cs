using System.Collections.Immutable;

namespace ContactCenterAgent.Core.Turns;

/// <summary>What the agent says in the same words to everybody: a line can have it spoken before anyone calls.</summary>
public static class FixedPrompts
{
    internal const string Waiting = "One moment.";
    internal const string Still = "It's taking a little longer than usual.";
    internal const string Offer = "I'm still waiting for an answer from our system. You can hold the line, or shall I put you through to a colleague?";
    internal const string AreYouThere = "Are you still there?";
    internal const string Here = "I'm here if you need anything.";
    internal const string CannotHear = "I can't hear you, so I'll end the call. Please call again. Goodbye.";
    internal const string Colleague = "Let me find a colleague for you. One moment, please.";
    internal const string NobodyFree = "I'm sorry, nobody is free to take your call right now. Is there anything I can do for you myself?";
    internal const string Goodbye = "Thank you for calling. Goodbye.";
    internal const string WhatElse = "All right. What else can I do for you?";
    internal const string NotUnderstood = "I'm sorry, I didn't get that. Could you say it another way?";
    internal const string OutOfDomain = "I'm sorry, I can't help with that myself. Shall I put you through to a colleague?";

    /// <summary>All of them; the greeting is the operator's and not among them.</summary>
    public static ImmutableArray<string> All { get; } = [Waiting, Still, Offer, AreYouThere, Here, CannotHear, Colleague, NobodyFree, Goodbye, WhatElse, NotUnderstood, OutOfDomain];
}
