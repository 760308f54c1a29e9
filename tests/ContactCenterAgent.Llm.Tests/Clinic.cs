using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Llm.Tests;

/// <summary>A small set of tools, and what a planner of its calls is asked.</summary>
internal static class Clinic
{
    public static readonly DateTime Monday = new(2026, 11, 23, 10, 0, 0);

    public static readonly ImmutableArray<ToolDescriptor> Tools =
    [
        new()
        {
            Name = "find_customer", Effect = ToolEffect.Read, Description = "Finds a customer by name.", Finds = new("customer", "customer_id"),
            Parameters = [new() { Name = "name", Type = ParameterType.PersonName, Ask = "What's your full name?" }],
        },
        new()
        {
            Name = "find_slots", Effect = ToolEffect.Read, Description = "Free times.", Finds = new("slot", "slot_id"),
            Parameters =
            [
                new() { Name = "date", Type = ParameterType.DateRange, Ask = "What day would suit you?" },
                new() { Name = "service", Type = ParameterType.Choice, Values = [ChoiceValue.Of("eye test", "sight test"), ChoiceValue.Of("frame fitting")], Required = false },
            ],
            Examples = ["is anything free on {date}"],
        },
        new()
        {
            Name = "book", Effect = ToolEffect.Reserve, Description = "Books a time.",
            Parameters =
            [
                new() { Name = "customer_id", Type = ParameterType.EntityId, Entity = "customer" }, new() { Name = "slot_id", Type = ParameterType.EntityId, Entity = "slot" },
                new() { Name = "note", Type = ParameterType.Wording, Required = false },
            ],
            Examples = ["book me in on {date}"],
        },
    ];

    public static PlanRequest Asks(string words, params KnownCall[] known)
    {
        var heard = words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => new Word(w, TimeSpan.Zero, TimeSpan.Zero, true)).ToImmutableArray();
        return new()
        {
            Generation = new(7),
            Call = new(Guid.Parse("019aaf00-0000-7000-8000-000000000001")),
            Line = "desk",
            Role = PlannerRole.Authority,
            Turn = new(heard, []),
            Hash = WordsHash.Of(heard),
            LocalNow = Monday,
            Tools = Tools,
            Known = [.. known],
        };
    }

    public static KnownCall Slots(params string[] ids) => new("book", "find_slots", Fields(("date", "2026-11-26")),
        ToolResult.Of([.. ids.Select(id => ResultRow.Of(("slot_id", id), ("start", "2026-11-26T14:30")))]));

    public static ImmutableSortedDictionary<string, string> Fields(params (string, string)[] fields) =>
        fields.ToImmutableSortedDictionary(f => f.Item1, f => f.Item2, StringComparer.Ordinal);

    /// <summary>A plan as a model writes it.</summary>
    public static string Plan(string calls, string reply = "", string head = "\"act\":\"none\",\"answer\":\"none\"", string tail = "\"withdrawn\":[],\"ask\":[],\"complete\":true,\"confidence\":0.9") =>
        $$"""{{{head}},"calls":[{{calls}}],{{tail}},"reply":{{System.Text.Json.JsonSerializer.Serialize(reply)}}}""";

    public static string Call(string id, string tool, string arguments, string flags = "\"asked\":true,\"requested\":false,\"another\":false,\"fresh\":false,\"answers\":true", string? task = null) =>
        $$"""{"id":"{{id}}","task":"{{task ?? tool}}","tool":"{{tool}}","arguments":{{arguments}},{{flags}}}""";
}

/// <summary>Events as short texts, for exact comparison.</summary>
internal static class EventText
{
    public static string Text(this CallEvent happened) => happened switch
    {
        PlanProposed { Plan.Growing: true } growing => "growing(" + Calls(growing.Plan) + ")",
        PlanProposed plan => "plan(" + Calls(plan.Plan) + ")",
        ReplySentence sentence => "says: " + sentence.Text.Value,
        PlannerEnded => "ended",
        PlannerStalled => "stalled",
        PlannerSwitched switched => $"{switched.From} -> {switched.To} {switched.Why}",
        _ => happened.GetType().Name,
    };

    private static string Calls(Plan plan) => string.Join("; ", plan.Calls.Select(c => c.Label + "=" + c.Tool + "(" + string.Join(", ", c.Arguments.Select(a => a.Key + "=" + (a.Value switch
    {
        ArgumentValue.Known known => known.Canonical,
        ArgumentValue.From from => $"${from.Label}.{from.Field}",
        _ => "",
    }))) + ")"));

    public static async Task<List<CallEvent>> ListAsync(this IAsyncEnumerable<CallEvent> events)
    {
        List<CallEvent> all = [];
        await foreach (var happened in events) all.Add(happened);
        return all;
    }

    public static string[] Texts(this IEnumerable<CallEvent> events) => [.. events.Select(Text)];
}
