using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Product;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Results;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench;

/// <summary>An agent broken on purpose is caught by the benchmark's own checks, which share no rule with the core.</summary>
public sealed class BrokenPolicyTests
{
    private const int Answering = 4;

    private static readonly AgentSettings Sound = new() { Tools = [], NoInput = TimeSpan.FromMinutes(5) };

    [Fact]
    public void DispatchAtTheDraftThreshold_IsCaught()
    {
        var hasty = Sound with { PlainYes = TimeSpan.FromMilliseconds(10), DraftAfter = TimeSpan.Zero, SpeakWhenComplete = TimeSpan.FromMilliseconds(10), Baseline = TimeSpan.FromMilliseconds(10) };

        var turn = Play(hasty);

        turn.UnsafeEffects.ShouldBe(1, "the whole turn takes the yes back");
        turn.FalseClosesWithEffect.ShouldBe(1);
        turn.FalseCloses.ShouldBe(1);
    }

    [Fact]
    public void PlanHash_ThatIsNotCompared_IsCaught()
    {
        var byModel = Sound with { PlainYesByRule = false };

        Play(byModel, model: dialogue => new Forged(new GoldReader(dialogue, Sample.Recording.Services), Plans)).UnsafeEffects.ShouldBe(1, "the plan has read the yes only, and passes for one that has read all");
        Play(byModel).UnsafeEffects.ShouldBe(0, "the plan that has read all takes the yes back");
    }

    [Fact]
    public void TheAgentAsItIs_WaitsLonger()
    {
        var turn = Play(Sound);

        turn.UnsafeEffects.ShouldBe(0);
        turn.FalseClosesWithEffect.ShouldBe(0);
    }

    // "Yes", silence for 230 ms, "but no. Leave it": less than what the agent waits for behind a plain yes.
    private static TurnFigure Play(AgentSettings settings, Func<RecordedDialogue, TurnListener>? model = null)
    {
        var dialogue = Sample.Dialogue("yes-but");
        var speech = Sample.Recording.Speak(dialogue, new()).Select(s => s.Turn == Answering ? Pausing(s) : s).ToArray();
        var tools = new BenchTools(Sample.Recording.Services, Sample.Recording.Tables, new());
        var policy = new ProductPolicy(new() { Name = "broken", Settings = settings, Model = ModelTimes.Cloud }, Sample.Recording.Services, tools, seed: 1);
        return policy.Play(dialogue, [.. speech], new SpeechOptions(), Listener(dialogue), (model ?? Listener)(dialogue)).Turns(Sample.Recording.Services).Single(t => t.Turn == Answering);
    }

    private static StreamedTurn Pausing(StreamedTurn turn)
    {
        var pause = TimeSpan.FromMilliseconds(230);
        return turn with { Words = [turn.Words[0], .. turn.Words.Skip(1).Select(w => w with { From = w.From + pause, To = w.To + pause })] };
    }

    private static ReadingPlans Plans => new(Sample.Recording.Services, widen: false);

    private static DialogueListener Listener(RecordedDialogue dialogue) => new(new GoldReader(dialogue, Sample.Recording.Services), Plans);

    /// <summary>Reads the first word of the caller's answer and says that it has read all: what an agent makes of its plans that does not compare their hash with the words.</summary>
    private sealed class Forged(GoldReader reader, ReadingPlans plans) : TurnListener
    {
        protected override Plan Read(StreamedTurn spoken, ReadOnlySpan<string> heard, WordsHash hash, Func<int, int> wordOf)
        {
            if (spoken.Turn != Answering) return plans.Of(reader.Read(spoken, heard), hash, wordOf);
            var first = heard[..Math.Min(1, heard.Length)];
            var answer = PlainWords.ReadAnswer([.. first.ToArray().Select(w => new Word(w, TimeSpan.Zero, TimeSpan.Zero, true))]);
            return plans.Of(reader.Read(spoken, first), hash, wordOf) with { Affirmation = answer };
        }
    }
}
