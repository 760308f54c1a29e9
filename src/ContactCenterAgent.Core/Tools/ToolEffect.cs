namespace ContactCenterAgent.Core.Tools;

/// <summary>What running a tool does to the world. A tool that declares nothing is a <see cref="Write"/>: the declaration fails closed.</summary>
public enum ToolEffect
{
    /// <summary>Changes something. Waits for its authorisation.</summary>
    Write = 0,

    /// <summary>Changes nothing; may run on a guess.</summary>
    Read,

    /// <summary>A read that tells a third party something or is billed: waits for the turn's close.</summary>
    Disclose,

    /// <summary>Takes something for a while (place, confirm, release). Placing may happen on a guess; confirming waits for its authorisation.</summary>
    Reserve,

    /// <summary>Changes something that cannot be changed back. Waits for a yes to a read-back.</summary>
    Irreversible,
}

/// <summary>What must happen before a proposal may be dispatched.</summary>
public enum Authorisation
{
    /// <summary>An unmistakable request in a closed turn.</summary>
    OnRequest,

    /// <summary>A yes to a read-back whose digest equals the proposal's arguments.</summary>
    OnYes,
}

/// <summary>Who the caller has been shown to be. Levels are ordered; each includes the ones below.</summary>
public enum AssuranceLevel
{
    /// <summary>Nothing is known.</summary>
    None = 0,

    /// <summary>The network shows a caller's number. It can be forged, so it opens nothing.</summary>
    CallerId = 1,

    /// <summary>The caller has said who they are and one record matches.</summary>
    Identified = 2,

    /// <summary>The caller has also said something that only that person should know.</summary>
    Verified = 3,
}

/// <summary>Which of a tool's functions a tool call runs.</summary>
public enum ToolOperation
{
    /// <summary>The tool itself: a read or a write.</summary>
    Invoke,

    /// <summary>Places a hold (a <see cref="ToolEffect.Reserve"/> only).</summary>
    Place,

    /// <summary>Confirms a hold: this is the effect.</summary>
    Confirm,

    /// <summary>Asks the back end what became of a key, after an outcome that nobody knows.</summary>
    LookUp,
}
