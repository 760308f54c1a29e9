using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ContactCenterAgent.Transports.Sip;

namespace ContactCenterAgent.Host.Console;

/// <summary>What the host has open and holds in memory.</summary>
/// <param name="Calls">Calls that are up, on all lines.</param>
/// <param name="Sip">The SIP line; null = there is none.</param>
/// <param name="HeapBytes">Managed memory in use. While no call is up it has just been collected: what is left is what is really held.</param>
/// <param name="Pauses">Share of the host's life in which garbage collection stopped it, in per cent.</param>
/// <param name="Servers">The MCP servers that tools come from.</param>
internal sealed record HostFigures(int Calls, SipFigures? Sip, long HeapBytes, double Pauses, ImmutableArray<SourceFigures> Servers)
{
    /// <summary>As they stand now.</summary>
    public static async Task<HostFigures> ReadAsync(int calls, SipLine? line, ImmutableArray<SourceFigures> servers)
    {
        var sip = line is null ? null : await line.FiguresAsync();
        // A collection disturbs nobody while nobody talks.
        return new(calls, sip, GC.GetTotalMemory(forceFullCollection: calls == 0), GC.GetGCMemoryInfo().PauseTimePercentage, servers);
    }
}

/// <summary>A server that tools come from.</summary>
/// <param name="Name">Its name in the settings.</param>
/// <param name="State">A name of <see cref="Llm.Imports.McpState"/>.</param>
/// <param name="Refused">Its tools that are refused since it has described them anew, with the reason.</param>
internal sealed record SourceFigures(string Name, string State, ImmutableArray<string> Refused);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HostFigures))]
internal sealed partial class FiguresJson : JsonSerializerContext;
