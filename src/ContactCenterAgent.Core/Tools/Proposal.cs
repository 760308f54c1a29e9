using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tools;

/// <summary>Where a proposal stands. It ends only in one of the last six; absence from a later plan means nothing.</summary>
public enum ProposalStatus
{
    /// <summary>Wanted, nothing sent; arguments may still be missing.</summary>
    Drafted,

    /// <summary>Its hold has been asked for (a <see cref="ToolEffect.Reserve"/> only).</summary>
    Placing,

    /// <summary>Its hold stands.</summary>
    Held,

    /// <summary>Authorised; sent with the next step that may.</summary>
    Authorised,

    /// <summary>Past the point of no return: journal and ledger have the intent.</summary>
    Dispatched,

    /// <summary>Sent, and nobody knows what became of it. It is looked up by key.</summary>
    Unknown,

    /// <summary>Effective.</summary>
    Done,

    /// <summary>Refused or failed; nothing was changed.</summary>
    Failed,

    /// <summary>Taken back before anything was held.</summary>
    Withdrawn,

    /// <summary>Its hold was given back.</summary>
    Released,

    /// <summary>Its hold ran out.</summary>
    Expired,

    /// <summary>Unknown for good: given to a person with its key.</summary>
    HandedOver,
}

/// <summary>At most one effect exists per key.</summary>
/// <param name="Call">The call.</param>
/// <param name="Tool">Tool name.</param>
/// <param name="Digest">Digest of tool and resolved arguments.</param>
/// <param name="Occurrence">1, and one more only after a known failure or when the caller plainly asks for another.</param>
public readonly record struct EffectKey(CallId Call, string Tool, Digest Digest, int Occurrence)
{
    /// <summary><c>call:tool:digest:occurrence</c>; the form that back ends get.</summary>
    public override string ToString() => $"{Call}:{Tool}:{Digest}:{Occurrence}";

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is of another form.</exception>
    public static EffectKey Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 4
            ? new(CallId.Parse(parts[0]), parts[1], new(parts[2]), int.Parse(parts[3]))
            : throw new FormatException("An effect key is call:tool:digest:occurrence.");
    }
}

/// <summary>One change that the agent would make, from the first wish to its end.</summary>
public sealed record Proposal
{
    /// <summary>Its id.</summary>
    public required ProposalId Id { get; init; }

    /// <summary>The task it serves.</summary>
    public required string Task { get; init; }

    /// <summary>Tool name.</summary>
    public required string Tool { get; init; }

    /// <summary>Where it stands.</summary>
    public ProposalStatus Status { get; init; }

    /// <summary>Resolved arguments, canonical.</summary>
    public ImmutableSortedDictionary<string, string> Arguments { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Digest of tool and arguments.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The node of the plan that wants it: its references say what it rests on.</summary>
    public required ToolCallId Call { get; init; }

    /// <summary>1, and one more only after a known failure or when the caller plainly asks for another.</summary>
    public int Occurrence { get; init; } = 1;

    /// <summary>The hold that stands for it now; see <see cref="ToolPlan.Holds"/>.</summary>
    public HoldId? Hold { get; init; }

    /// <summary>What placing the hold returned: fields for the read-back.</summary>
    public ToolResult? Placed { get; init; }

    /// <summary>The digest that was read back to the caller, once the read-back's words were heard; null = not read back.</summary>
    public Digest? ReadBack { get; init; }

    /// <summary>The words ask for it unmistakably.</summary>
    public bool Requested { get; init; }

    /// <summary>The committed words that authorised it: a request that the authoritative plan has read, or a plain yes; none = not authorised.</summary>
    public WordsHash AuthorisedBy { get; init; }

    /// <summary>The call that replaces it: the caller changed their mind. It is released once that one is held or has failed; null = it stands.</summary>
    public ToolCallId? ReplacedBy { get; init; }

    /// <summary>What phrases may name: arguments, and the first rows of the reads that it rests on.</summary>
    public ImmutableSortedDictionary<string, string> Fields { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The last turn in whose answer it was read back; 0 = none.</summary>
    public int ReadBackIn { get; init; }

    /// <summary>The read-back before the last one: it counts again where the turn that the last one answered goes on after all.</summary>
    public (int In, Digest? Digest) Earlier { get; init; }

    /// <summary>Look-ups sent so far for an unknown outcome.</summary>
    public int LookUps { get; init; }

    /// <summary>When the next look-up is due.</summary>
    public TimeSpan? LookUpAt { get; init; }

    /// <summary>What carrying it out returned.</summary>
    public ToolOutcome? Outcome { get; init; }

    /// <summary>Whether the caller has been told how it ended.</summary>
    public bool Reported { get; init; }

    /// <summary>The effect's key.</summary>
    public EffectKey Key => new(Call.Call, Tool, Digest, Occurrence);

    /// <summary>Not yet at one of its ends.</summary>
    public bool IsOpen => Status < ProposalStatus.Done;
}

/// <summary>Where a hold attempt stands. It ends as exactly one of the last three.</summary>
public enum HoldStatus
{
    /// <summary>Asked for.</summary>
    Placing,

    /// <summary>It stands.</summary>
    Held,

    /// <summary>Its release is with the outbox.</summary>
    Releasing,

    /// <summary>It became the effect.</summary>
    Confirmed,

    /// <summary>Given back.</summary>
    Released,

    /// <summary>Ran out by itself.</summary>
    Expired,
}

/// <summary>One hold attempt.</summary>
/// <param name="Id">Chosen by us before it was asked for.</param>
/// <param name="Proposal">What it is for.</param>
/// <param name="Tool">The tool that places it.</param>
/// <param name="ExpiresAt">Call time at which it runs out by itself.</param>
/// <param name="Status">Where it stands.</param>
public sealed record Hold(HoldId Id, ProposalId Proposal, string Tool, TimeSpan ExpiresAt, HoldStatus Status)
{
    /// <summary>Not yet at its end.</summary>
    public bool IsOpen => Status < HoldStatus.Confirmed;
}
