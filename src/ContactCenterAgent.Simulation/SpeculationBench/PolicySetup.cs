using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Policies;
using ContactCenterAgent.Simulation.SpeculationBench.Product;

namespace ContactCenterAgent.Simulation.SpeculationBench;

/// <summary>What the options mean for the policies by rule and for the product.</summary>
internal sealed class PolicySetup(SpeculationOptions options)
{
    private static readonly TimeSpan Baseline = TimeSpan.FromMilliseconds(700);

    private ModelTimes Model => options.Profile switch
    {
        BenchProfile.Cloud => ModelTimes.Cloud,
        BenchProfile.Edge => ModelTimes.Edge,
        _ => ModelTimes.Embedded,
    };

    /// <summary>What a policy by rule waits for.</summary>
    public PolicyTimes Times => new()
    {
        Model = Model,
        PartialLag = options.Lag,
        Baseline = options.Close ?? Baseline,
        SameEndpointing = options.Close is not null,
        Phrases = options.ForAll,
    };

    /// <summary>How the product is run.</summary>
    public ProductOptions Product(string name, Speculation speculation = Speculation.On) => new()
    {
        Name = name,
        Settings = Settings() with { Speculation = speculation },
        Model = options.Profile == BenchProfile.Embedded ? null : Model,
        Drafts = options.Without != BenchPart.Drafts,
    };

    private AgentSettings Settings()
    {
        // Recorded agents speak for longer than a caller of ours would wait, and recorded calls are longer than most.
        var settings = new AgentSettings { Tools = [], NoInput = TimeSpan.FromMinutes(5), CallsPerTurn = 100, CallsPerCall = 1000 };
        if (options.Close is { } at) settings = settings with { SpeakWhenComplete = at, PlainYes = at, Baseline = at };
        return options.Without switch
        {
            BenchPart.Endpointing => settings with { SpeakWhenComplete = settings.Baseline, PlainYes = settings.Baseline },
            BenchPart.PlainYes => settings with { PlainYesByRule = false },
            BenchPart.ReplyDraft => settings with { DraftAfter = settings.Baseline },
            BenchPart.PlainReplies => settings with { PlainReplies = false },
            _ => settings,
        };
    }
}
