using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Policies;
using ContactCenterAgent.Simulation.SpeculationBench.Product;

namespace ContactCenterAgent.Simulation.SpeculationBench;

/// <summary>What the options mean for the policies by rule and for the product.</summary>
internal sealed class PolicySetup(SpeculationOptions options)
{
    private const double HedgedReads = 0.02;
    private const int ReadsBefore = 128;
    private const int DraftsBefore = 400;
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
    /// <param name="name">As the figures name it.</param>
    /// <param name="reads">The tools whose reads may be asked twice: the product has run before and knows how long they take.</param>
    /// <param name="verified">The model understands other than the draft does, so that drafts have to earn being answered from; else they have, in calls before these.</param>
    /// <param name="speculation">On, or the sequential twin.</param>
    public ProductOptions Product(string name, IEnumerable<string> reads, bool verified = false, Speculation speculation = Speculation.On) => new()
    {
        Name = name,
        Hedges = Hedges(reads),
        Trust = new(verified || options.Agreement < 1 ? 0 : DraftsBefore),
        Settings = Settings() with { Speculation = speculation },
        Model = options.Profile == BenchProfile.Embedded ? null : Model,
        Drafts = options.Without != BenchPart.Drafts,
    };

    private ReadHedges Hedges(IEnumerable<string> reads)
    {
        var hedges = new ReadHedges(options.Hedge ? HedgedReads : 0);
        var before = new BackEndLatency(Draws.Seed(options.Seed, "before"));
        foreach (var tool in reads)
            for (var i = 0; i < ReadsBefore; i++) hedges.Took(tool, before.OfCall(tool, [new("call", i)]));
        return hedges;
    }

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
