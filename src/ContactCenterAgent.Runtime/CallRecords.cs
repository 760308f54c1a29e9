using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Runtime;

/// <summary>Makes the call detail record from the last state.</summary>
internal static class CallRecords
{
    internal static CallRecord Of(CallLoop loop, ICallTransport transport, DateTimeOffset startedAt, DateTimeOffset endedAt, Disposition disposition)
    {
        var state = loop.State;
        var latencies = state.ResponseLatencies.Sort();
        return new(
            state.Id, transport.Line, transport.CallerNumber, startedAt, loop.AnsweredAt is { } answered ? startedAt + answered : null, endedAt, disposition,
            state.Turn.Number, loop.ToolCalls, state.Tools.Proposals.Count(p => p.Status == ProposalStatus.Done),
            latencies.IsEmpty ? null : latencies[(latencies.Length - 1) / 2], latencies.IsEmpty ? null : latencies[^1],
            transport.Recording);
    }
}
