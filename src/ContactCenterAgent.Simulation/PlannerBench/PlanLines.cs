using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning;
using ContactCenterAgent.Planning.Learning;
using NodaTime;
using NodaTime.Text;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>The <c>plan</c> verb: utterances in, one a line, slots and calls out. Nothing is run.</summary>
/// <param name="tools">Tools to plan for; empty = none.</param>
/// <param name="slots">Slots to find.</param>
/// <param name="tagger">Trained for these slots; null = the recognisers alone.</param>
/// <param name="names">Names of people.</param>
/// <param name="time">For <c>ms</c>, and for today where a line has none.</param>
public sealed class PlanLines(ImmutableArray<ToolDescriptor> tools, ImmutableArray<SlotDeclaration> slots, SequenceTagger? tagger, INameLists names, TimeProvider time)
{
    private readonly EmbeddedPlanner _planner = new(names);
    private readonly SlotFinder _finder = new(slots, tagger);

    /// <summary>The slots of a table booking, where none are given.</summary>
    public static ImmutableArray<SlotDeclaration> DefaultSlots => SlotBench.Table;

    /// <summary>The verb with its options.</summary>
    /// <param name="toolsFile">See <see cref="ToolFile.Tools"/>; null = <paramref name="standard"/>.</param>
    /// <param name="slotsFile">See <see cref="ToolFile.Slots"/>; null = the parameters of the tools in the file, else <see cref="DefaultSlots"/>.</param>
    /// <param name="weights">A folder made by <see cref="PlannerTraining"/>; null = learned from the developers' data, where there is any and the slots are its.</param>
    /// <param name="standard">The tools where no file is given.</param>
    /// <param name="names">Names of people.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InvalidDataException">A file is of another form.</exception>
    public static PlanLines Of(string? toolsFile, string? slotsFile, string? weights, ImmutableArray<ToolDescriptor> standard, INameLists names, TimeProvider time)
    {
        var tools = toolsFile is null ? standard : ToolFile.Tools(toolsFile);
        var slots = slotsFile is not null ? ToolFile.Slots(slotsFile)
            : toolsFile is null ? DefaultSlots
            : [.. tools.SelectMany(t => t.Parameters).Where(p => p.Type != ParameterType.EntityId).DistinctBy(p => p.Name).Select(p => new SlotDeclaration(p.Name, p.Type, p.Values, p.Description))];
        var known = slots.Select(s => s.Name).ToHashSet().SetEquals(DefaultSlots.Select(s => s.Name));
        var tagger = weights is not null ? PlannerTraining.Tagger(weights)
            : known && DeveloperData.Folder is { } data && Path.Combine(data, "restaurant8k") is var folder && SlotBench.Fits(folder) ? SlotBench.Train(folder, DataPart.Development) : null;
        return new(tools, slots, tagger, names, time);
    }

    /// <summary>Reads all lines and writes an answer for each; a line that cannot be read is answered with its error, and the rest goes on.</summary>
    /// <returns>How many lines could not be read.</returns>
    public int Run(TextReader input, TextWriter output)
    {
        var broken = 0;
        for (var number = 1; input.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                output.WriteLine(Answer(JsonLines.Parse(line, $"line {number}")).ToJsonString());
            }
            catch (InvalidDataException failure)
            {
                broken++;
                output.WriteLine(new JsonObject { ["line"] = number, ["error"] = failure.Message }.ToJsonString());
            }
        }

        return broken;
    }

    /// <summary>The answer to one line.</summary>
    /// <exception cref="InvalidDataException">A field is missing or of another form.</exception>
    public JsonObject Answer(JsonObject line)
    {
        var start = time.GetTimestamp();
        var text = line.Text("text");
        var now = Now(line);
        var today = now.Date;
        var asked = line.Strings("asked");
        var found = _finder.Find([text, .. line.Strings("nbest").Where(n => n != text)], asked, today);
        return new()
        {
            ["id"] = line["id"]?.DeepClone(),
            ["slots"] = new JsonArray([.. found.Select(f => new JsonObject { ["slot"] = f.Slot, ["start"] = f.Start, ["end"] = f.End, ["value"] = f.Value })]),
            ["calls"] = new JsonArray([.. tools.IsEmpty ? [] : Calls(text, line.Strings("nbest"), now)]),
            ["ms"] = Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 3),
        };
    }

    /// <summary>The line's day, or day and time; without a time it is ten in the morning.</summary>
    private LocalDateTime Now(JsonObject line)
    {
        if ((string?)line["today"] is not { } today) return LocalDateTime.FromDateTime(time.GetLocalNow().DateTime);
        if (LocalDateTimePattern.GeneralIso.Parse(today) is { Success: true } moment) return moment.Value;
        return LocalDatePattern.Iso.Parse(today.Length >= 10 ? today[..10] : today) is { Success: true } day ? day.Value.At(Morning) : throw new InvalidDataException("today is not a day of the form 2026-11-23, or 2026-11-23T10:30:00");
    }

    private static readonly LocalTime Morning = new(10, 0);

    private IEnumerable<JsonNode> Calls(string text, string[] nbest, LocalDateTime now)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => new Word(w, TimeSpan.Zero, TimeSpan.Zero, true)).ToImmutableArray();
        var plan = _planner.Propose(new()
        {
            Generation = new(1),
            Role = PlannerRole.Draft,
            Turn = new(words, [.. nbest.Where(n => n != text)]),
            Hash = WordsHash.Of(words),
            LocalNow = now.ToDateTimeUnspecified(),
            Tools = tools,
        });
        foreach (var call in plan.Calls)
        {
            var arguments = new JsonObject();
            foreach (var (name, value) in call.Arguments)
                arguments[name] = value switch { ArgumentValue.Known known => known.Canonical, ArgumentValue.From from => $"${from.Label}.{from.Field}", _ => "" };
            yield return new JsonObject
            {
                ["label"] = call.Label,
                ["task"] = call.Task,
                ["tool"] = call.Tool,
                ["arguments"] = arguments,
                ["requested"] = call.Requested,
                ["confidence"] = Math.Round(plan.Confidence, 3),
            };
        }
    }
}
