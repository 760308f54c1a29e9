using System.Text.Json;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Runtime;

/// <summary>
/// Calls one function of one tool within a deadline, whatever the function does. Cancellation is awaited for a grace time; a function that ignores it
/// is abandoned, and what it returns later is only logged.
/// </summary>
internal sealed partial class ToolCaller(TimeProvider time, RuntimeOptions options, ILogger log)
{
    private readonly ILogger _log = log;

    /// <summary>Calls.</summary>
    /// <returns>JSON of the form that <see cref="ToolResult"/> reads.</returns>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    /// <exception cref="OperationCanceledException">The caller's token fired, and the function stopped or was abandoned.</exception>
    /// <exception cref="NonsenseException">What it returned is not of a tool's form.</exception>
    /// <exception cref="Exception">Whatever the function threw.</exception>
    internal async Task<string> CallAsync(string tool, AIFunction function, AIFunctionArguments arguments, TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(deadline > TimeSpan.Zero ? deadline : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var began = time.GetTimestamp();
        var work = InvokeAsync(function, arguments, either.Token);
        if (!work.IsCompleted && !await EndsOrFiresAsync(work, either.Token) && !await work.EndsWithinAsync(options.CancelGrace, time))
        {
            Abandon(tool, work, began);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException();
        }

        try
        {
            return Json(function, await work);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private static async Task<object?> InvokeAsync(AIFunction function, AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        await function.InvokeAsync(arguments, cancellationToken);

    private static async Task<bool> EndsOrFiresAsync(Task work, CancellationToken token)
    {
        await work.WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return work.IsCompleted;
    }

    private void Abandon(string tool, Task work, long began)
    {
        CallMetrics.ToolsAbandoned.Add(1, new KeyValuePair<string, object?>("tool", tool));
        LogAbandoned(tool, time.GetElapsedTime(began));
        _ = work.ContinueWith(
            late => LogLate(tool, late.Exception?.GetBaseException().GetType().Name ?? late.Status.ToString(), time.GetElapsedTime(began)),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private string Json(AIFunction function, object? returned)
    {
        var json = returned switch
        {
            null => "null",
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
            JsonElement element => element.GetRawText(),
            _ => JsonSerializer.Serialize(returned, function.JsonSerializerOptions),
        };
        return json.Length <= options.ResultCharacters && ToolResult.TryParse(json, out _) ? json : throw new NonsenseException();
    }

    [LoggerMessage(30, LogLevel.Warning, "tool.abandoned {Tool}: ignored its cancellation, {Elapsed} after it was called")]
    private partial void LogAbandoned(string tool, TimeSpan elapsed);

    [LoggerMessage(31, LogLevel.Warning, "tool.late {Tool}: {Outcome}, {Elapsed} after it was called; nothing is done with it")]
    private partial void LogLate(string tool, string outcome, TimeSpan elapsed);
}

/// <summary>A tool returned something that is not of a tool's form.</summary>
internal sealed class NonsenseException() : Exception("The tool returned something that is not of its form.");
