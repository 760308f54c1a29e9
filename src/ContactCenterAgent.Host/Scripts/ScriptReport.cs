using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterAgent.Host.Timelines;
using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Host.Scripts;

/// <summary>What <c>call --json</c> writes. Scripts and dashboards rely on these names.</summary>
internal sealed record ScriptReport(IReadOnlyList<ScriptResult> Scripts)
{
    /// <summary>The JSON of it.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ScriptReportJson.Default.ScriptReport);
}

/// <summary>One script.</summary>
/// <param name="Name">The script's name.</param>
/// <param name="Ok">All came as the script expects.</param>
/// <param name="ResponseMs">Mean response latency of the answered turns that needed a tool, of all where none did; null = none was answered.</param>
/// <param name="SequentialMs">The same of the sequential twin; null = there is no twin.</param>
/// <param name="Timeline">Every row.</param>
/// <param name="Committed">Tools whose effects were carried out, in order.</param>
internal sealed record ScriptResult(
    string Name, bool Ok, double? ResponseMs, double? SequentialMs, IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<string> Committed)
{
    public static ScriptResult Of(ScriptRun run, ScriptRun twin, CallView view) => new(
        run.Script, run.Ok, Milliseconds(run.ResponseLatency), Milliseconds(twin.ResponseLatency), Entries(view), run.Committed);

    public static IReadOnlyList<TimelineEntry> Entries(CallView view) => [.. view.Read(0).Rows.Select(TimelineEntry.Of)];

    public static double? Milliseconds(TimeSpan? span) => span is { } s ? Math.Round(s.TotalMilliseconds, 1) : null;
}

/// <summary>One row of a timeline, times in milliseconds since the call began.</summary>
internal sealed record TimelineEntry(double AtMs, double? FromMs, Lane Lane, RowKind Kind, int Id, string Text, string? Note)
{
    public static TimelineEntry Of(TimelineRow row) => new(
        Math.Round(row.At.TotalMilliseconds, 1), ScriptResult.Milliseconds(row.From), row.Lane, row.Kind, row.Id, row.Text, row.Note);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, Converters = [typeof(LowerCaseNames<Lane>), typeof(LowerCaseNames<RowKind>)])]
[JsonSerializable(typeof(ScriptReport))]
internal sealed partial class ScriptReportJson : JsonSerializerContext;
