using System.Net;
using ContactCenterAgent.Transports.Sip.Security;
using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Tests.Security;

public sealed class CallersTests
{
    private static readonly Dictionary<string, string> Users = new(StringComparer.Ordinal) { ["alice"] = "secret" };

    private readonly Bench _bench = new(o => o with { Callers = new([], [], Users, "contactcenter") });
    private int _cseq;

    [Theory]
    [InlineData("MD5")]
    [InlineData("SHA-256")]
    public void Caller_WithTheRightPassword_IsLetIn(string algorithm)
    {
        var nonce = Challenge();

        Invite(nonce, "secret", algorithm);

        _bench.Events.OfType<SipEvent.Offered>().Count().ShouldBe(1);
    }

    [Fact]
    public void Challenge_OffersTheBetterHashFirst()
    {
        Challenge();

        _bench.LastResponse.Headers.Where(h => h.Name == "WWW-Authenticate").Select(h => h.Value.Split("algorithm=")[1][..3]).ShouldBe(["SHA", "MD5"]);
    }

    [Fact]
    public void Mistake10_CredentialsPlayedBack_AreStale()
    {
        var nonce = Challenge();
        Invite(nonce, "secret", "MD5");
        _bench.Events.Clear();

        Invite(nonce, "secret", "MD5");

        _bench.LastResponse.Status.ShouldBe(401);
        _bench.LastResponse["WWW-Authenticate"]!.ShouldContain("stale=true");
        _bench.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Mistake10_NonceOfAnotherServer_IsStale_AndAnOldOneToo()
    {
        Invite("00112233445566778899aabbccddeeff0011223344556677", "secret", "MD5");
        _bench.LastResponse["WWW-Authenticate"]!.ShouldContain("stale=true");

        var nonce = Challenge();
        _bench.For(301);
        Invite(nonce, "secret", "MD5");
        _bench.LastResponse["WWW-Authenticate"]!.ShouldContain("stale=true");
    }

    [Fact]
    public void Mistake10_PasswordGuessing_EndsAfterFiveGuesses_EvenWithTheRightOne()
    {
        for (var guess = 0; guess < 5; guess++)
        {
            Invite(Challenge(), $"guess{guess}", "MD5");
            _bench.LastResponse.Status.ShouldBe(401);
        }

        Invite(new string('0', 48), "secret", "MD5");

        _bench.LastResponse.Status.ShouldBe(403);
        _bench.Events.ShouldBeEmpty();
        _bench.For(61);
        Invite(Challenge(), "secret", "MD5");
        _bench.Events.OfType<SipEvent.Offered>().Count().ShouldBe(1);
    }

    [Fact]
    public void Caller_FromATrustedNetwork_NeedsNoPassword()
    {
        var bench = new Bench(o => o with { Callers = new([], [IPNetwork.Parse("192.0.2.0/24")], Users, "contactcenter") });

        bench.Say(bench.Request("INVITE", 1, body: Bench.Offer()));

        bench.Events.OfType<SipEvent.Offered>().Count().ShouldBe(1);
    }

    [Fact]
    public void Stack_ThatIsFullOrDraining_SaysWhenToComeBack()
    {
        var bench = new Bench(o => o with { Sessions = 1 });
        bench.Say(bench.Request("INVITE", 1, body: Bench.Offer()));
        bench.Say(bench.Request("INVITE", 1, callId: "c2", body: Bench.Offer()));
        (bench.LastResponse.Status, bench.LastResponse["Retry-After"]).ShouldBe((503, "10"));

        var draining = new Bench();
        draining.Stack.Draining = true;
        draining.Say(draining.Request("INVITE", 1, body: Bench.Offer()));
        draining.LastResponse.Status.ShouldBe(503);
    }

    [Fact]
    public void Source_ThatSendsTooMuch_IsCutOff_OthersAreNot()
    {
        var limits = new RateLimits(10, 20);
        var (loud, quiet) = (IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"));

        Enumerable.Range(0, 100).Count(_ => limits.Take(loud, TimeSpan.Zero)).ShouldBe(20);
        limits.Take(quiet, TimeSpan.Zero).ShouldBeTrue();
        Enumerable.Range(0, 100).Count(_ => limits.Take(loud, TimeSpan.FromSeconds(1))).ShouldBe(10);
    }

    [Theory]
    [InlineData("a\r\nVia: evil", "a??Via: evil")]
    [InlineData("<script>alert('x')</script>", "?script?alert(?x?)?/script?")]
    [InlineData("plain 123", "plain 123")]
    public void PeersText_IsShownWithoutWhatCouldDoHarm(string text, string shown) => SipText.Shown(text).ShouldBe(shown);

    private string Challenge()
    {
        _bench.Say(_bench.Request("INVITE", ++_cseq, body: Bench.Offer()));
        _bench.LastResponse.Status.ShouldBe(401);
        return _bench.LastResponse["WWW-Authenticate"]!.Split("nonce=\"")[1].Split('"')[0];
    }

    private void Invite(string nonce, string password, string algorithm)
    {
        const string Uri = "sip:agent@192.0.2.10:5060";
        var response = DigestHash.Response(algorithm == "MD5" ? DigestAlgorithm.Md5 : DigestAlgorithm.Sha256, session: false, "alice", "contactcenter", password, "INVITE", Uri, nonce, "00000001", "x", "auth");
        _bench.Say(_bench.Request(
            "INVITE",
            ++_cseq,
            more: $"Authorization: Digest username=\"alice\", realm=\"contactcenter\", nonce=\"{nonce}\", uri=\"{Uri}\", algorithm={algorithm}, qop=auth, nc=00000001, cnonce=\"x\", response=\"{response}\"",
            body: Bench.Offer()));
    }
}
