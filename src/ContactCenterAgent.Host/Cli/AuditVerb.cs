using System.CommandLine;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Storage;
using ContactCenterAgent.Storage.Journal;
using Spectre.Console;

namespace ContactCenterAgent.Host.Cli;

/// <summary><c>audit verify</c>: whether any journal was changed, cut short or removed.</summary>
internal static class AuditVerb
{
    public static Command Command()
    {
        var verify = new Command("verify", "Checks the hash chain of every journal in Storage:Folder. Reads only.");
        verify.SetAction(_ => Verify());
        return new("audit", "Checks what calls have left behind.") { verify };
    }

    private static int Verify()
    {
        var report = JournalAudit.Verify(HostSettings.Load().Of<StoreOptions>());
        foreach (var finding in report.Findings)
            AnsiConsole.MarkupLineInterpolated($"[{(finding.Kind == AuditFindingKind.Torn ? "yellow" : "red")}]{finding.Kind.ToString().ToLowerInvariant()}[/] {finding.File}: {finding.Message}");
        AnsiConsole.MarkupLineInterpolated($"{report.Journals} journals, {report.Records} records, {report.Open} open: {(report.Sound ? "sound" : "NOT sound")}");
        return report.Sound ? ExitCode.Ok : ExitCode.Failed;
    }
}
