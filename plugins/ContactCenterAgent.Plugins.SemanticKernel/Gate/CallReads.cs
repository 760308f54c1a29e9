using System.Collections.Immutable;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>The reads of one call. A read of equal identity that is running or still fresh is shared, so what ran on a guess serves the turn that wants it. Thread-safe.</summary>
internal sealed class CallReads(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, (long At, Task<ToolOutcome> Outcome)> _reads = [];

    internal int Sent { get; private set; }

    /// <param name="tool">A read.</param>
    /// <param name="arguments">Canonical.</param>
    /// <param name="cancellationToken">Ends the waiting; the read itself goes on for whoever asks next.</param>
    internal Task<ToolOutcome> ReadAsync(Tool tool, ImmutableSortedDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        var identity = Digest.OfCall(tool.Descriptor, arguments);
        lock (_gate)
        {
            if (_reads.TryGetValue(identity, out var earlier) && Serves(tool.Descriptor, earlier.At, earlier.Outcome)) return earlier.Outcome.WaitAsync(cancellationToken);
            Sent++;
            var outcome = SendAsync(tool, arguments);
            _reads[identity] = (time.GetTimestamp(), outcome);
            return outcome.WaitAsync(cancellationToken);
        }
    }

    private bool Serves(ToolDescriptor tool, long at, Task<ToolOutcome> outcome) =>
        !outcome.IsCompleted || (outcome.Result is ToolOutcome.Succeeded && time.GetElapsedTime(at) < tool.MaxAge);

    private async Task<ToolOutcome> SendAsync(Tool tool, ImmutableSortedDictionary<string, string> arguments)
    {
        await Task.Yield();
        using var deadline = new CancellationTokenSource(tool.Descriptor.Deadline, time);
        try
        {
            var json = await ToolCalls.InvokeAsync(tool.Invoke, arguments, [], deadline.Token);
            return ToolResult.TryParse(json, out var result) ? new ToolOutcome.Succeeded(result) : new ToolOutcome.Failed(new ToolFailure.Broken());
        }
#pragma warning disable CA1031 // A tool may throw anything; each becomes a typed failure.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return new ToolOutcome.Failed(fault switch
            {
                ToolRefusedException refused => new ToolFailure.Refused(refused.Reason),
                ToolUnavailableException => new ToolFailure.Unavailable(),
                OperationCanceledException => new ToolFailure.TimedOut(tool.Descriptor.Deadline),
                ArgumentException { ParamName: { } name } when tool.Descriptor.Parameter(name) is not null => new ToolFailure.Invalid(name),
                _ => new ToolFailure.Broken(),
            });
        }
    }
}

/// <summary>Calls a tool's function as the runtime does.</summary>
internal static class ToolCalls
{
    /// <returns>JSON.</returns>
    internal static async Task<string> InvokeAsync(
        AIFunction function, IEnumerable<KeyValuePair<string, string>> arguments, IEnumerable<KeyValuePair<string, object?>> context, CancellationToken cancellationToken)
    {
        var given = new AIFunctionArguments(StringComparer.Ordinal) { Context = new Dictionary<object, object?>() };
        foreach (var (name, value) in arguments) given[name] = value;
        foreach (var (name, value) in context) given.Context[name] = value;
        return await function.InvokeAsync(given, cancellationToken) switch
        {
            null => "null",
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
            JsonElement element => element.GetRawText(),
            var other => JsonSerializer.Serialize(other, function.JsonSerializerOptions),
        };
    }
}
