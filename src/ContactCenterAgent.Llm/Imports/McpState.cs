namespace ContactCenterAgent.Llm.Imports;

/// <summary>Whether a server of tools can be asked.</summary>
public enum McpState
{
    /// <summary>Its tools can be called, but for those that it refuses (<see cref="McpTools.Refused"/>).</summary>
    Connected,

    /// <summary>It is gone; every call fails at once with nothing changed, until it is back.</summary>
    Reconnecting,
}
