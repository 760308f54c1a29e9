using System.Text.Json.Nodes;

namespace ContactCenterAgent.Llm.Tests.Loopback;

/// <summary>What the server does next, within one answer.</summary>
internal abstract record LoopbackStep
{
    private LoopbackStep() { }

    /// <summary>Writes a bit of text.</summary>
    public sealed record Text(string Bit) : LoopbackStep;

    /// <summary>Writes a bit of a tool call's arguments; the first bit of an index also names it.</summary>
    public sealed record Arguments(string Tool, string Bit, int Index = 0) : LoopbackStep;

    /// <summary>Writes a bit of a refusal.</summary>
    public sealed record Refusal(string Bit) : LoopbackStep;

    /// <summary>Waits until a test lets it go on.</summary>
    public sealed record Wait(Task Until) : LoopbackStep;

    /// <summary>Writes a line that is no event of the protocol.</summary>
    public sealed record Garbage(string Line) : LoopbackStep;

    /// <summary>Breaks the connection.</summary>
    public sealed record Die : LoopbackStep;
}

/// <summary>One answer of the server.</summary>
internal sealed record LoopbackAnswer(params LoopbackStep[] Steps)
{
    /// <summary>HTTP status; other than 200, the steps are not played.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Further headers.</summary>
    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>Why the model stops; null = the stream ends without saying.</summary>
    public string? Finish { get; init; } = "stop";

    /// <summary>A text in bits of a size.</summary>
    public static LoopbackAnswer Says(string text, int bit = 16) => new([.. Bits(text, bit).Select(b => new LoopbackStep.Text(b))]);

    /// <summary>A tool call whose arguments come in bits of a size.</summary>
    public static LoopbackAnswer Calls(string tool, string arguments, int bit = 16) =>
        new([.. Bits(arguments, bit).Select(b => new LoopbackStep.Arguments(tool, b))]) { Finish = "tool_calls" };

    /// <summary>An HTTP error.</summary>
    public static LoopbackAnswer Fails(int status, params (string, string)[] headers) => new() { Status = status, Headers = headers };

    private static IEnumerable<string> Bits(string text, int size)
    {
        for (var i = 0; i < text.Length; i += size) yield return text.Substring(i, Math.Min(size, text.Length - i));
    }
}

/// <summary>A request as the server got it.</summary>
internal sealed record LoopbackRequest(string Path, IReadOnlyDictionary<string, string> Headers, JsonNode? Body);
