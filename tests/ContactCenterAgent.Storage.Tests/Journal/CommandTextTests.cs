using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Storage.Journal;

namespace ContactCenterAgent.Storage.Tests.Journal;

public sealed class CommandTextTests
{
    private static readonly PlanRequest Request = new()
    {
        Generation = new(3),
        Role = PlannerRole.Authority,
        Turn = Transcript.Empty,
        Hash = new(5),
        LocalNow = new(2026, 11, 23, 10, 0, 0),
        Tools = TestStore.Settings.Tools,
    };

    [Fact]
    public void Text_OfACommand_IsFixed() =>
        CommandText.Of(new Say(new(2), new("Hello"), PromptKind.Greeting, null))
            .ShouldBe("""{"$type":"Say","prompt":2,"text":"Hello","kind":"Greeting","claims":null}""");

    [Fact]
    public void Text_OfAPlannersRequest_HoldsADigestInsteadOfIt()
    {
        var text = CommandText.Of(new AskPlanner(Request));

        text.ShouldStartWith("""{"$type":"AskPlanner","generation":3,"role":"Authority","words":"0000000000000005","request":""");
        text.Length.ShouldBeLessThan(200);
    }

    public static TheoryData<PlanRequest> Changes => new()
    {
        Request with { LocalNow = new(2026, 11, 24) },
        Request with { Tools = [Request.Tools[0]] },
        Request with { CallerNumber = new Pii<string>("+441632960123") },
        Request with { History = [new(Speaker.Caller, new("hello"))] },
        Request with { Assurance = Core.Tools.AssuranceLevel.Verified },
        Request with { Turn = new([new("hello", default, default, true)], []) },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Text_OfAPlannersRequest_ChangesWithAnythingInIt(PlanRequest changed) =>
        CommandText.Of(new AskPlanner(changed)).ShouldNotBe(CommandText.Of(new AskPlanner(Request)));
}
