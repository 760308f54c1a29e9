using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Product;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.SpeculationBench.Wall;

/// <summary>
/// A sample of the recorded dialogues on the wall clock, all at once, each on a thread of its own, and the same ones on virtual time with the same draws: whether virtual time
/// flatters. Both clocks play the product and the product without speculation.
/// </summary>
public static class WallSample
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private sealed record Job(BenchPlanner Planner, RecordedDialogue Dialogue, ProductOptions Product, Func<IDialogueReader> Reader);

    /// <summary>Plays the sample and writes <see cref="WallTables.File"/>.</summary>
    /// <param name="options">What is played; policies and parts left out do not count.</param>
    /// <param name="dialogues">How many, spread evenly over the data.</param>
    /// <param name="authority">The model that plans on the wall clock; null = one that plans as the profile's does and takes its times.</param>
    /// <param name="folder">Is made where it is not there.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="InvalidDataException">The data is of another form.</exception>
    public static async Task<JsonObject> RunAsync(SpeculationOptions options, int dialogues, IPlanner? authority, string folder, Action<double> progress)
    {
        var recording = Recording.Read(options.Data);
        var jobs = Jobs(options, recording, dialogues).ToImmutableArray();
        // What the planners learn, they learn before anybody waits for them.
        var calls = jobs.Select(job => (Job: job, Prepared: Prepare(job with { Product = job.Product with { Authority = authority } }, options, recording))).ToImmutableArray();
        var before = MachineLoad.Now();
        var done = 0;
        var wall = await Task.WhenAll(calls.Select(async call =>
        {
            var turns = await OneThread.Run(() => WallAsync(call.Job, call.Prepared, options, recording));
            progress((double)Interlocked.Increment(ref done) / jobs.Length);
            return turns;
        }));
        var load = MachineLoad.Now();
        var model = authority is null ? $"the *{options.Profile.ToString().ToLowerInvariant()}* model's times" : "on the wall clock the model of the settings, on virtual time the profile's times";
        var json = new JsonObject
        {
            ["about"] = $"{jobs.Select(j => j.Dialogue.Id).Distinct().Count()} dialogues, {jobs.Length} calls at once, {model}, {Environment.ProcessorCount} cores, load average {MachineLoad.Text(before)} before and {MachineLoad.Text(load)} after.",
            ["planners"] = WallFigures.Of([.. jobs.SelectMany(job => Virtual(job, options, recording))], [.. wall.SelectMany(w => w)]),
        };
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, WallTables.File), json.ToJsonString(Indented) + "\n");
        return json;
    }

    private static IEnumerable<Job> Jobs(SpeculationOptions options, Recording recording, int dialogues)
    {
        var embedded = options.Planners.Contains(BenchPlanner.Embedded) ? new EmbeddedReaders(options.Data, recording.Services) : null;
        var count = Math.Min(dialogues, recording.Dialogues.Length);
        var setup = new PolicySetup(options);
        foreach (var planner in options.Planners)
        {
            for (var i = 0; i < count; i++)
            {
                var dialogue = recording.Dialogues[i * recording.Dialogues.Length / count];
                foreach (var (name, speculation) in ((string, Speculation)[])[(PolicyNames.Ours, Speculation.On), (PolicyNames.Sequential, Speculation.Sequential)])
                {
                    var product = setup.Product(name, [], speculation: speculation);

                    // A reader remembers what it has read: on each clock it reads anew.
                    yield return new(planner, dialogue, product, planner == BenchPlanner.Gold ? () => new GoldReader(dialogue, recording.Services) : () => embedded!.For(dialogue));
                }
            }
        }
    }

    private static ImmutableArray<WallTurn> Virtual(Job job, SpeculationOptions options, Recording recording)
    {
        var (policy, listen) = Prepare(job, options, recording);
        var run = policy.Play(job.Dialogue, recording.Speak(job.Dialogue, options.Speech), options.Speech, listen(), listen());
        return Turns(job, run, recording);
    }

    private static async Task<ImmutableArray<WallTurn>> WallAsync(Job job, (ProductPolicy Policy, Func<DialogueListener> Listen) prepared, SpeculationOptions options, Recording recording)
    {
        var (policy, listen) = prepared;
        var run = await policy.PlayAsync(job.Dialogue, recording.Speak(job.Dialogue, options.Speech), options.Speech, listen(), listen(), TimeProvider.System);
        return Turns(job, run, recording);
    }

    private static (ProductPolicy Policy, Func<DialogueListener> Listen) Prepare(Job job, SpeculationOptions options, Recording recording)
    {
        var tools = new BenchTools(recording.Services, recording.Tables, new() { Widen = options.Widen, Reserve = options.Reserve });
        var reader = job.Reader();
        return (new(job.Product, recording.Services, tools, options.Seed), () => new(reader, new ReadingPlans(recording.Services, options.Widen)));
    }

    private static ImmutableArray<WallTurn> Turns(Job job, ProductRun run, Recording recording) =>
        [.. run.Turns(recording.Services).Where(t => t.Kind != TurnKind.None).Select(t => new WallTurn(job.Planner.ToString().ToLowerInvariant(), t.Policy, t.Dialogue, t.Turn, t.Kind == TurnKind.Write, t.LatencyMs))];
}
