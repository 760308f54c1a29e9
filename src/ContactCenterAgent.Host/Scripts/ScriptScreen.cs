using System.Globalization;
using System.Text.Json;
using ContactCenterAgent.Host.Timelines;
using ContactCenterAgent.Simulation;
using Spectre.Console;

namespace ContactCenterAgent.Host.Scripts;

/// <summary>Shows calls as they run: drawn anew ten times a second on a terminal, row by row elsewhere.</summary>
/// <param name="console">Where to.</param>
internal sealed class ScriptScreen(IAnsiConsole console)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly bool _live = console.Profile.Out.IsTerminal;

    /// <summary>Announces a call.</summary>
    public void Title(string name, string description)
    {
        console.Write(new Rule($"[bold]{Markup.Escape(name)}[/]") { Justification = Justify.Left });
        console.MarkupLineInterpolated($"[grey]{description}[/]");
        console.WriteLine();
    }

    /// <summary>Shows a call until <paramref name="call"/> has ended.</summary>
    /// <param name="view">What it looks like.</param>
    /// <param name="call">The call itself.</param>
    /// <param name="typing">What the caller is typing now; null = nobody types here.</param>
    public async Task<T> WatchAsync<T>(CallView view, Task<T> call, Func<string>? typing = null)
    {
        if (_live) await DrawAsync(view, call, typing);
        else await ListAsync(view, call);
        var result = await call;
        if (!_live) console.WriteLine();
        console.Write(new StaffPicture(view.Draw(StaffPicture.Width(console))));
        return result;
    }

    /// <summary>What came of a script, beside its twin.</summary>
    public void Result(ScriptRun run, ScriptRun twin)
    {
        foreach (var (ours, theirs) in run.Turns.Zip(twin.Turns))
        {
            if (ours.ResponseLatency is not { } fast) continue;
            var text = ours.Text.Length <= 60 ? ours.Text : ours.Text[..59] + "…";
            console.MarkupLineInterpolated($"  [grey]\"{text}\"[/]");
            Bar("answered after", fast, Color.Green);
            if (theirs.ResponseLatency is { } slow) Bar("sequential twin", slow, Color.Grey, fast > TimeSpan.Zero ? $"  {slow / fast:0.0}x" : "");
        }

        foreach (var failure in run.Failures) console.MarkupLineInterpolated($"  [red]not as expected:[/] {failure}");
        console.WriteLine();
    }

    /// <summary>All scripts in one table.</summary>
    public void Summary(IReadOnlyList<ScriptResult> results)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in (string[])["script", "", "mean wait", "sequential", "faster", "committed"]) table.AddColumn(column);
        foreach (var result in results)
        {
            var faster = result.SequentialMs / result.ResponseMs;
            table.AddRow(
                Markup.Escape(result.Name), result.Ok ? "[green]ok[/]" : "[red]FAILED[/]", Milliseconds(result.ResponseMs), Milliseconds(result.SequentialMs),
                faster is { } f ? f.ToString("0.0x", CultureInfo.InvariantCulture) : "", Markup.Escape(string.Join(", ", result.Committed)));
        }

        console.Write(table);
    }

    private void Bar(string name, TimeSpan span, Color color, string after = "")
    {
        var bar = new string('█', Math.Clamp((int)(span.TotalSeconds * 10), 1, 60));
        console.Write(new Text($"  {name,-16} "));
        console.Write(new Text(bar, new(color)));
        console.WriteLine($" {Timeline.Seconds(span)}{after}");
    }

    private async Task DrawAsync(CallView view, Task call, Func<string>? typing)
    {
        var width = StaffPicture.Width(console);
        var lines = Math.Max(8, console.Profile.Height - 3);
        await console.Live(new Text("")).AutoClear(true).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(Every, TimeProvider.System);
            while (!call.IsCompleted)
            {
                var picture = new StaffPicture(view.Draw(width), lines);
                live.UpdateTarget(typing is null ? picture : new Rows(picture, new Text($"you      {typing()}▏")));
                await timer.WaitForNextTickAsync();
            }
        });
    }

    private async Task ListAsync(CallView view, Task call)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        for (var shown = 0; ;)
        {
            var ended = call.IsCompleted;
            var rows = view.Read(shown).Rows;
            foreach (var row in rows.Where(r => r.Lane != Lane.Caller)) console.WriteLine(Line(row));
            shown += rows.Count;
            if (ended) return;
            await timer.WaitForNextTickAsync();
        }
    }

    private static string Line(TimelineRow row) =>
        $"{row.At.TotalSeconds,7:0.00} s  {row.Lane.ToString().ToLowerInvariant(),-6} {Name(row.Kind),-12} {row.Text}{(row.Kind == RowKind.Failed ? $" ({row.Note})" : "")}".TrimEnd();

    private static string Name(RowKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()).Replace('_', ' ');

    private static string Milliseconds(double? value) => value is { } ms ? $"{ms / 1000:0.00} s" : "";
}
