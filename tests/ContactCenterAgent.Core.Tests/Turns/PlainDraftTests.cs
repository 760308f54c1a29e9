using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tests.Turns;

/// <summary>Answers from a draft that the authority has not read yet, and what the authority makes of it.</summary>
public sealed class PlainDraftTests
{
    private static (int Agreed, int Differed) Drafts(Conversation call) => (call.State.Planning.DraftsAgreed, call.State.Planning.DraftsDiffered);

    [Fact]
    public void Draft_ThatTheAuthorityReadsAlike_Agrees() => Drafts(new Conversation(authority: Desk.Plan).Says("hours")).ShouldBe((1, 0));

    [Fact]
    public void Draft_ThatTheAuthorityReadsOtherwise_Differs() =>
        Drafts(new Conversation(authority: request => Desk.Plan(request) with { Calls = [] }).Says("hours")).ShouldBe((0, 1));

    [Fact]
    public void Draft_ThatNobodyWouldAnswerFrom_DoesNotCount()
    {
        Drafts(new Conversation(draft: request => Desk.Plan(request) with { Explained = false }, authority: Desk.Plan).Says("hours")).ShouldBe((0, 0), "it leaves words unexplained");
        Drafts(new Conversation(draft: request => Desk.Plan(request) with { Act = TurnAct.Goodbye }, authority: Desk.Plan).Says("hours")).ShouldBe((0, 0), "it is more than a wish");
    }

    [Fact]
    public void Answer_FromADraftThatTheAuthorityReadsOtherwise_IsTakenBack()
    {
        PlanRequest? asked = null;
        var call = new Conversation(authority: request =>
        {
            asked ??= request;
            return null;
        });
        call.Hears("hours").Returns("hours", "opens=nine").Pauses().Waits(200).Final().Waits(200);
        call.Said.Last().ShouldBe("We open at nine.");

        call.Happens(new PlanProposed(call.Now, asked!.Generation, Desk.Plan(asked) with { Calls = [] }));

        call.All<StopPlayback>().ShouldNotBeEmpty();
        Drafts(call).ShouldBe((0, 1));
    }

    [Fact]
    public void Answer_FromADraft_WaitsForTheAuthority_WhereDraftsHaveNotEarnedIt()
    {
        var call = new Conversation(Desk.Settings with { PlainReplies = false }, authority: _ => null);
        call.Hears("hours").Returns("hours", "opens=nine").Pauses().Waits(200).Final().Waits(1_000);

        call.Said.ShouldNotContain("We open at nine.");
    }

    [Theory]
    [InlineData("hours", "hours", true)]
    [InlineData("slots thursday", "slots thursday", true)]
    [InlineData("slots thursday", "slots friday", false)]
    [InlineData("slots thursday", "hours", false)]
    public void Plans_ForTheSameCalls_AnswerAlike(string words, string others, bool alike) => PlanOf(words).AnswersLike(PlanOf(others)).ShouldBe(alike);

    private static Plan PlanOf(string words)
    {
        Plan? plan = null;
        _ = new Conversation(draft: request => plan = Desk.Plan(request)).Hears(words);
        return plan!;
    }
}
