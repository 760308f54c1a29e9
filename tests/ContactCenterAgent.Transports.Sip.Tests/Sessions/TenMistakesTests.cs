using System.Net;
using System.Text;
using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Tests.Sessions;

/// <summary>What home-made stacks get wrong, as far as signalling goes; numbers four and five are about sound and stand with it.</summary>
public sealed class TenMistakesTests
{
    private const string TwoProxies = "Record-Route: <sip:192.0.2.31;lr>, <sip:192.0.2.32:5090;lr>\nRecord-Route: <sip:192.0.2.33;lr>";

    [Fact]
    public void Mistake01_RecordRoute_IsCopiedAndFollowed_InItsOrder()
    {
        var bench = new Bench();
        var tag = bench.Up(TwoProxies);

        bench.Responses.Last().List("Record-Route").ShouldBe(["<sip:192.0.2.31;lr>", "<sip:192.0.2.32:5090;lr>", "<sip:192.0.2.33;lr>"]);
        bench.Do(_ => bench.Session.HangUp());

        var (_, to, bye, _) = bench.Sent[^1];
        ((SipRequest)bye).Method.ShouldBe("BYE");
        ((SipRequest)bye).UriText.ShouldBe("sip:caller@192.0.2.20:5070", "the target is the Contact, the way there are the routes");
        bye.Headers.Where(h => h.Name == "Route").Select(h => h.Value).ShouldBe(["<sip:192.0.2.31;lr>", "<sip:192.0.2.32:5090;lr>", "<sip:192.0.2.33;lr>"]);
        to.Address.ShouldBe(new IPEndPoint(IPAddress.Parse("192.0.2.31"), 5060));
        bye.From.Tag.ShouldBe(tag);
    }

    [Fact]
    public void Mistake01_StrictRouter_StandsInTheRequestUri_AndTheTargetLast()
    {
        var bench = new Bench();
        bench.Up("Record-Route: <sip:192.0.2.31>, <sip:192.0.2.32;lr>");

        bench.Do(_ => bench.Session.HangUp());

        var bye = bench.Requests.Single(r => r.Method == "BYE");
        bye.UriText.ShouldBe("sip:192.0.2.31");
        bye.Headers.Where(h => h.Name == "Route").Select(h => h.Value).ShouldBe(["<sip:192.0.2.32;lr>", "<sip:caller@192.0.2.20:5070>"]);
    }

    [Fact]
    public void Mistake02_AnswerWithoutAck_IsRepeatedFor32Seconds_ThenBye()
    {
        var bench = new Bench();
        bench.Say(bench.Request("INVITE", 1, body: Bench.Offer()));
        bench.Do(_ => bench.Session.Answer(bench.Local()));

        bench.For(60);

        var answers = bench.Sent.Where(s => s.Message is SipResponse { Status: 200 }).ToList();
        answers.Select(a => a.At.TotalSeconds).ShouldBe([0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]);
        answers.ShouldAllBe(a => a.Text == answers[0].Text, "byte for byte");
        bench.Sent.First(s => s.Message is SipRequest { Method: "BYE" }).At.ShouldBe(TimeSpan.FromSeconds(32));
        bench.Events.OfType<SipEvent.Ended>().Single().End.ShouldBe(SipEnd.Lost);
    }

    [Fact]
    public void Mistake02_InviteFiveTimes_IsOneCall()
    {
        var bench = new Bench();
        var invite = bench.Request("INVITE", 1, body: Bench.Offer());
        for (var i = 0; i < 3; i++) bench.Say(invite);
        bench.Do(_ => bench.Session.Answer(bench.Local()));
        for (var i = 0; i < 2; i++) bench.Say(invite);
        bench.Say(bench.Request("ACK", 1, bench.LastResponse.To.Tag));
        bench.Say(invite);

        bench.Events.OfType<SipEvent.Offered>().Count().ShouldBe(1);
        bench.Stack.Sessions.ShouldBe(1);
        bench.Responses.Count(r => r.Status == 200).ShouldBe(1);
        bench.Responses.Count(r => r.Status == 100).ShouldBe(3, "a repeated INVITE gets the last answer again while there is no final one");
    }

    [Fact]
    public void Mistake02_MergedInvite_OverAnotherBranch_Is482()
    {
        var bench = new Bench();
        bench.Say(bench.Request("INVITE", 1, body: Bench.Offer()));

        bench.Say(bench.Request("INVITE", 1, body: Bench.Offer()));

        bench.LastResponse.Status.ShouldBe(482);
        bench.Events.OfType<SipEvent.Offered>().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("203.0.113.9:5099;branch=z9hG4bKx;rport", "192.0.2.20", 5070, "received=192.0.2.20", "rport=5070")]
    [InlineData("203.0.113.9:5099;branch=z9hG4bKx", "192.0.2.20", 5099, "received=192.0.2.20", null)]
    [InlineData("unknown.example;branch=z9hG4bKx", "192.0.2.20", 5060, "received=192.0.2.20", null)]
    [InlineData("192.0.2.20:5070;branch=z9hG4bKx", "192.0.2.20", 5070, null, null)]
    public void Mistake03_Response_GoesWhereThePacketCameFrom(string via, string address, int port, string? received, string? rport)
    {
        var bench = new Bench();

        bench.Say(bench.Request("OPTIONS", 1).Replace("192.0.2.20:5070;branch=z9hG4bKb1;rport", via, StringComparison.Ordinal));

        bench.Sent[^1].To.Address.ShouldBe(new IPEndPoint(IPAddress.Parse(address), port));
        var line = bench.Last.TopVia.ToString();
        line.Contains("received=", StringComparison.Ordinal).ShouldBe(received is not null);
        if (received is not null) line.ShouldContain(received);
        if (rport is not null) line.ShouldContain(rport);
    }

    [Fact]
    public void Mistake06_Stream_IsCutByContentLength_NotByPackets()
    {
        var bench = new Bench();
        var peer = new SipPeer(SipTransport.Tcp, new(IPAddress.Parse("192.0.2.20"), 40_000), 3);
        var first = Encoding.Latin1.GetBytes(bench.Request("OPTIONS", 1, callId: "a").ReplaceLineEndings("\r\n"));
        var second = Encoding.Latin1.GetBytes(bench.Request("OPTIONS", 1, callId: "b").Replace("Content-Length: 0\n", "", StringComparison.Ordinal).ReplaceLineEndings("\r\n"));
        var framer = new SipFramer();
        var kinds = new List<SipFrameKind>();

        foreach (var chunk in first.Concat("\r\n\r\n"u8.ToArray()).Concat(second).Chunk(7))
        {
            framer.Add(chunk);
            while (framer.Next(out var message) is var kind and not SipFrameKind.None)
            {
                kinds.Add(kind);
                if (kind == SipFrameKind.Message) bench.Say(message.ToArray(), peer);
            }
        }

        kinds.ShouldBe([SipFrameKind.Message, SipFrameKind.Ping, SipFrameKind.Message]);
        bench.Responses.Select(r => r.CallId).ShouldBe(["a", "b"]);
        bench.Sent.ShouldAllBe(s => s.To == peer, "answers go back on the same stream");
    }

    [Fact]
    public void Mistake06_Stream_WithNonsenseForALength_IsBroken()
    {
        var framer = new SipFramer();
        framer.Add("OPTIONS sip:a@b SIP/2.0\r\nContent-Length: -5\r\n\r\n"u8);
        framer.Next(out _).ShouldBe(SipFrameKind.Broken);

        var endless = new SipFramer();
        endless.Add(new byte[70_000].Select(_ => (byte)'x').ToArray());
        endless.Next(out _).ShouldBe(SipFrameKind.Broken);
    }

    [Fact]
    public void Mistake07_HoldResumeAndRefresh_AreTheSameCall_AndTheVersionRisesOnlyWithAChange()
    {
        var bench = new Bench();
        var tag = bench.Up();

        string Reinvite(int cseq, string body)
        {
            bench.Say(bench.Request("INVITE", cseq, tag, body: body));
            var answer = bench.Sent[^1].Text;
            bench.LastResponse.Status.ShouldBe(200);
            bench.Say(bench.Request("ACK", cseq, tag));
            return answer;
        }

        Version(bench.Sent.First(s => s.Message is SipResponse { Status: 200 }).Text).ShouldBe(1);
        var hold = Reinvite(2, Bench.Offer() + "a=sendonly\n");
        hold.ShouldContain("a=recvonly");
        Version(hold).ShouldBe(2);
        bench.Session.Media!.MaySend.ShouldBeFalse();
        Version(Reinvite(3, Bench.Offer() + "a=sendonly\n")).ShouldBe(2, "a refresh changes nothing");
        Reinvite(4, Bench.Offer() + "a=inactive\n").ShouldContain("a=inactive");
        Reinvite(5, Bench.Offer(address: "0.0.0.0")).ShouldContain("a=sendrecv");
        bench.Session.Media!.MaySend.ShouldBeFalse("the old way of saying hold");
        var resumed = Reinvite(6, Bench.Offer());
        resumed.ShouldContain("a=sendrecv");
        bench.Session.Media!.OnHold.ShouldBeFalse();
        bench.Stack.Sessions.ShouldBe(1);
        bench.Events.OfType<SipEvent.Offered>().Count().ShouldBe(1);
    }

    [Fact]
    public void Mistake07_EmptyReinvite_GetsOurOffer_AndTheAckItsAnswer()
    {
        var bench = new Bench();
        var tag = bench.Up();

        bench.Say(bench.Request("INVITE", 2, tag));
        bench.LastResponse.Status.ShouldBe(200);
        bench.Sent[^1].Text.ShouldContain("m=audio 20000 RTP/AVP 8 0 101");
        bench.Say(bench.Request("ACK", 2, tag, body: Bench.Offer("0 101")));

        bench.Session.Media!.Payload.ShouldBe((byte)0);
        bench.Events.OfType<SipEvent.Ended>().ShouldBeEmpty();
    }

    [Fact]
    public void Mistake07_SessionTimer_IsKept()
    {
        var bench = new Bench();
        bench.Up("Supported: timer\nSession-Expires: 90;refresher=uac");
        var answer = bench.Responses.Last(r => r.Status == 200);
        answer["Session-Expires"].ShouldBe("90;refresher=uac");
        answer.Lists("Require", "timer").ShouldBeTrue();

        bench.Until(TimeSpan.FromSeconds(59));
        bench.Events.OfType<SipEvent.Ended>().ShouldBeEmpty();
        bench.Until(TimeSpan.FromSeconds(60));

        bench.Requests.Count(r => r.Method == "BYE").ShouldBe(1);
        bench.Events.OfType<SipEvent.Ended>().Single().End.ShouldBe(SipEnd.Lost);
    }

    [Fact]
    public void Mistake07_SessionTimerTooShort_Is422()
    {
        var bench = new Bench();

        bench.Say(bench.Request("INVITE", 1, more: "Supported: timer\nSession-Expires: 60", body: Bench.Offer()));

        bench.LastResponse.Status.ShouldBe(422);
        bench.LastResponse["Min-SE"].ShouldBe("90");
    }

    [Fact]
    public void Mistake07_OurOwnRefresh_IsSentAtHalfTime_AndItsFailureEndsTheCall()
    {
        var bench = new Bench();
        bench.Up("Supported: timer\nSession-Expires: 100;refresher=uas\nAllow: INVITE, UPDATE");

        bench.Until(TimeSpan.FromSeconds(50));
        var update = bench.Requests.Single(r => r.Method == "UPDATE");
        update["Session-Expires"].ShouldBe("100;refresher=uac");
        bench.For(33);

        bench.Events.OfType<SipEvent.Ended>().Single().End.ShouldBe(SipEnd.Lost);
    }

    [Fact]
    public void Mistake08_Cancel_WhileRinging_Is200And487()
    {
        var bench = new Bench();
        bench.Say(bench.Request("INVITE", 1, body: Bench.Offer(), branch: "inv"));
        bench.Do(_ => bench.Session.Ring());

        bench.Say(bench.Request("CANCEL", 1, branch: "inv"));

        bench.Responses.Select(r => (r.Status, r.CSeq.Method)).ShouldBe([(100, "INVITE"), (180, "INVITE"), (200, "CANCEL"), (487, "INVITE")]);
        bench.Say(bench.Request("ACK", 1, bench.LastResponse.To.Tag, branch: "inv"));
        bench.Events.OfType<SipEvent.Ended>().Single().End.ShouldBe(SipEnd.Cancelled);
        bench.For(60);
        bench.Stack.Transactions.Count.ShouldBe(0);
        bench.Stack.Transactions.Alarms.Count.ShouldBe(0);
    }

    [Fact]
    public void Mistake08_Cancel_AfterTheAnswer_ChangesNothing_AndOneForNothingIs481()
    {
        var bench = new Bench();
        bench.Say(bench.Request("INVITE", 1, body: Bench.Offer(), branch: "inv"));
        bench.Do(_ => bench.Session.Answer(bench.Local()));
        var tag = bench.LastResponse.To.Tag;

        bench.Say(bench.Request("CANCEL", 1, branch: "inv"));
        bench.LastResponse.Status.ShouldBe(200);
        bench.Say(bench.Request("ACK", 1, tag));
        bench.Events.OfType<SipEvent.Confirmed>().Count().ShouldBe(1);
        bench.Say(bench.Request("CANCEL", 1, branch: "other"));

        bench.LastResponse.Status.ShouldBe(481);
        bench.Stack.Sessions.ShouldBe(1);
    }

    [Fact]
    public void Mistake08_ByeBeforeItsAck_EndsTheCall()
    {
        var bench = new Bench();
        bench.Say(bench.Request("INVITE", 1, body: Bench.Offer()));
        bench.Do(_ => bench.Session.Answer(bench.Local()));

        bench.Say(bench.Request("BYE", 2, bench.LastResponse.To.Tag));

        bench.LastResponse.Status.ShouldBe(200);
        bench.Events.OfType<SipEvent.Ended>().Single().End.ShouldBe(SipEnd.PeerHungUp);
        bench.For(60);
        bench.Requests.ShouldBeEmpty("nothing is sent into a dialog that is over");
        bench.Stack.Transactions.Alarms.Count.ShouldBe(0);
    }

    [Fact]
    public void Mistake08_OurBye_WaitsForTheAck()
    {
        var bench = new Bench();
        bench.Say(bench.Request("INVITE", 1, body: Bench.Offer()));
        bench.Do(_ => bench.Session.Answer(bench.Local()));
        bench.Do(_ => bench.Session.HangUp());
        bench.Requests.ShouldBeEmpty();

        bench.Say(bench.Request("ACK", 1, bench.LastResponse.To.Tag));

        bench.Requests.Single().Method.ShouldBe("BYE");
    }

    [Fact]
    public void Mistake08_Glare_Is491()
    {
        var bench = new Bench();
        var tag = bench.Up("Supported: timer\nSession-Expires: 100;refresher=uas");
        bench.Until(TimeSpan.FromSeconds(50));
        bench.Requests.Single().Method.ShouldBe("INVITE");

        bench.Say(bench.Request("INVITE", 2, tag, body: Bench.Offer()));

        bench.LastResponse.Status.ShouldBe(491);
        bench.Stack.Sessions.ShouldBe(1);
    }

    [Fact]
    public void Mistake08_RequestsOfACallThatIsOver_Are481()
    {
        var bench = new Bench();
        var tag = bench.Up();
        bench.Say(bench.Request("BYE", 2, tag));

        foreach (var (method, cseq) in new[] { ("BYE", 3), ("INFO", 4), ("INVITE", 5), ("OPTIONS", 6) })
        {
            bench.Say(bench.Request(method, cseq, tag));
            bench.LastResponse.Status.ShouldBe(481, method);
        }

        var before = bench.Sent.Count;
        bench.Say(bench.Request("ACK", 7, tag));
        bench.Sent.Count.ShouldBe(before, "an ACK is never answered");
    }

    [Fact]
    public void Mistake09_TenThousandRandomDatagrams_DisturbNoCall()
    {
        var bench = new Bench();
        var tag = bench.Up();
        var random = new Random(3);
        for (var i = 0; i < 10_000; i++)
        {
            var noise = new byte[random.Next(1, 400)];
            random.NextBytes(noise);
            bench.Say(noise);
        }

        bench.Stack.Counters.Unreadable.ShouldBeGreaterThan(9_900);
        bench.Say(bench.Request("INFO", 2, tag));
        bench.LastResponse.Status.ShouldBe(200);
    }

    [Fact]
    public void Mistake09_NumbersTooBig_AreRefused_NotCutOff()
    {
        var bench = new Bench();

        bench.Say(bench.Request("OPTIONS", 1).Replace("CSeq: 1 ", "CSeq: 4294967297 ", StringComparison.Ordinal));
        bench.LastResponse.Status.ShouldBe(400);
        bench.Say(bench.Request("OPTIONS", 1).Replace("Content-Length: 0", "Content-Length: 99999999999999999999", StringComparison.Ordinal));
        bench.LastResponse.Status.ShouldBe(400);
    }

    [Fact]
    public void Mistake09_CompactNamesFoldsAndOddCase_AreUnderstood()
    {
        var bench = new Bench();

        bench.Say(
            """
            OPTIONS sip:agent@192.0.2.10 SIP/2.0
            v: SIP / 2.0 /UDP
             192.0.2.20:5070 ; branch = z9hG4bKcompact;RPort
            F: "a, b; c <d>" <sip:x@192.0.2.20>
              ;tag=1
            t: <sip:agent@192.0.2.10>
            I: compact
            cSEQ: 0007
              OPTIONS
            l: 0

            """ + "\n");

        bench.LastResponse.Status.ShouldBe(200);
        bench.Last.From.Display.ShouldBe("a, b; c <d>");
        bench.Last.CSeq.Number.ShouldBe(7u);
    }

    [Fact]
    public void Mistake10_ReferToUs_IsNotFollowed()
    {
        var bench = new Bench();
        var tag = bench.Up();

        bench.Say(bench.Request("REFER", 2, tag, more: "Refer-To: <sip:premium@192.0.2.99>"));

        bench.LastResponse.Status.ShouldBe(405);
        bench.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Mistake10_SourceOutsideTheRules_HearsNothing()
    {
        var bench = new Bench(o => o with { Callers = o.Callers with { Allowed = [IPNetwork.Parse("192.0.2.16/28")] } });

        bench.Say(bench.Request("OPTIONS", 1), new(SipTransport.Udp, new(IPAddress.Parse("203.0.113.1"), 5060)));
        bench.Sent.ShouldBeEmpty();
        bench.Say(bench.Request("OPTIONS", 1));
        bench.LastResponse.Status.ShouldBe(200);
        bench.Say(bench.Request("INVITE", 1, more: "User-Agent: friendly-scanner", body: Bench.Offer()));

        bench.Events.ShouldBeEmpty();
        bench.Stack.Counters.Unheard.ShouldBe(2);
    }

    private static int Version(string message)
    {
        var origin = message.Split("\r\n").Single(l => l.StartsWith("o=", StringComparison.Ordinal));
        return int.Parse(origin.Split(' ')[2]);
    }
}
