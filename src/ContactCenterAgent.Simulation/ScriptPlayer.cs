using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Runtime;

namespace ContactCenterAgent.Simulation;

/// <summary>Plays scripts against the agent, in real or in virtual time, and says whether what came of them is what they expect.</summary>
public static class ScriptPlayer
{
    /// <summary>Virtual time that a script may take.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(30);

    /// <summary>How long releases that are still open after the call are waited for.</summary>
    private static readonly TimeSpan ReleasedWithin = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Plays a script on the time of <paramref name="services"/>.</summary>
    /// <param name="script">The script. Its start is the call's local time.</param>
    /// <param name="services">What the call is run with; <see cref="AgentSettings.Speculation"/> makes it the agent or its sequential twin.</param>
    /// <param name="cancellationToken">Hangs up.</param>
    public static async Task<ScriptRun> PlayAsync(CallScript script, CallServices services, CancellationToken cancellationToken)
    {
        var recorder = new StepRecorder();
        await using var host = new CallHost(services with { Observers = services.Observers.Add(recorder), LocalTime = _ => script.Start });
        var transport = new ScriptedTransport(script, services.Time);
        var record = await host.RunAsync(transport, cancellationToken);

        var since = services.Time.GetTimestamp();
        while (host.OpenReleases > 0 && services.Time.GetElapsedTime(since) < ReleasedWithin) await Task.Delay(LookEvery, services.Time, cancellationToken);
        var entries = await services.Ledger.EntriesAsync(record.Call, cancellationToken);
        var holds = await services.Ledger.HoldsAsync(record.Call, cancellationToken);
        var run = new ScriptRun(
            script.Name, record.Call, record, Timings(transport, recorder.Steps), [.. transport.Heard],
            [.. entries.Where(e => e.State == LedgerState.Done).Select(e => e.Key.Tool)], [.. holds], [.. recorder.Steps], []);
        return run with { Failures = [.. Failures(script.Expect, run, transport.Problem)] };
    }

    /// <summary>Plays a script on virtual time.</summary>
    /// <param name="script">The script.</param>
    /// <param name="services">Makes what the call is run with on the given time; nothing in it may leave the driver's thread.</param>
    public static ScriptRun PlayOnVirtualTime(CallScript script, Func<VirtualTime, CallServices> services)
    {
        var time = new VirtualTime(new(script.Start, TimeSpan.Zero));
        return time.Run(() => PlayAsync(script, services(time), CancellationToken.None), Within);
    }

    private static ImmutableArray<TurnTiming> Timings(ScriptedTransport transport, IReadOnlyList<RecordedStep> steps)
    {
        var timings = ImmutableArray.CreateBuilder<TurnTiming>();
        var spoken = transport.Spoken;
        for (var i = 0; i < spoken.Count; i++)
        {
            var from = spoken[i].Until;
            var until = i + 1 < spoken.Count ? spoken[i + 1].Until : TimeSpan.MaxValue;
            var after = transport.Heard.Where(h => h.StartedAt >= from && h.StartedAt < until).ToList();
            var next = i + 1 < spoken.Count ? spoken[i + 1].From : TimeSpan.MaxValue;
            var tools = steps.Any(s => s.Happened.At >= spoken[i].From && s.Happened.At < next && s.Commands.Any(c => c is StartTool));
            timings.Add(new(spoken[i].Turn, spoken[i].Text, from, after.Find(h => h.Answers)?.StartedAt - from, after.FirstOrDefault()?.StartedAt - from, tools));
        }

        return timings.ToImmutable();
    }

    private static IEnumerable<string> Failures(ScriptExpectation expect, ScriptRun run, string? problem)
    {
        if (problem is not null) yield return problem;
        if (expect.Committed is { } committed && !committed.SequenceEqual(run.Committed, StringComparer.Ordinal))
            yield return $"committed: expected [{string.Join(", ", committed)}], found [{string.Join(", ", run.Committed)}]";
        if (expect.Disposition is { } disposition && disposition != run.Record.Disposition)
            yield return $"disposition: expected {disposition}, found {run.Record.Disposition}";
        foreach (var text in expect.Said.Where(t => !run.Heard.Any(h => Contains(h, t)))) yield return $"never said: {text}";
        foreach (var text in expect.NotSaid.Where(t => run.Heard.Any(h => Contains(h, t)))) yield return $"must not be said: {text}";
        var released = run.Holds.Count(h => h.End is HoldEnd.Released or HoldEnd.Expired);
        if (expect.Released is { } wanted && wanted != released) yield return $"released holds: expected {wanted}, found {released}";
        foreach (var hold in run.Holds.Where(h => h.End is null)) yield return $"a hold of {hold.Tool} has no end";
    }

    private static bool Contains(HeardPrompt heard, string text) => heard.Prompt.Text.Value.Contains(text, StringComparison.OrdinalIgnoreCase);
}
