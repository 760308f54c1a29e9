using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning;
using ContactCenterAgent.Plugins.Booking;
using ContactCenterAgent.Plugins.Crm;

namespace ContactCenterAgent.Host.Cli;

/// <summary><c>plan</c>: utterances in, slots and calls out. Nothing is opened and nothing is run.</summary>
internal static class PlanVerb
{
    public static Command Command()
    {
        var plan = new Command("plan", "Reads utterances as JSON lines ({\"text\":\"...\",\"now\":\"2026-11-23T10:00\"}; now is optional) and writes the plan of each. No side effects.");
        plan.SetAction((_, cancellationToken) => RunAsync(System.Console.In, System.Console.Out, TimeProvider.System, cancellationToken));
        return plan;
    }

    /// <summary>Plans line by line.</summary>
    /// <returns>2 at the first line that is not an utterance; what stood before it has been answered.</returns>
    internal static async Task<int> RunAsync(TextReader input, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        ImmutableArray<ToolDescriptor> tools = [.. CrmPlugin.Describe(), .. BookingPlugin.Describe(NorthgateDiary.Catalogue)];
        var planner = new EmbeddedPlanner();
        for (var number = 1; await input.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (Read(line) is not { Text: { } text } utterance)
            {
                await System.Console.Error.WriteLineAsync($"Line {number} is not an utterance: {{\"text\":\"...\"}}.");
                return ExitCode.Usage;
            }

            var plan = planner.Propose(Request(text, utterance.Now ?? time.GetLocalNow().DateTime, tools));
            await output.WriteLineAsync(JsonSerializer.Serialize(PlannedUtterance.Of(text, plan), PlanJson.Default.PlannedUtterance).AsMemory(), cancellationToken);
        }

        return ExitCode.Ok;
    }

    private static Utterance? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, PlanJson.Default.Utterance);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static PlanRequest Request(string text, DateTime now, ImmutableArray<ToolDescriptor> tools)
    {
        ImmutableArray<Word> words = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => new Word(w, default, default, Stable: true))];
        return new() { Generation = new(1), Role = PlannerRole.Authority, Turn = new(words, []), Hash = WordsHash.Of(words), LocalNow = now, Tools = tools };
    }
}

/// <summary>A line of input.</summary>
internal sealed record Utterance(string? Text, DateTime? Now);

/// <summary>A line of output.</summary>
internal sealed record PlannedUtterance(
    string Text, IEnumerable<PlannedWish> Tasks, IEnumerable<PlannedStep> Calls, IEnumerable<string> Ask, Affirmation Answer, TurnAct Act, bool Complete, double Confidence)
{
    public static PlannedUtterance Of(string text, Plan plan) => new(
        text, plan.Tasks.Select(t => new PlannedWish(t.Tool, t.Arguments)),
        plan.Calls.Select(c => new PlannedStep(c.Label, c.Tool, c.Arguments.ToDictionary(a => a.Key, a => Shown(a.Value)))),
        plan.Ask.Select(a => a.Question), plan.Affirmation, plan.Act, plan.Complete, plan.Confidence);

    private static string Shown(ArgumentValue value) => value switch
    {
        ArgumentValue.Known known => known.Canonical,
        ArgumentValue.From from => $"${from.Label}.{from.Field}",
        _ => "",
    };
}

/// <summary>What the caller wants, with its slots.</summary>
internal sealed record PlannedWish(string Tool, IReadOnlyDictionary<string, string> Slots);

/// <summary>A call; an argument that another call supplies is <c>$label.field</c>.</summary>
internal sealed record PlannedStep(string Label, string Tool, IReadOnlyDictionary<string, string> Arguments);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(Utterance))]
[JsonSerializable(typeof(PlannedUtterance))]
internal sealed partial class PlanJson : JsonSerializerContext;
