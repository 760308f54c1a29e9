using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm;

/// <summary>
/// A bit of a tool call's arguments while the model writes them. Clients that stream arguments give these as they come, and at the end the whole call as
/// <see cref="FunctionCallContent"/>; a reader that cannot use bits passes over them.
/// </summary>
/// <param name="callId">The call's id within the answer.</param>
/// <param name="name">The tool's name.</param>
/// <param name="text">The next characters of the JSON.</param>
public sealed class ToolArgumentsContent(string callId, string name, string text) : AIContent
{
    /// <summary>The call's id within the answer.</summary>
    public string CallId { get; } = callId;

    /// <summary>The tool's name.</summary>
    public string Name { get; } = name;

    /// <summary>The next characters of the JSON. Personal.</summary>
    public string Text { get; } = text;
}
