using System.CommandLine;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Host.Timelines;
using ContactCenterAgent.Storage;
using ContactCenterAgent.Storage.Journal;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace ContactCenterAgent.Host.Cli;

/// <summary><c>replay FILE</c>: a recorded call again, its timeline, and whether every command comes out as it was recorded.</summary>
internal static class ReplayVerb
{
    public static Command Command()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A journal: Storage:Folder/journals/DAY/CALL.journal." };
        var replay = new Command("replay", "Steps a journal again, draws its timeline and compares every command.") { file };
        replay.SetAction(parsed => Replay(parsed.GetRequiredValue(file).FullName));
        return replay;
    }

    private static int Replay(string file)
    {
        if (!File.Exists(file)) throw new FileNotFoundException($"There is no journal '{file}'.");
        var journal = JournalReader.Read(file, CallKeys.In(HostSettings.Load().Of<StoreOptions>()));
        var timeline = new Timeline();
        var report = Replayer.Replay(journal);
        Draw(journal, timeline);
        AnsiConsole.Write(new StaffPicture(Staff.Draw(timeline.Rows, report.Final.Now, StaffPicture.Width(AnsiConsole.Console))));
        AnsiConsole.MarkupLineInterpolated($"{report.Events} events, {report.Commands} commands: {(report.Identical ? "identical" : report.Difference!.ToString())}");
        if (!report.SameRules) AnsiConsole.MarkupLine("The journal was written by another build; a difference may be a change that was meant.");
        return report.Identical ? ExitCode.Ok : ExitCode.Failed;
    }

    private static void Draw(CallHistory journal, Timeline timeline)
    {
        var state = CallAgent.Begin(journal.Header.Call, journal.Header.Settings);
        foreach (var step in journal.Steps)
        {
            var before = state;
            (state, var commands) = CallAgent.Step(before, step.Happened);
            timeline.Add(step.Happened, before, state, commands);
        }
    }
}
