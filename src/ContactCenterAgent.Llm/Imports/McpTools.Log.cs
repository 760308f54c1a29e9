using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Llm.Imports;

public sealed partial class McpTools
{
    [LoggerMessage(310, LogLevel.Warning, "mcp.reconnecting {Source}: {Why}; its tools fail at once until it is back")]
    private partial void LogLost(string source, string why);

    [LoggerMessage(311, LogLevel.Warning, "mcp.connected {Source}: back after {Elapsed}, attempt {Attempt}; refused: {Refused}")]
    private partial void LogBack(string source, TimeSpan elapsed, int attempt, string refused);

    [LoggerMessage(312, LogLevel.Warning, "mcp.tools_changed {Source}: refused: {Refused}")]
    private partial void LogChanged(string source, string refused);
}
