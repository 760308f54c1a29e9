using System.Collections.Immutable;
using System.CommandLine;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host.Scripts;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Host.Timelines;
using ContactCenterAgent.Simulation;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace ContactCenterAgent.Host.Cli;

/// <summary><c>call</c>: scripts in real time as a live timeline, each with its sequential twin.</summary>
internal static class CallVerb
{
    private const string Typed = "-";

    public static Command Command()
    {
        var script = new Option<string?>("--script") { Description = "One script: a file, the name of one that comes with the program, or - to type as the caller.", HelpName = "FILE|-" };
        var json = new Option<FileInfo?>("--json") { Description = "Writes what came of the scripts as JSON.", HelpName = "FILE" };
        var seed = new Option<int>("--seed") { Description = "Seed of the demo business and of its back ends' latencies.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var call = new Command("call", "Plays calls in real time as a live timeline, each against its sequential twin on virtual time.") { script, json, seed };
        call.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(script), parsed.GetValue(json)?.FullName, parsed.GetValue(seed), cancellationToken));
        return call;
    }

    private static async Task<int> RunAsync(string? script, string? json, int seed, CancellationToken cancellationToken)
    {
        using var stage = new ScriptStage(HostSettings.Load(), seed);
        var screen = new ScriptScreen(AnsiConsole.Console);
        // Found out now and not after four minutes.
        using var output = json is null ? null : JsonFile.Begin(json);
        var results = new List<ScriptResult>();
        if (script == Typed) results.Add(await TypedCall.RunAsync(stage, screen, cancellationToken));
        else foreach (var one in Scripts(script)) results.Add(await PlayAsync(one, stage, screen, cancellationToken));
        screen.Summary(results);
        if (output is not null) await output.CompleteAsync(new ScriptReport(results).ToJson(), cancellationToken);
        return results.TrueForAll(r => r.Ok) ? ExitCode.Ok : ExitCode.Failed;
    }

    private static ImmutableArray<CallScript> Scripts(string? name)
    {
        if (name is null) return ScriptLibrary.All;
        var known = ScriptLibrary.All.Where(s => s.Name == name).ToImmutableArray();
        return known.IsEmpty ? [CallScript.Load(name)] : known;
    }

    private static async Task<ScriptResult> PlayAsync(CallScript script, ScriptStage stage, ScriptScreen screen, CancellationToken cancellationToken)
    {
        var twin = await stage.PlayOnVirtualTimeAsync(script, Speculation.Sequential, observer: null, cancellationToken);
        screen.Title(script.Name, script.Description);
        var view = new CallView(TimeProvider.System);
        var (run, _) = await screen.WatchAsync(view, stage.PlayAsync(script, view, cancellationToken));
        screen.Result(run, twin);
        return ScriptResult.Of(run, twin, view);
    }
}
