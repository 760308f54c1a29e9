using System.Collections.Immutable;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench;

public sealed class GoldReaderTests
{
    [Fact]
    public void Plans_BeforeAMoment_AreTheSameWhateverComesAfterIt()
    {
        var compared = 0;
        foreach (var own in Sample.Recording.Dialogues)
            foreach (var other in Sample.Recording.Dialogues.Where(d => d != own))
                for (var turns = 1; turns <= own.Turns.Length; turns++)
                {
                    var hybrid = own with { Turns = [.. own.Turns.Take(turns), .. other.Turns.Skip(turns)] };
                    var before = Sample.Heard(own, turns).ToList();
                    Sample.Heard(hybrid, turns).ShouldBe(before);
                    compared += before.Count;
                }

        compared.ShouldBeGreaterThan(300);
    }

    [Fact]
    public void Plans_WithinATurn_RestOnNoItemWhoseWordsAreStillToCome()
    {
        var dialogue = Sample.Dialogue("plain-yes");
        var items = GoldAnnotation.Of(dialogue, Sample.Recording.Services);
        foreach (var spoken in Sample.Recording.Speak(dialogue, new()))
        {
            var words = spoken.Words.Select(w => w.Text).ToArray();
            for (var count = 1; count <= words.Length; count++)
            {
                // What is said from here on is taken away, and something else put in its place.
                ImmutableArray<GoldItem> other = count == words.Length ? [] : [new GoldItem.Value(count, count, "Tables_1.city", "Nowhere"), new GoldItem.Other(count, count)];
                ImmutableArray<GoldItem> rest = [.. items[spoken.Turn].Where(i => i.Last < count), .. other];
                var whole = new GoldReader(dialogue, items).Read(spoken, words.AsSpan(0, count));
                var changed = new GoldReader(dialogue, items.SetItem(spoken.Turn, [.. rest.OrderBy(i => i.Last)])).Read(spoken, words.AsSpan(0, count));
                changed.Wanted.ShouldBe(whole.Wanted);
                changed.Values.Select(v => (v.Key, v.Value.Canonical)).ShouldBe(whole.Values.Select(v => (v.Key, v.Value.Canonical)));
                (changed.Affirmation, changed.Explained).ShouldBe((whole.Affirmation, whole.Explained));
            }
        }
    }

    [Theory]
    [InlineData("I want a table in", "")]
    [InlineData("I want a table in Leeds", "Tables_1.FindTable(city=Leeds)")]
    [InlineData("I want a table in Leeds please if", "Tables_1.FindTable(city=Leeds)")]
    public void Call_BeginsWithTheWordThatCompletesIt(string words, string call)
    {
        var dialogue = Sample.Dialogue("plain-yes");
        var spoken = Sample.Recording.Speak(dialogue, new())[0];
        var plan = new ReadingPlans(Sample.Recording.Services, widen: false).Of(new GoldReader(dialogue, Sample.Recording.Services).Read(spoken, words.Split(' ')), default, _ => -1);

        Sample.Text(plan).Split('|')[0].ShouldBe(call);
    }

    [Fact]
    public void Value_WithAMisheardWord_IsAWrongValue()
    {
        var dialogue = Sample.Dialogue("plain-yes");
        var spoken = Sample.Recording.Speak(dialogue, new())[0];

        var reading = new GoldReader(dialogue, Sample.Recording.Services).Read(spoken, "I want a table in Leads".Split(' '));

        reading.Values["Tables_1.city"].Canonical.ShouldNotBe("Leeds");
    }
}
