namespace ContactCenterAgent.Core.Turns;

/// <summary>What a sentence claims that only the ledger or a complete result can know.</summary>
public enum Claim
{
    /// <summary>Neither: an offer, a question, a condition, a description of what exists, a courtesy.</summary>
    None,

    /// <summary>An effect is done, under way, or promised without a condition ("booked", "transferring you", "I'll cancel that
    /// now").</summary>
    Effect,

    /// <summary>Something is not there ("nothing is free", "I can't find you", "the only slot left").</summary>
    Absence,
}
