using System.Net;
using ContactCenterAgent.Transports.Sip.Security;
using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Tests.Sessions;

/// <summary>Calls that are to take the place of others (RFC 3891 section 3).</summary>
public sealed class ReplacesTests
{
    private readonly Bench _bench = new(change: options => options with { Replaces = true });

    [Fact]
    public void Replaces_OfACallThatIsUp_TakesItsPlace_AndTheOldOneGetsBye()
    {
        var tag = _bench.Up();
        var caller = _bench.Session;

        Replace($"c1;to-tag={tag};from-tag=ft");
        var replacing = _bench.Events.OfType<SipEvent.Replacing>().ShouldHaveSingleItem();
        _bench.Do(_ => replacing.Session.Answer(_bench.Local(20_002)));
        var answer = _bench.LastResponse;
        _bench.Say(_bench.Request("ACK", 1, answer.To.Tag, callId: "c2", fromTag: "new"));
        _bench.Do(_ => caller.HangUp());

        replacing.Replaced.ShouldBe(caller);
        (answer.Status, answer.CallId).ShouldBe((200, "c2"));
        _bench.Events.OfType<SipEvent.Offered>().Count().ShouldBe(1, "the newcomer is no call of its own");
        _bench.Events.OfType<SipEvent.Confirmed>().Select(c => c.Session).ShouldBe([caller, replacing.Session]);
        var bye = _bench.Requests.ShouldHaveSingleItem();
        (bye.Method, bye.CallId, bye.From.Tag, bye.To.Tag).ShouldBe(("BYE", "c1", tag, "ft"));
        _bench.Stack.Sessions.ShouldBe(1);
    }

    [Theory]
    [InlineData("c9;to-tag=TAG;from-tag=ft")]
    [InlineData("c1;to-tag=other;from-tag=ft")]
    [InlineData("c1;to-tag=TAG;from-tag=other")]
    [InlineData("c1;to-tag=ft;from-tag=TAG")]
    public void Replaces_OfNoCallOfOurs_Is481(string value) => Refused(value, 481);

    [Theory]
    [InlineData("c1")]
    [InlineData("c1;to-tag=TAG")]
    [InlineData(";to-tag=TAG;from-tag=ft")]
    [InlineData("c1;to-tag=\"TAG;from-tag=ft")]
    [InlineData("c1;to-tag=TAG;from-tag=ft\nReplaces: c1;to-tag=TAG;from-tag=ft")]
    public void Replaces_BrokenOrTwice_Is400(string value) => Refused(value, 400);

    [Fact]
    public void Replaces_EarlyOnly_OfACallThatIsUp_Is486() => Refused("c1;to-tag=TAG;from-tag=ft;early-only", 486);

    [Fact]
    public void Replaces_OfACallThatWeHaveNotAnswered_Is481()
    {
        _bench.Say(_bench.Request("INVITE", 1, body: Bench.Offer()));
        _bench.Do(_ => _bench.Session.Ring());

        Replace($"c1;to-tag={_bench.LastResponse.To.Tag};from-tag=ft");

        _bench.LastResponse.Status.ShouldBe(481, "who was called may be replaced, not who calls");
        _bench.Session.IsOver.ShouldBeFalse();
    }

    [Fact]
    public void Replaces_OfACallThatIsOver_Is603_And481OnceItIsForgotten()
    {
        var tag = _bench.Up();
        _bench.Say(_bench.Request("BYE", 2, tag));

        Replace($"c1;to-tag={tag};from-tag=ft");
        _bench.LastResponse.Status.ShouldBe(603);
        _bench.For(33);
        Replace($"c1;to-tag={tag};from-tag=ft", "c3");

        _bench.LastResponse.Status.ShouldBe(481);
        _bench.Stack.Sessions.ShouldBe(0);
    }

    [Fact]
    public void Replaces_FromWhoMustAuthenticate_IsChallenged_AndFromElsewhere_IsNotHeard()
    {
        var trusted = new Bench(o => o with { Replaces = true, Callers = new([IPNetwork.Parse("192.0.2.0/24")], [IPNetwork.Parse("192.0.2.20/32")], new Dictionary<string, string> { ["desk"] = "secret" }, "realm") });
        var tag = trusted.Up();
        var replace = trusted.Request("INVITE", 1, more: $"Replaces: c1;to-tag={tag};from-tag=ft", body: Bench.Offer(), callId: "c2", fromTag: "new");

        trusted.Say(replace, Bench.Caller with { Address = new(IPAddress.Parse("192.0.2.21"), 5070) });
        trusted.LastResponse.Status.ShouldBe(401);
        var sent = trusted.Sent.Count;
        trusted.Say(replace, Bench.Caller with { Address = new(IPAddress.Parse("198.51.100.1"), 5070) });

        trusted.Sent.Count.ShouldBe(sent);
        trusted.Events.OfType<SipEvent.Replacing>().ShouldBeEmpty();
    }

    [Fact]
    public void Replaces_WithSoundThatWeLack_Is488_AndTheCallGoesOn()
    {
        var tag = _bench.Up();

        _bench.Say(_bench.Request("INVITE", 1, more: $"Replaces: c1;to-tag={tag};from-tag=ft", body: Bench.Offer("96", "a=rtpmap:96 opus/48000/2\n"), callId: "c2", fromTag: "new"));

        _bench.LastResponse.Status.ShouldBe(488);
        _bench.Session.IsOver.ShouldBeFalse();
    }

    [Fact]
    public void Replaces_WhenThereIsRoomForNoOtherCall_IsTaken()
    {
        var bench = new Bench(o => o with { Sessions = 1, Replaces = true });
        var tag = bench.Up();

        bench.Say(bench.Request("INVITE", 1, more: $"Require: replaces\nReplaces: c1;to-tag={tag};from-tag=ft", body: Bench.Offer(), callId: "c2", fromTag: "new"));

        bench.LastResponse.Status.ShouldBe(100);
        bench.Events.OfType<SipEvent.Replacing>().Count().ShouldBe(1);
    }

    [Fact]
    public void Replaces_WhereItIsNotOn_IsNotKnown()
    {
        var bench = new Bench();
        var tag = bench.Up();
        bench.Responses.Last(r => r.Status == 200).Lists("Supported", "replaces").ShouldBeFalse();

        bench.Say(bench.Request("INVITE", 1, more: $"Replaces: c1;to-tag={tag};from-tag=ft", body: Bench.Offer(), callId: "c2", fromTag: "new"));
        bench.Say(bench.Request("INVITE", 1, more: $"Require: replaces\nReplaces: c1;to-tag={tag};from-tag=ft", body: Bench.Offer(), callId: "c3", fromTag: "third"));

        bench.LastResponse.Status.ShouldBe(420);
        bench.Events.OfType<SipEvent.Replacing>().ShouldBeEmpty();
        bench.Events.OfType<SipEvent.Offered>().Count().ShouldBe(2, "the second call is one of its own");
    }

    [Fact]
    public void Supported_OfAnAnswerAndOfOptions_NamesReplaces()
    {
        _bench.Up();
        _bench.Responses.Last(r => r.Status == 200).Lists("Supported", "replaces").ShouldBeTrue();

        _bench.Say(_bench.Request("OPTIONS", 1, callId: "o1"));

        _bench.LastResponse.Lists("Supported", "replaces").ShouldBeTrue();
    }

    [Fact]
    public void PastDialogs_KeepsTheNewestThousand_For32Seconds()
    {
        var past = new PastDialogs();
        for (var i = 0; i < 2_000; i++) past.Add(new($"c{i}", "a", "b"), TimeSpan.FromSeconds(1));

        past.Has(new("c900", "a", "b"), TimeSpan.FromSeconds(1)).ShouldBeFalse();
        past.Has(new("c1999", "a", "b"), TimeSpan.FromSeconds(32)).ShouldBeTrue();
        past.Has(new("c1999", "a", "b"), TimeSpan.FromSeconds(33)).ShouldBeFalse();
    }

    private void Replace(string value, string callId = "c2") =>
        _bench.Say(_bench.Request("INVITE", 1, more: $"Replaces: {value}", body: Bench.Offer(), callId: callId, fromTag: "new"));

    private void Refused(string value, int status)
    {
        var tag = _bench.Up();

        Replace(value.Replace("TAG", tag, StringComparison.Ordinal));

        _bench.LastResponse.Status.ShouldBe(status);
        _bench.Events.OfType<SipEvent.Replacing>().ShouldBeEmpty();
        _bench.Session.IsOver.ShouldBeFalse("the call that was meant goes on");
        _bench.Stack.Sessions.ShouldBe(1);
    }
}
