using System.Net;
using System.Text;
using ContactCenterAgent.Transports.Sip.Security;
using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Trunks;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Tests.Trunks;

public sealed class SipTrunkTests
{
    private readonly Bench _bench = new();
    private SipTrunk? _trunk;

    private SipRequest LastRequest => _bench.Requests.Last();

    [Fact]
    public void Registration_AnswersTheChallenge_AndIsRefreshedAtHalfOfWhatIsGranted()
    {
        Start();
        var first = LastRequest;
        first["Expires"].ShouldBe("300");
        Answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\"");
        var second = LastRequest;
        second.CallId.ShouldBe(first.CallId);
        second.CSeq.Number.ShouldBe(first.CSeq.Number + 1);
        second["Authorization"]!.ShouldContain("nc=00000001");

        Answer(200, "Contact: <sip:bot@192.0.2.10:5060>;expires=120");
        _trunk!.State.ShouldBe(TrunkState.Up);
        var before = _bench.Requests.Count();
        _bench.For(59);
        _bench.Requests.Count().ShouldBe(before);
        _bench.For(2);

        LastRequest.Method.ShouldBe("REGISTER");
        LastRequest["Authorization"]!.ShouldContain("nc=00000002");
    }

    [Fact]
    public void Registration_WithAWrongPassword_IsNotTriedAgainAtOnce()
    {
        Start();
        Answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\"");
        Answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"n2\", qop=\"auth\"");

        _bench.Requests.Count().ShouldBe(2);
        _trunk!.State.ShouldBe(TrunkState.Down);
        _bench.For(2.9);
        _bench.Requests.Count().ShouldBe(2);
        _bench.For(1.2);
        _bench.Requests.Select(r => r.TopVia.Branch).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Registration_WithoutAnAnswer_BacksOff()
    {
        Start();

        _bench.For(600);

        var starts = _bench.Sent.Where(s => s.Message is SipRequest).GroupBy(s => s.Message.TopVia.Branch).Select(g => g.First().At.TotalSeconds).ToList();
        var waits = starts.Zip(starts.Skip(1), (a, b) => b - a - 32).ToList();
        waits.Count.ShouldBeGreaterThan(3);
        waits.Zip(waits.Skip(1), (a, b) => b > a).ShouldAllBe(longer => longer);
    }

    [Fact]
    public void Registration_TooShort_AsksForTheLeast()
    {
        Start();

        Answer(423, "Min-Expires: 1800");

        LastRequest["Expires"].ShouldBe("1800");
    }

    [Fact]
    public void Stop_TakesTheRegistrationBack()
    {
        Start();
        Answer(200, "Expires: 300");

        _bench.Do(_ => _trunk!.Stop());

        LastRequest["Expires"].ShouldBe("0");
        Answer(200, "X: y");
        _trunk!.State.ShouldBe(TrunkState.Gone);
        _bench.For(40);
        _bench.Stack.Transactions.Alarms.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Digest_OfTheRfcsExample_IsTheRfcs(string algorithm, string response)
    {
        // RFC 7616 section 3.9.1.
        DigestHash.Response(
            algorithm == "MD5" ? DigestAlgorithm.Md5 : DigestAlgorithm.Sha256, session: false, "Mufasa", "http-auth@example.org", "Circle of Life", "GET", "/dir/index.html",
            "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "00000001", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", "auth").ShouldBe(response);
    }

    private void Start()
    {
        var plan = new TrunkPlan("pbx", SipUri.Parse("sip:pbx.example")!, Bench.Caller, new("bot", "secret"), Registers: true, 300, TimeSpan.Zero);
        _trunk = new(_bench.Stack, plan);
        _bench.Do(_ => _trunk.Start());
    }

    private void Answer(int status, string more)
    {
        var request = LastRequest;
        _bench.Say(
            $"""
            SIP/2.0 {status} Whatever
            Via: {request.TopVia}
            From: {request.From}
            To: {request.To};tag=r
            Call-ID: {request.CallId}
            CSeq: {request.CSeq}
            {more}
            Content-Length: 0

            """ + "\n");
    }
}
