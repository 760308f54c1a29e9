using System.Text.Json;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Llm.Plans;

/// <summary>What a plan says beside its calls. Absent properties take the cautious value.</summary>
internal sealed class PlanHead
{
    private const int ListMax = 8;

    internal PlanHead(IReadOnlyDictionary<string, string> properties)
    {
        try
        {
            foreach (var (name, json) in properties)
            {
                using var document = JsonDocument.Parse(json);
                Read(name, document.RootElement);
            }
        }
        catch (JsonException)
        {
            Error = "The plan is not valid JSON.";
        }
        catch (InvalidOperationException)
        {
            Error = "A property of the plan is of the wrong type.";
        }
    }

    internal string? Error { get; private set; }

    internal TurnAct Act { get; private set; }

    internal Affirmation Answer { get; private set; }

    internal bool Complete { get; private set; }

    internal double Confidence { get; private set; } = 0.8;

    internal List<string> Withdrawn { get; } = [];

    internal List<(string Task, string Tool, string Parameter, string Question)> Ask { get; } = [];

    private void Read(string name, JsonElement value)
    {
        switch (name)
        {
            case "act":
                Act = Case<TurnAct>(name, value);
                break;
            case "answer":
                Answer = Case<Affirmation>(name, value);
                break;
            case "complete":
                Complete = value.GetBoolean();
                break;
            case "confidence":
                Confidence = Math.Clamp(value.GetDouble(), 0, 1);
                break;
            case "withdrawn":
                Withdrawn.AddRange(value.EnumerateArray().Take(ListMax).Select(t => t.GetString() ?? ""));
                break;
            case "ask":
                Ask.AddRange(value.EnumerateArray().Take(ListMax).Select(a => (Text(a, "task"), Text(a, "tool"), Text(a, "parameter"), Text(a, "question"))));
                break;
        }
    }

    private T Case<T>(string name, JsonElement value) where T : struct, Enum
    {
        var text = value.GetString() ?? "";
        if (!int.TryParse(text, out _) && Enum.TryParse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var known)) return known;
        Error ??= $"{name} is not one of its values.";
        return default;
    }

    private static string Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
