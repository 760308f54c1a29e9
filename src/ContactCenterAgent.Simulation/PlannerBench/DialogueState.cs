using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning;
using ContactCenterAgent.Planning.Learning;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>Which method a turn asks for, by the planner's own classifier.</summary>
internal sealed class WishReader(ImmutableArray<ToolDescriptor> tools)
{
    private readonly WishClassifier _classifier = new(tools);

    public string? Of(string text) => _classifier.Classify(text) is ({ } tool, > 0.5) ? tool : null;

    /// <summary>Whether the words say nothing but values, one wish at most, and courtesies.</summary>
    public bool Explains(string text, IEnumerable<FoundValue> values) => _classifier.Explains(text, [.. values.Select(v => (v.Start, v.End))]);

    public bool Knows(string tool) => tools.Any(t => t.Name == tool);
}

/// <summary>What is known in a dialogue: values by service and slot, what was asked, what the agent has named, what is wanted.</summary>
internal sealed class DialogueState(WishReader? wishes)
{
    private static readonly string[] Yes = ["yes", "yeah", "sure", "yep", "okay", "ok", "great", "perfect", "please", "absolutely", "sounds"];

    private readonly Dictionary<string, string> _values = [];
    private readonly List<(string Slot, string Value)> _named = [];
    private ImmutableArray<(string, string)> _asked = [];
    private string? _offered, _service;

    /// <summary>The method wanted, <c>service.method</c>; null = not known yet.</summary>
    public string? Wish { get; private set; }

    public void Set(string service, string slot, string value) => _values[service + "." + slot] = value;

    public string? Value(string service, string slot) => _values.GetValueOrDefault(service + "." + slot);

    public void Agent(JsonObject turn)
    {
        var acts = turn.Objects("acts").ToList();
        _asked = [.. acts.Where(a => a.Text("act") == "REQUEST").Select(a => (a.Text("service"), a.Text("slot")))];
        _offered = acts.Where(a => a.Text("act") == "OFFER_INTENT").SelectMany(a => a.Strings("values").Select(v => a.Text("service") + "." + v)).FirstOrDefault();
        foreach (var act in acts.Where(a => a.Text("act") is "OFFER" or "INFORM" or "CONFIRM"))
            foreach (var value in act.Strings("values")) _named.Add((act.Text("slot"), value));
        if (acts.Count > 0 && acts.Select(a => (string?)a["service"]).FirstOrDefault(s => !string.IsNullOrEmpty(s)) is { } service) _service = service;
    }

    /// <summary>The turn as the slot reader sees it; also follows what is wanted.</summary>
    public DialogueTurn Turn(JsonObject turn)
    {
        var text = turn.Text("text");
        var first = text.ToLowerInvariant().Split([' ', ',', '.', '!'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        if (_offered is not null && Yes.Contains(first)) Wish = _offered;
        else if (wishes?.Of(text) is { } wish) Wish = wish;
        if (Wish is not null) _service = Wish.Split('.')[0];
        return new() { Text = text, Asked = _asked, Named = [.. _named], Service = _service, Filled = [.. _values.Keys] };
    }
}
