using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Planning.Learning;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>
/// Scores the arguments of annotated calls. Counted are arguments that the caller's words hold (<c>source.from</c> is span or text): right when the
/// value is the same. A wrong or superfluous value is counted against precision; an argument that came from elsewhere (offered, carried, default)
/// is neither right nor missed, but wrong if another value is given for it.
/// </summary>
internal static class CallBench
{
    private static readonly string[] InWords = ["span", "text"];

    /// <summary>Learns from the dialogues of a folder, services apart.</summary>
    /// <param name="folder">Holds dialogues and services.</param>
    /// <param name="part">Which dialogues.</param>
    /// <param name="without">Services whose dialogues are not learned from.</param>
    /// <param name="share">The share of the dialogues that is used, for a learning curve.</param>
    public static DialogueSlots Train(string folder, DataPart part, IReadOnlyCollection<string> without, double share = 1)
    {
        var dialogues = CallDialogues.Dialogues(folder, part).Where(d => !d.Strings("services").Intersect(without).Any()).ToList();
        return Train(CallDialogues.Services(folder), dialogues.Take((int)(dialogues.Count * share)));
    }

    /// <summary>Learns from some dialogues.</summary>
    public static DialogueSlots Train(Dictionary<string, ServiceDeclaration> services, IEnumerable<JsonObject> dialogues)
    {
        var turns = new List<(DialogueTurn, ImmutableArray<ServiceDeclaration>)>();
        foreach (var dialogue in dialogues)
        {
            var own = dialogue.Strings("services").Select(s => services[s]).ToImmutableArray();
            var reader = new DialogueState(null);
            foreach (var turn in dialogue.Objects("turns"))
            {
                if (turn.Text("who") == "agent")
                {
                    reader.Agent(turn);
                    continue;
                }

                var gold = CallDialogues.Gold(turn);
                turns.Add((reader.Turn(turn) with { Gold = gold, Service = turn.Objects("frames").FirstOrDefault()?.Text("service") }, own));
                foreach (var (service, slot, _, _, value) in gold) reader.Set(service, slot, value);
            }
        }

        return DialogueSlots.Train(turns, CallDialogues.Today);
    }

    /// <summary>Utterances that open an intent, by <c>service.intent</c>, for the classifier of wishes.</summary>
    public static ILookup<string, string> Openings(string folder, DataPart part, IReadOnlyCollection<string> without) =>
        Openings(CallDialogues.Dialogues(folder, part).Where(d => !d.Strings("services").Intersect(without).Any()));

    /// <summary>The same of some dialogues.</summary>
    public static ILookup<string, string> Openings(IEnumerable<JsonObject> dialogues) =>
        dialogues.SelectMany(d => d.Objects("turns")).Where(t => t.Text("who") == "caller")
            .SelectMany(t => t.Objects("frames").SelectMany(f => f.Objects("acts").Where(a => a.Text("act") == "INFORM_INTENT").SelectMany(a => a.Strings("values")).Select(v => (Key: f.Text("service") + "." + v, Words: t.Text("text")))))
            .ToLookup(p => p.Key, p => p.Words);

    public static JsonObject Run(string folder, DataPart part, DialogueSlots slots, ILookup<string, string> openings, TimeProvider time, IReadOnlyCollection<string>? only = null)
    {
        var services = CallDialogues.Services(folder);
        var tally = new ArgumentCounts();
        var clock = new Durations(time);
        var wishes = new Dictionary<string, WishReader>();
        var dialogues = 0;
        foreach (var dialogue in CallDialogues.Dialogues(folder, part))
        {
            var names = dialogue.Strings("services");
            if (only is not null && !names.Intersect(only).Any()) continue;
            dialogues++;
            var key = string.Join('+', names);
            if (!wishes.TryGetValue(key, out var reader)) wishes[key] = reader = new(CallDialogues.Tools(folder, names, openings));
            Play(dialogue, [.. names.Select(n => services[n])], slots, new(reader), tally, clock, only);
        }

        return new()
        {
            ["dialogues"] = dialogues,
            ["calls"] = tally.Calls,
            ["call_exact"] = tally.Exact,
            ["method_right"] = tally.Method,
            ["argument_f1"] = tally.F1,
            ["argument_precision"] = tally.Precision,
            ["argument_recall"] = tally.Recall,
            ["argument_counts"] = tally.Json(),
            ["services"] = tally.ByService(),
            ["confusions"] = tally.Worst.Worst(10),
            ["median_ms"] = clock.Median,
            ["p99_ms"] = clock.Percentile(0.99),
        };
    }

    private static void Play(JsonObject dialogue, ImmutableArray<ServiceDeclaration> services, DialogueSlots slots, DialogueState state, ArgumentCounts tally, Durations clock, IReadOnlyCollection<string>? only)
    {
        foreach (var turn in dialogue.Objects("turns"))
        {
            if (turn.Text("who") == "caller")
            {
                clock.Measure(() =>
                {
                    var said = state.Turn(turn);
                    foreach (var found in slots.Find(said, services, CallDialogues.Today)) state.Set(found.Service, found.Slot, found.Value);
                    return 0;
                });
                continue;
            }

            foreach (var call in turn.Objects("calls").Where(c => only is null || only.Contains(c.Text("service")))) Count(call, services, state, tally);
            state.Agent(turn);
        }
    }

    private static void Count(JsonObject call, ImmutableArray<ServiceDeclaration> services, DialogueState state, ArgumentCounts tally)
    {
        var (service, method) = (call.Text("service"), call.Text("method"));
        var parameters = services.First(s => s.Name == service).Methods[method];
        var gold = (call["args"] as JsonObject ?? []).ToDictionary(a => a.Key, a => (string?)a.Value ?? "");
        var from = (call["source"] as JsonObject ?? []).ToDictionary(s => s.Key, s => (string?)s.Value?["from"] ?? "");
        var exact = state.Wish == service + "." + method;
        tally.Call(exact);
        foreach (var parameter in parameters)
        {
            var said = state.Value(service, parameter);
            var wanted = gold.GetValueOrDefault(parameter);
            var inWords = wanted is not null && InWords.Contains(from.GetValueOrDefault(parameter));
            var right = said is not null && wanted is not null && Same(said, wanted);
            if (inWords) exact &= right;
            else if (said is not null) exact &= right;
            tally.Argument(service, parameter, said, wanted, inWords, right);
        }

        if (exact) tally.ExactCall();
    }

    /// <summary>The same words, or the same number; articles and the case do not count.</summary>
    private static bool Same(string a, string b) => Plain(a) == Plain(b);

    private static string Plain(string value)
    {
        var text = string.Join(' ', value.ToLowerInvariant().Split([' ', ',', '.', '$', '\''], StringSplitOptions.RemoveEmptyEntries));
        return text.StartsWith("the ", StringComparison.Ordinal) ? text[4..] : text;
    }
}
