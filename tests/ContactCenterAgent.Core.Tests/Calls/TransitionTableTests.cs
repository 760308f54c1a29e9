using System.Text;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Laws;

namespace ContactCenterAgent.Core.Tests.Calls;

/// <summary>The page <c>docs/transitions.md</c> is the table: this test writes it (set <c>UPDATE_DOCS=1</c>) and fails where it is out of date.</summary>
public sealed class TransitionTableTests
{
    private const int Calls = 3_000;

    [Fact]
    public void Page_IsMadeFromTheTable()
    {
        var page = Path.Combine(Root(), "docs", "transitions.md");
        var wanted = Page();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(page, wanted);

        File.ReadAllText(page).ShouldBe(wanted, "docs/transitions.md is out of date: run this test with UPDATE_DOCS=1");
    }

    [Fact]
    public void EveryTrigger_InEveryPhase_HasARow()
    {
        // A call arrives once, as its first event; everything else may happen in any phase, and needs a row that no guard can refuse.
        var rows = TransitionTable.Describe().Where(r => r.Guard.Length == 0).ToList();
        foreach (var trigger in Enum.GetNames<Trigger>().Where(t => t is not "Arrived"))
            foreach (var phase in Enum.GetNames<CallPhase>())
                rows.ShouldContain(r => r.Trigger == trigger && (r.Phases == "any" || r.Phases.Split(", ").Contains(phase)), $"{trigger} in {phase}");
    }

    private static string Page()
    {
        var page = new StringBuilder();
        page.AppendLine("# Transitions of a call").AppendLine();
        page.AppendLine("This page is written by a test from the transition table (`TransitionTable.Rows`). The first row that fits is taken;");
        page.AppendLine("what follows from the state and the time alone (thresholds, starts, replies, silence) comes after the row, in every step.").AppendLine();
        page.AppendLine("## Phases").AppendLine();
        page.AppendLine($"Changes of phase that {Calls:n0} random calls went through.").AppendLine();
        page.AppendLine("```mermaid").AppendLine("stateDiagram-v2").AppendLine("    [*] --> Arriving");
        foreach (var (from, to, triggers) in Changes()) page.AppendLine($"    {from} --> {to}: {triggers}");
        page.AppendLine("    Ended --> [*]").AppendLine("```").AppendLine();
        page.AppendLine("## Rows").AppendLine();
        page.AppendLine("| phase | event | if | rule | because |").AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var row in TransitionTable.Describe())
            page.AppendLine($"| {row.Phases} | {row.Trigger} | {row.Guard} | {row.Rule} | {row.Because} |");
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static IEnumerable<(CallPhase From, CallPhase To, string Triggers)> Changes()
    {
        var changes = new SortedDictionary<(CallPhase, CallPhase), SortedSet<string>>();
        StepResult Watch(CallState state, CallEvent happened)
        {
            var step = CallAgent.Step(state, happened);
            if (step.State.Phase == state.Phase) return step;
            var change = (state.Phase, step.State.Phase);
            if (!changes.TryGetValue(change, out var triggers)) changes[change] = triggers = [];
            triggers.Add(TransitionTable.TriggerOf(happened).ToString());
            return step;
        }

        var random = new Random(7);
        for (var call = 0; call < Calls; call++) RandomCall.Play(Enumerable.Range(0, 40).Select(_ => random.Next(0x10000)).ToArray(), step: Watch);
        return changes.Select(change => (change.Key.Item1, change.Key.Item2, string.Join(", ", change.Value)));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ContactCenterAgent.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
