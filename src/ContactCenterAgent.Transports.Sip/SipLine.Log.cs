using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Trunks;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Transports.Sip;

public sealed partial class SipLine
{
    [LoggerMessage(200, LogLevel.Error, "sip.broke {Line}: {Fault}; the message that did it is dropped, calls go on")]
    private partial void LogBroke(string line, string fault);

    [LoggerMessage(201, LogLevel.Information, "sip.trunk {Line} {Trunk}: {State}, status {Status}")]
    private partial void LogTrunk(string line, string trunk, TrunkState state, int status);

    [LoggerMessage(202, LogLevel.Information, "sip.transfer {Line}: {Outcome}, status {Status}")]
    private partial void LogTransfer(string line, SipTransferOutcome outcome, int status);

    [LoggerMessage(203, LogLevel.Debug, "sip.ended {Line}: {End}, status {Status}")]
    private partial void LogEnded(string line, SipEnd end, int status);

    [LoggerMessage(204, LogLevel.Warning, "sip.no_port {Line}: ports {First} to {Last} are all taken; a call is refused with 503, or not made")]
    private partial void LogNoPort(string line, int first, int last);

    [LoggerMessage(205, LogLevel.Information, "sip.replaced {Line}: another call has taken the place of the caller's")]
    internal partial void LogReplaced(string line);
}
