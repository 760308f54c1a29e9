using System.Collections.Immutable;
using System.Text.Json;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Storage.Journal;

namespace ContactCenterAgent.Storage.Tests.Journal;

public sealed class JournalJsonTests
{
    private static readonly CallId Call = CallId.Parse("019ab000-0000-7000-8000-000000000001");

    public static TheoryData<string> Cases(Type family)
    {
        var cases = new TheoryData<string>();
        foreach (var type in family.Assembly.GetTypes().Where(t => t.IsSubclassOf(family) && !t.IsAbstract)) cases.Add(type.FullName!);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases), typeof(CallEvent))]
    public void Event_OfEveryKind_ComesBackAsItWas(string type)
    {
        var happened = (CallEvent)Sample(typeof(CallEvent).Assembly.GetType(type)!);
        var text = JsonSerializer.Serialize(happened, JournalJson.Event);

        var read = JsonSerializer.Deserialize(text, JournalJson.Event)!;

        read.GetType().ShouldBe(happened.GetType());
        JsonSerializer.Serialize(read, JournalJson.Event).ShouldBe(text);
        text.ShouldNotContain("[redacted]");
    }

    [Theory]
    [MemberData(nameof(Cases), typeof(Command))]
    public void Command_OfEveryKind_HasATextWithItsName(string type)
    {
        var command = (Command)Sample(typeof(Command).Assembly.GetType(type)!);
        var text = CommandText.Of(command);

        new JournalCommand(text).Name.ShouldBe(command.GetType().Name);
        new JournalCommand(text).ToString().ShouldBe(command.GetType().Name, "the rest may be personal");
        text.ShouldNotContain("[redacted]");
    }

    [Theory]
    [MemberData(nameof(Cases), typeof(ToolFailure))]
    public void Failure_OfEveryKind_ComesBackAsItWas(string type)
    {
        var failure = (ToolFailure)Sample(typeof(ToolFailure).Assembly.GetType(type)!);
        JsonSerializer.Deserialize(JsonSerializer.Serialize(failure, JournalJson.Failure), JournalJson.Failure).ShouldBe(failure);
    }

    [Fact]
    public void Settings_ComeBackAsTheyWere()
    {
        var text = JsonSerializer.Serialize(TestStore.Settings, JournalJson.Settings);
        var read = JsonSerializer.Deserialize(text, JournalJson.Settings)!;

        JsonSerializer.Serialize(read, JournalJson.Settings).ShouldBe(text);
        read.Tools[1].Authorisation.ShouldBe(Authorisation.OnYes);
        read.Tools[0].Widens!.Open["date"].ShouldBe("start");
        read.Tools[0].Deadline.ShouldBe(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public void Plan_WithPersonalArguments_ComesBackWithThem()
    {
        var plan = new Plan
        {
            Read = new(ulong.MaxValue),
            Calls = [new() { Label = "a", Task = "t", Tool = "find_customer", Arguments = Arguments(("name", new ArgumentValue.Known("Dana")), ("id", new ArgumentValue.From("b", "id"))), Evidence = [1, 2] }],
            Tasks = [new("t", "find_customer", ImmutableSortedDictionary<string, string>.Empty.Add("name", "Dana"))],
            Ask = [new("t", "find_customer", "postcode", "And your postcode?")],
            Confidence = 0.1 + 0.2,
        };

        var read = (PlanProposed)JsonSerializer.Deserialize(JsonSerializer.Serialize(new PlanProposed(TimeSpan.FromTicks(7), new(3), plan), JournalJson.Event), JournalJson.Event)!;

        read.At.Ticks.ShouldBe(7);
        read.Plan.Read.ShouldBe(plan.Read);
        read.Plan.Confidence.ShouldBe(0.1 + 0.2);
        read.Plan.Calls[0].Arguments.ShouldBe(plan.Calls[0].Arguments);
        read.Plan.Calls[0].Evidence.ShouldBe(plan.Calls[0].Evidence);
        read.Plan.Tasks[0].Arguments["name"].ShouldBe("Dana");
        read.Plan.Ask.ShouldBe(plan.Ask);
    }

    private static ImmutableSortedDictionary<string, ArgumentValue> Arguments(params (string Name, ArgumentValue Value)[] values) =>
        values.ToImmutableSortedDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);

    /// <summary>Makes a value of any type that events and commands have, so that a case added later is tested without being named here.</summary>
    private static object Sample(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "Dana \"Ö\" Whitfield";
        if (type == typeof(int)) return 7;
        if (type == typeof(char)) return '#';
        if (type == typeof(bool)) return true;
        if (type == typeof(ulong)) return ulong.MaxValue - 1;
        if (type == typeof(TimeSpan)) return TimeSpan.FromTicks(12_345_678_901);
        if (type == typeof(DateTime)) return new DateTime(2026, 11, 23, 10, 0, 0);
        if (type == typeof(CallId)) return Call;
        if (type == typeof(HoldId)) return HoldId.For(new(Call, 4));
        if (type.IsEnum) return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type == typeof(Transcript)) return new Transcript([new Word("Dana", TimeSpan.FromTicks(3), TimeSpan.FromTicks(9), true)], ["Diana"]);
        if (type == typeof(ToolOutcome)) return new ToolOutcome.Succeeded(ToolResult.Of([ResultRow.Of(("b", "1"), ("a", "2"))], truncated: true));
        if (type == typeof(ToolFailure)) return new ToolFailure.Refused("slot_taken");
        if (type == typeof(Plan)) return Plan.Empty;
        if (type == typeof(PlanRequest))
            return new PlanRequest { Generation = new(3), Role = PlannerRole.Draft, Turn = Transcript.Empty, Hash = new(5), LocalNow = new(2026, 11, 23), Tools = TestStore.Settings.Tools };
        if (type == typeof(ImmutableSortedDictionary<string, string>)) return ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("date", "2026-11-26")]);
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Sample(p.ParameterType))]);
    }
}
