using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Planning.Tests.Tasks;

public sealed class HeardReadingsTests
{
    /// <summary>The only call of a tool, with what it was given.</summary>
    private static string? Heard(Plan plan, string tool = "find_customer") =>
        plan.Call(tool).Arguments.TryGetValue("heard", out var heard) ? ((ArgumentValue.Known)heard).Canonical : null;

    private static Caller WithoutSuccess(Caller caller, params (string, string)[] arguments) => caller.Knows("book_appointment", "find_customer", arguments);

    [Fact]
    public void OneClearReading_IsNoMoreThanItsValue()
    {
        var caller = Caller.OfNorthgate();
        Heard(caller.Says("it's Dana Whitfield I need an appointment")).ShouldBeNull();
    }

    [Fact]
    public void Rivals_OfAName_GoWithIt()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("I need an appointment");
        var plan = caller.Says("Dana Wickfield", "Dana Whitfield", "Donna Wickfield");
        plan.CallTexts().ShouldContain("""find_customer(heard={"name":[["Dana Wickfield","Dana Whitfield","Donna Wickfield"]]}, name=Dana Wickfield)""");
    }

    [Fact]
    public void Answer_ThatNobodyCanRead_IsEvidenceOfWhatWasAsked()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("I need an appointment");
        caller.Says("Dana Wickfield");
        WithoutSuccess(caller, ("name", "Dana Wickfield"));
        caller.Says("um").Ask[0].Parameter.ShouldBe("postcode");
        var plan = caller.Says("and Angie mine to tea tea", "and G 9 to tee tee");
        Heard(plan).ShouldBe("""{"postcode":[["and Angie mine to tea tea","and G 9 to tee tee"]]}""");
        plan.Act.ShouldBe(TurnAct.None);
    }

    [Fact]
    public void Name_SaidAgainWhenAskedAgain_StandsBesideTheFirst()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("I need an appointment");
        caller.Says("Dana Wickfield");
        caller.Last = caller.Last with { Ask = [new("book_appointment", "find_customer", "name", "May I have your full name, please?")] };
        Heard(caller.Says("Dana Witfield")).ShouldBe("""{"name":[["Dana Wickfield"],["Dana Witfield"]]}""");
    }

    [Fact]
    public void Name_CorrectedUnasked_TakesThePlaceOfTheFirst()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("it's Dana Wickfield I need an appointment", "it's Dana Whitfield I need an appointment");
        caller.Last = caller.Last with { Ask = [] };
        var plan = caller.Says("sorry my name is Tom Becker");
        plan.CallTexts().ShouldContain("find_customer(name=Tom Becker)");
    }

    [Fact]
    public void NothingFound_AsksForWhatWasSaidLeastOften()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("I need an appointment");
        caller.Says("Dana Wickfield");
        WithoutSuccess(caller, ("name", "Dana Wickfield"));
        caller.Says("um").Ask[0].Parameter.ShouldBe("postcode");
        caller.Says("NG9 2TD");
        WithoutSuccess(caller, ("name", "Dana Wickfield"), ("postcode", "NG9 2TD"));
        caller.Says("um").Ask[0].Parameter.ShouldBe("phone");
        caller.Says("oh seven seven double oh nine hundred one two three");
        WithoutSuccess(caller, ("name", "Dana Wickfield"), ("phone", "+447700900123"), ("postcode", "NG9 2TD"));
        caller.Says("um").Ask[0].Parameter.ShouldBe("name");
        caller.Says("Dana Witfield");
        WithoutSuccess(caller, ("heard", Heard(caller.Last)!), ("name", "Dana Witfield"), ("phone", "+447700900123"), ("postcode", "NG9 2TD"));
        caller.Says("um").Ask[0].Parameter.ShouldBe("postcode");
    }

    [Fact]
    public void Rival_ThatAnswersWhatWasAsked_IsTakenWhereTheBestReadingDoesNot()
    {
        var caller = Caller.OfNorthgate();
        caller.Says("it's Dana Whitfield I'd like to book an eye test").Ask[0].Parameter.ShouldBe("date");
        var plan = caller.Says("hurts day", "third day", "Thursday", "bursary");
        plan.CallTexts().ShouldContain("find_slots(date=2026-11-26, service=eye test)");
        plan.Confidence.ShouldBeLessThan(0.85, "only a rival says so");
        plan.Calls.Single(c => c.Tool == "find_slots").Evidence.ShouldBe([0, 1]);
    }
}
