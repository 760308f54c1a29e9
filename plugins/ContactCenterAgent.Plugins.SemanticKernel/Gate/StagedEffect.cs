using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>A change that a kernel's function loop has asked for: staged, read back, authorised by the caller, dispatched once.</summary>
public sealed record StagedEffect
{
    /// <summary>1, 2, 3 ... within the call.</summary>
    public required int Number { get; init; }

    /// <summary>The tool's name.</summary>
    public required string Tool { get; init; }

    /// <summary>Digest of tool and arguments: what a yes is to.</summary>
    public required Digest Digest { get; init; }

    /// <summary>Resolved arguments, canonical; personal.</summary>
    public required Pii<ImmutableSortedDictionary<string, string>> Arguments { get; init; }

    /// <summary>Where it stands.</summary>
    public ProposalStatus Status { get; init; }

    /// <summary>What to say before "Shall I?"; personal.</summary>
    public required Pii<string> ReadBack { get; init; }

    /// <summary>Its hold, where the tool reserves.</summary>
    public HoldId? Hold { get; init; }

    /// <summary>When the hold runs out by itself, UTC.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>What became of it, for a model: JSON with <c>status</c>; null while it is open.</summary>
    public Pii<JsonObject>? Outcome { get; init; }

    /// <summary>Not yet at one of its ends.</summary>
    public bool IsOpen => Status < ProposalStatus.Done;
}
