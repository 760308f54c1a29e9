using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Tests;

/// <summary>Whatever is said, the plan is well-formed, the same each time, and made without an exception.</summary>
public sealed class AnyWordsTests
{
    private const int Dialogues = 120;

    private static readonly EmbeddedPlanner Second = new(Northgate.Names);

    private static readonly string[] Vocabulary = (
        "I'd like to book move cancel an my the appointment eye test contact lens check on at to with and also no not yes please forget it never mind actually wait sorry " +
        "Thursday Friday next week tomorrow the 3rd March december half past two quarter to three pm in afternoon double five oh seven NG9 2TD n g for november plus four " +
        "doctor Lee Patel Dana Whitfield my name is born twelfth nineteen eighty four dot at gmail com second one later earlier if how much when are you open order " +
        "glasses ready phone number email change speak person goodbye twenty pounds £20 2:30pm 12/03/1984 ??? ' - é @ $ table for people 99999999999 a@b.co 's s' '' half hundred thousand and").Split(' ');

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Plan_OfRandomWords_IsWellFormedAndDeterministic(int seed)
    {
        var random = new Random(seed);
        for (var d = 0; d < Dialogues; d++)
        {
            var tools = d % 4 == 0 ? Bistro.Tools : Northgate.Tools;
            var (caller, twin) = (new Caller(Caller.Opticians, tools), new Caller(Second, tools));
            for (var turn = 0; turn < 4; turn++)
            {
                var words = string.Join(' ', Enumerable.Range(0, random.Next(0, 14)).Select(_ => Vocabulary[random.Next(Vocabulary.Length)]));
                var plan = caller.Says(words);
                Check(plan, tools, words);
                if (d % 20 == 0) twin.Says(words).CallTexts().ShouldBe(plan.CallTexts());
                if (random.Next(3) > 0 || plan.Tasks.IsEmpty) continue;
                caller.IsReadBack(plan.Tasks[^1].Id, plan.Tasks[^1].Tool);
                twin.IsReadBack(plan.Tasks[^1].Id, plan.Tasks[^1].Tool);
            }
        }
    }

    private static void Check(Plan plan, ImmutableArray<ToolDescriptor> tools, string words)
    {
        var before = new HashSet<string>();
        foreach (var call in plan.Calls)
        {
            var tool = tools.Single(t => t.Name == call.Tool);
            plan.Tasks.ShouldContain(t => t.Id == call.Task, words);
            foreach (var (name, value) in call.Arguments)
            {
                tool.Parameter(name).ShouldNotBeNull(words);
                if (value is ArgumentValue.From from) before.ShouldContain(from.Label, words);
                if (value is ArgumentValue.Known known) known.Canonical.ShouldNotBeNullOrEmpty(words);
            }

            foreach (var parameter in tool.Parameters.Where(p => p.Required && p.Default is null && !call.Arguments.ContainsKey(p.Name)))
                tool.Widens!.Open.Keys.ShouldContain(parameter.Name, words);
            before.Add(call.Label).ShouldBeTrue(words);
            call.Evidence.ShouldAllBe(i => i >= 0 && i < words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        }

        plan.Tasks.Select(t => t.Id).ShouldBeUnique();
        plan.Confidence.ShouldBeInRange(0, 1);
        foreach (var open in plan.Ask) tools.Single(t => t.Name == open.Tool).Parameter(open.Parameter)!.Ask.ShouldBe(open.Question);
    }
}
