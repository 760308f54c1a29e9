using System.Text;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Calls;

/// <summary>What a person who takes over should know: who, what is done, what is open, the last words.</summary>
internal static class Summary
{
    private const int LastLines = 6;

    public static string Of(CallState state)
    {
        var text = new StringBuilder();
        foreach (var (subject, level) in state.Assurance) text.Append($"Caller: {subject} ({level.ToString().ToLowerInvariant()}). ");
        foreach (var proposal in state.Tools.Proposals)
            if (proposal.Status is ProposalStatus.Done or ProposalStatus.Failed or ProposalStatus.Unknown or ProposalStatus.Dispatched or ProposalStatus.HandedOver)
                text.Append($"{proposal.Tool}: {proposal.Status.ToString().ToLowerInvariant()}. ");
        foreach (var task in state.Planning.Latest?.Tasks ?? state.Planning.Tasks) text.Append($"Wants: {task.Id}. ");
        foreach (var line in state.History.Skip(Math.Max(0, state.History.Length - LastLines))) text.Append($"{line.Who}: {line.Text.Value} ");
        return text.ToString().TrimEnd();
    }
}
