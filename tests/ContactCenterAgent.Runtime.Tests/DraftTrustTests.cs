using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Runtime.Tests;

public sealed class DraftTrustTests
{
    private readonly Bench _bench = new();

    private static bool IsEarned(params (int Alike, int Otherwise)[] calls)
    {
        var trust = new DraftTrust();
        foreach (var (alike, otherwise) in calls) trust.Took(alike, otherwise);
        return trust.IsEarned;
    }

    [Fact]
    public void Trust_IsEarnedByDraftsThatAgreed() => (IsEarned((199, 0)), IsEarned((200, 0))).ShouldBe((false, true));

    [Fact]
    public void Trust_IsLostWithMoreThanFiveInAThousand() =>
        (IsEarned((199, 1)), IsEarned((198, 2)), IsEarned((398, 2)), IsEarned((397, 3))).ShouldBe((true, false, true, false));

    [Fact]
    public void Trust_ComesBackWhenWhatDifferedIsLongAgo() => (IsEarned((200, 5), (195, 0)), IsEarned((200, 5), (200, 0))).ShouldBe((false, true));

    [Fact]
    public void Trust_KnownFromBefore_IsLostLikeAnyOther()
    {
        var trust = new DraftTrust(agreed: 400);
        trust.IsEarned.ShouldBeTrue();
        trust.Took(0, 3);
        trust.IsEarned.ShouldBeFalse();
    }

    [Fact]
    public void Calls_AreAnsweredFromDrafts_OnceDraftsHaveEarnedIt()
    {
        _bench.Authority = new DraftPlanner(request => Plan.Empty with { Read = request.Hash });
        PlainReplies(200).ShouldBe([false, true]);
    }

    [Fact]
    public void Calls_WithoutAnAuthority_AreAnsweredFromTheDraftAnyway() => PlainReplies(0).ShouldBe([true, true]);

    /// <summary>Two calls one after the other, in each of which so many drafts agreed: whether each was answered from drafts.</summary>
    private List<bool> PlainReplies(int agreed)
    {
        var calls = new List<bool>();
        var answer = Bench.Steps(_ => []);
        _bench.Run((state, happened) =>
        {
            if (happened is CallArrived) calls.Add(state.Settings.PlainReplies);
            return answer(state with { Planning = state.Planning with { DraftsAgreed = agreed } }, happened);
        },
        async host =>
        {
            for (var i = 0; i < 2; i++)
            {
                var leg = new ScriptedLeg();
                var call = host.RunAsync(leg, CancellationToken.None);
                leg.Happens(new LineClosed(default, Lost: false));
                await call;
            }
        });
        return calls;
    }
}
