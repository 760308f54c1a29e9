using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Learning;
using NodaTime;

namespace ContactCenterAgent.Planning.Tests.Learning;

public sealed class SlotFinderTests
{
    private static readonly LocalDate Today = new(2026, 11, 23);

    private static readonly ImmutableArray<SlotDeclaration> Slots =
        [new("people", ParameterType.Count, [], ""), new("date", ParameterType.Date, [], ""), new("time", ParameterType.Time, [], ""), new("first_name", ParameterType.PersonName, [], ""), new("last_name", ParameterType.PersonName, [], "")];

    private static string[] Found(SlotFinder finder, string text, params string[] asked) => [.. finder.Find(text, asked, Today).Select(f => $"{f.Slot}={text[f.Start..f.End]}")];

    [Fact]
    public void Untrained_FindsValuesByTheirType()
    {
        var finder = new SlotFinder(Slots);
        Found(finder, "A table for 5 adults and 1 child on Friday at half past seven, please.").ShouldBe(["people=5 adults and 1 child", "date=Friday", "time=half past seven"]);
        Found(finder, "my name is Marta Oliveira").ShouldBe(["first_name=Marta", "last_name=Oliveira"]);
        Found(finder, "I'd like to see the menu").ShouldBeEmpty();
    }

    [Fact]
    public void Untrained_BareNumber_IsWhatWasAsked()
    {
        var finder = new SlotFinder(Slots);
        Found(finder, "7", "people").ShouldBe(["people=7"]);
        Found(finder, "7", "time").ShouldBe(["time=7"]);
    }

    [Fact]
    public void Value_OfATypedSlot_IsCanonical() =>
        new SlotFinder(Slots).Find("tomorrow at 8 pm", [], Today).Select(f => f.Value).ShouldBe(["2026-11-24", "20:00"]);

    [Fact]
    public void Tagger_Trained_FindsWhatTheExamplesShow()
    {
        var words = new[] { "Fado", "Kizomba", "Salsa", "Tango", "Samba", "Forro", "Polka", "Bolero" };
        var lines = words.SelectMany(w => new[] { $"play some {w} music", $"I want {w} now", "what is the time", "I want a table" }
            .Select(t => (t, (IReadOnlyList<string>)[], (IReadOnlyList<FoundSlot>)(t.IndexOf(w, StringComparison.Ordinal) is var at and >= 0 ? [new FoundSlot("style", at, at + w.Length, w)] : []))));
        var finder = new SlotFinder([new("style", ParameterType.Text, [], "")], SlotFinder.Train(lines, Today));
        Found(finder, "play some Mambo music").ShouldBe(["style=Mambo"]);
        Found(finder, "what is the date").ShouldBeEmpty();
    }

    [Fact]
    public void Tagger_SavedAndLoaded_TagsTheSame()
    {
        var lines = new[] { ("for two people", 4, 7), ("we are nine", 7, 11), ("four of us", 0, 4) }
            .Select(l => (l.Item1, (IReadOnlyList<string>)[], (IReadOnlyList<FoundSlot>)[new FoundSlot("people", l.Item2, l.Item3, "")]));
        var tagger = SlotFinder.Train(lines, Today);
        using var text = new StringWriter();
        tagger.Save(text, 0);
        var loaded = SequenceTagger.Load(new StringReader(text.ToString()));
        Found(new SlotFinder(Slots, loaded), "we are two").ShouldBe(Found(new SlotFinder(Slots, tagger), "we are two"));
    }

    [Fact]
    public void Tagger_BrokenWeights_AreRefused() => Should.Throw<InvalidDataException>(() => SequenceTagger.Load(new StringReader("O\tB-x\n0\n")));
}
