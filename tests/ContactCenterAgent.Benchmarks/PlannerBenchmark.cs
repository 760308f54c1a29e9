using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning;
using ContactCenterAgent.Plugins.Booking;
using ContactCenterAgent.Plugins.Crm;

namespace ContactCenterAgent.Benchmarks;

/// <summary>The embedded planner on every partial of spoken turns, word by word, with the demo business's tools.</summary>
internal static class PlannerBenchmark
{
    private static readonly string[] Turns =
    [
        "hi this is Dana Whitfield I'd like to book an eye test with doctor Lee on Tuesday uh no Thursday afternoon",
        "hello my date of birth is the twelfth of March nineteen eighty four could you move my appointment with doctor Lee to Thursday afternoon",
        "are my glasses ready yet the order number is N G one zero four eight two",
        "what time do you open on Saturday and how much is a contact lens check",
        "could you change my phone number to oh seven seven double oh nine hundred one two three please",
        "no actually can I cancel my appointment and speak to a person",
    ];

    public static string Run(int partials)
    {
        ImmutableArray<ToolDescriptor> tools = [.. CrmPlugin.Describe(), .. BookingPlugin.Describe(NorthgateDiary.Catalogue)];
        var planner = new EmbeddedPlanner(NameLists.OfPeople(["Dana Whitfield", "Amir Khan", "Sian Price"]));
        var began = TimeProvider.System.GetTimestamp();
        planner.Prepare(tools);
        var learning = new Histogram(1);
        learning.Add(TimeProvider.System.GetTimestamp() - began);
        var histogram = new Histogram(partials);
        while (histogram.Count < partials / 10) Play(planner, tools, histogram);
        histogram.Clear();
        while (!histogram.IsFull) Play(planner, tools, histogram);
        return learning.Row($"EmbeddedPlanner.Prepare, {tools.Length} tools, cold") + Environment.NewLine + histogram.Row("EmbeddedPlanner.Propose");
    }

    private static void Play(EmbeddedPlanner planner, ImmutableArray<ToolDescriptor> tools, Histogram histogram)
    {
        foreach (var turn in Turns)
        {
            var words = ImmutableArray<Word>.Empty;
            foreach (var text in turn.Split(' '))
            {
                words = words.Add(new(text, TimeSpan.Zero, TimeSpan.Zero, true));
                var request = new PlanRequest
                {
                    Generation = new(1),
                    Role = PlannerRole.Draft,
                    Turn = new(words, []),
                    Hash = WordsHash.Of(words),
                    LocalNow = new(2026, 11, 23, 10, 0, 0),
                    Tools = tools,
                };
                var began = TimeProvider.System.GetTimestamp();
                planner.Propose(request);
                histogram.Add(TimeProvider.System.GetTimestamp() - began);
            }
        }
    }
}
