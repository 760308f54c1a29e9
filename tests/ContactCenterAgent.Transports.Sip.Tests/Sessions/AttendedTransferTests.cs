using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Tests.Sessions;

/// <summary>Callers who are put through to somebody who has been asked first (RFC 5589 section 7).</summary>
public sealed class AttendedTransferTests
{
    private static readonly SipUri Desk = SipUri.Parse("sip:desk@192.0.2.30:5080")!;

    private readonly Bench _bench = new();
    private readonly string _tag;
    private readonly SipSession _caller;
    private SipSession? _asked;

    public AttendedTransferTests() => (_tag, _caller) = (_bench.Up(), _bench.Session);

    private SipRequest Invite => _bench.Requests.First(r => r.Method == SipMethods.Invite);

    private SipTransferResult? Result => _bench.Events.OfType<SipEvent.Transferred>().SingleOrDefault()?.Result;

    [Fact]
    public void Target_ThatAnswers_IsWhomTheCallerIsSentTo_InPlaceOfOurCall()
    {
        Ask();
        Target(180);
        Sent("REFER").ShouldBeEmpty("nobody has answered yet");
        Answers();

        _bench.Events.OfType<SipEvent.TargetAnswered>().ShouldHaveSingleItem().Session.ShouldBe(_caller);
        Sent("REFER").ShouldBeEmpty("the caller is told first");
        HandOver();
        var refer = Sent("REFER").ShouldHaveSingleItem();
        var replaces = Uri.EscapeDataString($"{Invite.CallId};to-tag=desk;from-tag={Invite.From.Tag}");
        refer["Refer-To"].ShouldBe($"<sip:desk@192.0.2.30:5080?Replaces={replaces}>");
        (refer.CallId, refer.To.Tag).ShouldBe(("c1", "ft"));
        replaces.ShouldNotContain(";");

        Caller(refer, 202);
        Notify(200);

        Result.ShouldBe(new(SipTransferOutcome.Answered, 200));
        Sent("BYE").Select(b => b.CallId).ShouldBe(["c1", Invite.CallId], ignoreOrder: true);
        _bench.Stack.Sessions.ShouldBe(0);
    }

    [Fact]
    public void Target_ThatTakesTheCaller_MayEndOurCallToIt_BeforeWeAreTold()
    {
        Ask();
        Answers();
        HandOver();
        Caller(Sent("REFER").Single(), 202);

        _bench.Say(FromTarget("BYE"));
        Result.ShouldBeNull("the caller's word counts");
        Notify(200);

        Result.ShouldBe(new(SipTransferOutcome.Answered, 200));
        _bench.Stack.Sessions.ShouldBe(0);
    }

    [Theory]
    [InlineData(486, nameof(SipTransferOutcome.Busy))]
    [InlineData(603, nameof(SipTransferOutcome.Declined))]
    [InlineData(480, nameof(SipTransferOutcome.NoAnswer))]
    [InlineData(404, nameof(SipTransferOutcome.Failed))]
    [InlineData(500, nameof(SipTransferOutcome.Failed))]
    public void Target_ThatRefuses_LeavesTheCallerWithUs(int status, string outcome)
    {
        Ask();
        Target(180);
        Target(status, "desk");

        Result.ShouldBe(new(Enum.Parse<SipTransferOutcome>(outcome), status));
        Sent("REFER").ShouldBeEmpty();
        TheCallerIsBack();
    }

    [Fact]
    public void Target_ThatRingsTooLong_IsCancelled()
    {
        Ask();
        Target(180);
        _bench.For(59.9);
        Result.ShouldBeNull();
        _bench.For(0.2);

        Result!.Outcome.ShouldBe(SipTransferOutcome.NoAnswer);
        Sent("CANCEL").ShouldHaveSingleItem();
        Target(487, "desk");
        TheCallerIsBack();
    }

    [Fact]
    public void Target_ThatNeverAnswersACancel_IsForgotten()
    {
        Ask();
        Target(180);
        _bench.For(61);

        _bench.For(70);

        _asked!.IsOver.ShouldBeTrue();
        TheCallerIsBack();
        _bench.Stack.Transactions.Count.ShouldBe(0);
    }

    [Fact]
    public void Target_ThatSaysNothing_CountsAsNoAnswer()
    {
        Ask();
        _bench.For(33);

        Result.ShouldBe(new(SipTransferOutcome.NoAnswer, 408));
        TheCallerIsBack();
    }

    [Fact]
    public void Target_ThatHangsUpBeforeTheCallerIsSent_HasDeclined()
    {
        Ask();
        Answers();
        _bench.Say(FromTarget("BYE"));

        Result!.Outcome.ShouldBe(SipTransferOutcome.Declined);
        HandOver();
        Sent("REFER").ShouldBeEmpty();
        TheCallerIsBack();
    }

    [Theory]
    [InlineData(481)]
    [InlineData(503)]
    public void Caller_WhoCannotTakeOurPlace_IsBack_AndTheTargetIsToldGoodbye(int status)
    {
        Ask();
        Answers();
        HandOver();
        Caller(Sent("REFER").Single(), 202);
        Notify(status);

        Result.ShouldBe(new(SipTransferOutcome.Failed, status));
        Sent("BYE").ShouldHaveSingleItem().CallId.ShouldBe(Invite.CallId);
        TheCallerIsBack();
    }

    [Fact]
    public void Caller_WhosePhoneKnowsNoRefer_IsBack_AndTheTargetIsToldGoodbye()
    {
        Ask();
        Answers();
        HandOver();
        Caller(Sent("REFER").Single(), 501);

        Result.ShouldBe(new(SipTransferOutcome.Failed, 501));
        Sent("BYE").ShouldHaveSingleItem().CallId.ShouldBe(Invite.CallId);
        TheCallerIsBack();
    }

    [Fact]
    public void Caller_WhoHangsUpMeanwhile_EndsOurCallToo()
    {
        Ask();
        Target(180);
        _bench.Say(_bench.Request("BYE", 2, _tag));

        Sent("CANCEL").ShouldHaveSingleItem();
        Target(487, "desk");
        _bench.Stack.Sessions.ShouldBe(0);
    }

    [Fact]
    public void Answer_ThatCrossesTheCancel_IsAcknowledgedAndEnded()
    {
        Ask();
        Target(180);
        _bench.For(61);
        Answers();

        Sent("ACK").ShouldHaveSingleItem();
        Sent("BYE").ShouldHaveSingleItem().CallId.ShouldBe(Invite.CallId);
        _bench.Events.OfType<SipEvent.TargetAnswered>().ShouldBeEmpty();
        TheCallerIsBack();
    }

    [Fact]
    public void Transfer_WhileOneIsUnderWay_Fails_AndCallsNobody()
    {
        Ask();
        var invites = Sent("INVITE").Count;
        Ask();

        Result!.Outcome.ShouldBe(SipTransferOutcome.Failed);
        Sent("INVITE").Count.ShouldBe(invites);
    }

    private List<SipRequest> Sent(string method) => [.. _bench.Requests.Where(r => r.Method == method).DistinctBy(r => (r.CallId, r.CSeq))];

    private void Ask() => _bench.Do(stack => _caller.Transfer(Desk, () => _asked = SipSession.Calling(
        stack, Desk, new(SipTransport.Udp, new(System.Net.IPAddress.Parse("192.0.2.30"), 5080)), NameAddress.Of(SipUri.Of("agent", "192.0.2.10", 5060)), _bench.Local(20_002), null, secure: false)));

    private void HandOver() => _bench.Do(_ => _caller.HandOver());

    private void TheCallerIsBack()
    {
        _caller.IsOver.ShouldBeFalse();
        _caller.CanTransfer.ShouldBeTrue();
        _bench.Stack.Sessions.ShouldBe(1);
    }

    private void Answers() => Target(200, "desk", Bench.Offer(address: "192.0.2.30"));

    private void Target(int status, string tag = "desk", string body = "") => Respond(Invite, status, tag, "Contact: <sip:desk@192.0.2.30:5080>", body);

    private void Caller(SipRequest request, int status) => Respond(request, status, null, "Contact: <sip:caller@192.0.2.20:5070>", "");

    private void Respond(SipRequest request, int status, string? tag, string contact, string body) => _bench.Say($"""
        SIP/2.0 {status} So
        Via: {request.TopVia}
        From: {request.From}
        To: {(tag is null ? request.To : request.To.WithTag(tag))}
        Call-ID: {request.CallId}
        CSeq: {request.CSeq}
        {contact}
        {(body.Length > 0 ? "Content-Type: application/sdp\n" : "")}Content-Length: {body.ReplaceLineEndings("\r\n").Length}

        {body}
        """);

    private string FromTarget(string method) => $"""
        {method} sip:agent@192.0.2.10:5060 SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.30:5080;branch=z9hG4bKt{method};rport
        From: <sip:desk@192.0.2.30:5080>;tag=desk
        To: {Invite.From}
        Call-ID: {Invite.CallId}
        CSeq: 1 {method}
        Max-Forwards: 70
        Content-Length: 0


        """;

    private void Notify(int status)
    {
        var text = $"SIP/2.0 {status} So\r\n";
        _bench.Say(_bench.Request("NOTIFY", 9, _tag, more: "Event: refer\nSubscription-State: terminated;reason=noresource\nContent-Type: message/sipfrag;version=2.0")
            .Replace("Content-Length: 0", $"Content-Length: {text.Length}", StringComparison.Ordinal) + text);
    }
}
