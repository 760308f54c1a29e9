using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.SpeculationBench.Product;

/// <summary>What came of one dialogue, seen from outside.</summary>
internal sealed record ProductRun(
    RecordedDialogue Dialogue, string Policy, IReadOnlyList<PlayedTurn> Played, IReadOnlyList<HeardAnswer> Heard, CallWatch Watch, int Unrecorded)
{
    /// <summary>A figure for every turn that was spoken.</summary>
    public IEnumerable<TurnFigure> Turns(ServiceCatalogue services)
    {
        for (var i = 0; i < Played.Count; i++) yield return Turn(services, Played[i], i + 1 < Played.Count ? Played[i + 1].Began : TimeSpan.MaxValue);
    }

    /// <summary>The state that was left behind.</summary>
    /// <param name="reachable">Annotated writes whose arguments were all known before their read-back.</param>
    public DialogueFigure State(ImmutableArray<string> reachable) => new(
        Dialogue.Id, Policy,
        [.. Watch.Sent.Where(s => s is { IsEffect: true, Succeeded: true }).Select(s => Readings.Text(s.Tool, s.Arguments)).Order(StringComparer.Ordinal)],
        reachable)
    { Unrecorded = Unrecorded };

    private TurnFigure Turn(ServiceCatalogue services, PlayedTurn played, TimeSpan next)
    {
        var call = Readings.CallAfter(Dialogue, played.Turn);
        var method = call is null ? null : services.Method(call.Name);
        if (method is null) call = null;
        var done = call is null ? null : Watch.Done(method!, call);
        if (done is not null && (done.Started >= next || (call!.IsWrite && done.Started < played.Began))) done = null;
        var window = Watch.Sent.Where(s => s.Started >= played.Began && s.Started < next).ToList();
        var answer = Heard.FirstOrDefault(h => h.Turn == played.Turn && h.Answers && h.At < next);
        var floor = Watch.Closes.Where(c => c >= played.Ended && c < next).Cast<TimeSpan?>().FirstOrDefault();
        var first = Heard.FirstOrDefault(h => h.Turn == played.Turn && h.At >= played.Ended && h.At < next);
        return new()
        {
            Dialogue = Dialogue.Id,
            Turn = played.Turn,
            Services = Dialogue.Services,
            Policy = Policy,
            Kind = call is null ? TurnKind.None : call.IsWrite ? TurnKind.Write : TurnKind.Read,
            Call = call?.Name,
            LatencyMs = (answer?.At - played.Ended)?.TotalMilliseconds,
            FloorMs = (floor - played.Ended)?.TotalMilliseconds,
            FirstAudioMs = (first?.At - floor)?.TotalMilliseconds,
            CallDoneMs = (done?.Ended - played.Ended)?.TotalMilliseconds,
            HeadStartMs = Readings.HeadStartMs(Dialogue, played.Turn),
            CallMade = done is not null,
            CallsStarted = window.Count + Watch.Released.Count(r => r.At >= played.Began && r.At < next),
            CallsWasted = window.Count(s => !s.IsEffect && s.Operation == ToolOperation.Invoke && s != done),
            FalseCloses = Watch.Closes.Count(c => c >= played.Began && c < played.Ended),
            FalseClosesWithEffect = window.Count(s => s.IsEffect && s.Started < played.Ended && IsUnsafe(services, played, s)),
            EffectsBeforeEnd = window.Count(s => s.IsEffect && s.Started < played.Ended && !IsUnsafe(services, played, s)),
            Retractions = Watch.Retractions.Count(r => r >= played.Began && r < next),
            UnsafeEffects = window.Count(s => s.IsEffect && IsUnsafe(services, played, s)),
            ModelCalls = Watch.ModelCalls.Count(m => m >= played.Began && m < next),
            BackEndSeconds = window.Sum(s => (s.Ended - s.Started)?.TotalSeconds ?? 0),
            HoldSeconds = window.Where(s => s.Operation == ToolOperation.Place).Sum(s => HeldFor(s)),
            Bars = [.. window.Where(s => s.Ended is not null).Select(s => new Bar($"{s.Tool} {s.Operation.ToString().ToLowerInvariant()}", Since(s.Started), Since(s.Ended!.Value)))],
        };

        double Since(TimeSpan at) => (at - played.Ended).TotalMilliseconds;
    }

    // From the placing to the confirm that used it up or the release that gave it back.
    private double HeldFor(SentCall place)
    {
        if (place is not { Succeeded: true, Ended: { } held }) return 0;
        var confirmed = Watch.Sent.FirstOrDefault(s => s.Operation == ToolOperation.Confirm && s.Hold == place.Hold)?.Ended;
        var released = Watch.Released.Where(r => r.Hold == place.Hold).Select(r => (TimeSpan?)r.At).FirstOrDefault();
        return ((confirmed ?? released ?? held) - held).TotalSeconds;
    }

    // An effect needs the yes of the whole turn, and what the recorded agent had read back before it.
    private bool IsUnsafe(ServiceCatalogue services, PlayedTurn played, SentCall effect)
    {
        var saidYes = Dialogue.Turns[played.Turn].Has("AFFIRM");
        var readBack = played.Turn > 0 && Readings.SaidBack(Dialogue.Turns[played.Turn - 1], services.Method(effect.Tool)!, effect.Arguments);
        return !saidYes || !readBack;
    }
}
