namespace ContactCenterAgent.Core.Turns;

/// <summary>What the words of a turn answer to a question that wants a yes or a no.</summary>
public enum Affirmation
{
    /// <summary>No answer among them: nothing said, doubt, or another matter.</summary>
    None,

    /// <summary>A yes and nothing else.</summary>
    Yes,

    /// <summary>A no and nothing else.</summary>
    No,

    /// <summary>A yes or a no with something beside it that may change, add or take back ("yes but", "no, Thursday"), or both: the words
    /// have to be planned.</summary>
    Mixed,
}
