using System.Text.Json;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results;

/// <summary><c>turns.jsonl</c>: a turn of a policy a line, by planner, dialogue, turn and policy, times to a thousandth of a millisecond.</summary>
internal static class TurnLines
{
    private static readonly JsonWriterOptions Plain = new() { Indented = false };

    /// <param name="planners">In the order in which they are written.</param>
    /// <param name="to">Receives UTF-8 with a line feed after each line; stays open.</param>
    public static void Write(IEnumerable<PlannerFigures> planners, Stream to)
    {
        foreach (var planner in planners)
        {
            var turns = planner.Names.SelectMany((name, order) => planner[name].Turns.Select(t => (Turn: t, Order: order)))
                .OrderBy(t => t.Turn.Dialogue, StringComparer.Ordinal).ThenBy(t => t.Turn.Turn).ThenBy(t => t.Order);
            foreach (var (turn, _) in turns)
            {
                using (var json = new Utf8JsonWriter(to, Plain)) Write(planner.Planner, turn, json);
                to.WriteByte((byte)'\n');
            }
        }
    }

    private static void Write(string planner, TurnFigure turn, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("planner", planner);
        json.WriteString("policy", turn.Policy);
        json.WriteString("dialogue", turn.Dialogue);
        json.WriteNumber("turn", turn.Turn);
        json.WriteStartArray("services");
        foreach (var service in turn.Services) json.WriteStringValue(service);
        json.WriteEndArray();
        json.WriteString("kind", turn.Kind.ToString().ToLowerInvariant());
        if (turn.Call is null) json.WriteNull("call");
        else json.WriteString("call", turn.Call);
        Number(json, "latency_ms", turn.LatencyMs);
        Number(json, "floor_ms", turn.FloorMs);
        Number(json, "first_audio_ms", turn.FirstAudioMs);
        Number(json, "call_done_ms", turn.CallDoneMs);
        Number(json, "head_start_ms", turn.HeadStartMs);
        json.WriteBoolean("call_made", turn.CallMade);
        json.WriteNumber("calls_started", turn.CallsStarted);
        json.WriteNumber("calls_wasted", turn.CallsWasted);
        json.WriteNumber("false_closes", turn.FalseCloses);
        json.WriteNumber("false_closes_with_effect", turn.FalseClosesWithEffect);
        json.WriteNumber("retractions", turn.Retractions);
        json.WriteNumber("unsafe_effects", turn.UnsafeEffects);
        json.WriteNumber("model_calls", turn.ModelCalls);
        Number(json, "backend_seconds", turn.BackEndSeconds);
        Number(json, "hold_seconds", turn.HoldSeconds);
        json.WriteStartArray("bars");
        foreach (var bar in turn.Bars) Write(bar, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Bar bar, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("what", bar.What);
        Number(json, "from_ms", bar.FromMs);
        Number(json, "to_ms", bar.ToMs);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (Rounding.Time(value) is { } rounded) json.WriteNumber(name, rounded);
        else json.WriteNull(name);
    }
}
