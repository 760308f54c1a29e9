using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Tests;

/// <summary>The messages of RFC 4475, from its bit-exact archive (appendix A).</summary>
public sealed class TortureTests
{
    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Torture");

    internal static string[] Names { get; } = [.. Directory.EnumerateFiles(Folder, "*.dat").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> All => [.. Names];

    internal static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".dat"));

    [Fact]
    public void Corpus_IsWhole() => Names.Length.ShouldBe(49);

    [Theory]
    [InlineData("wsinv", "INVITE")]
    [InlineData("intmeth", "!interesting-Method0123456789_*+`.%indeed'~")]
    [InlineData("esc01", "INVITE")]
    [InlineData("escnull", "REGISTER")]
    [InlineData("esc02", "RE%47IST%45R")]
    [InlineData("lwsdisp", "OPTIONS")]
    [InlineData("longreq", "INVITE")]
    [InlineData("dblreq", "REGISTER")]
    [InlineData("semiuri", "OPTIONS")]
    [InlineData("transports", "OPTIONS")]
    [InlineData("mpart01", "MESSAGE")]
    [InlineData("badbranch", "OPTIONS")]
    [InlineData("bext01", "OPTIONS")]
    [InlineData("invut", "INVITE")]
    [InlineData("regaut01", "REGISTER")]
    [InlineData("zeromf", "OPTIONS")]
    [InlineData("cparam01", "REGISTER")]
    [InlineData("cparam02", "REGISTER")]
    [InlineData("regescrt", "REGISTER")]
    [InlineData("sdp01", "INVITE")]
    [InlineData("inv2543", "INVITE")]
    [InlineData("baddate", "INVITE")]
    public void Request_InGoodForm_IsRead(string name, string method)
    {
        var (message, fault) = SipParser.Parse(Read(name), SipFraming.Datagram);

        fault.ShouldBeNull();
        message.ShouldBeOfType<SipRequest>().Method.ShouldBe(method);
    }

    [Theory]
    [InlineData("unreason", 200)]
    [InlineData("noreason", 100)]
    public void Response_InGoodForm_IsRead(string name, int status)
    {
        var (message, fault) = SipParser.Parse(Read(name), SipFraming.Datagram);

        fault.ShouldBeNull();
        message.ShouldBeOfType<SipResponse>().Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("clerr", 400)]
    [InlineData("ncl", 400)]
    [InlineData("scalar02", 400)]
    [InlineData("quotbal", 400)]
    [InlineData("ltgtruri", 400)]
    [InlineData("lwsruri", 400)]
    [InlineData("lwsstart", 400)]
    [InlineData("trws", 400)]
    [InlineData("escruri", 400)]
    [InlineData("regbadct", 400)]
    [InlineData("badaspec", 400)]
    [InlineData("baddn", 400)]
    [InlineData("badvers", 505)]
    [InlineData("mismatch01", 400)]
    [InlineData("mismatch02", 400)]
    [InlineData("insuf", 400)]
    [InlineData("unkscm", 416)]
    [InlineData("novelsc", 416)]
    [InlineData("multi01", 400)]
    [InlineData("mcl01", 400)]
    [InlineData("bext01", 420)]
    [InlineData("invut", 415)]
    [InlineData("wsinv", 481)]
    [InlineData("sdp01", 200)]
    [InlineData("zeromf", 200)]
    [InlineData("badbranch", 200)]
    [InlineData("lwsdisp", 200)]
    [InlineData("semiuri", 200)]
    [InlineData("transports", 200)]
    [InlineData("intmeth", 501)]
    [InlineData("esc02", 501)]
    [InlineData("escnull", 405)]
    [InlineData("regaut01", 405)]
    [InlineData("unksm2", 405)]
    [InlineData("mpart01", 405)]
    public void Request_ReceivedByAServer_GetsItsStatus(string name, int status)
    {
        var bench = new Bench();

        bench.Say(Read(name));
        if (bench.Events.OfType<SipEvent.Offered>().Any()) bench.Do(_ => bench.Session.Answer(bench.Local()));

        bench.LastResponse.Status.ShouldBe(status, bench.Sent[^1].Text);
    }

    [Theory]
    [InlineData("esc01")]
    [InlineData("longreq")]
    [InlineData("inv2543")]
    [InlineData("baddate")]
    public void Invite_InGoodForm_BecomesACall(string name)
    {
        var bench = new Bench();

        bench.Say(Read(name));

        bench.LastResponse.Status.ShouldBe(100, bench.Sent[^1].Text);
        bench.Do(_ => bench.Session.Answer(bench.Local()));
        bench.LastResponse.Status.ShouldBe(200);
    }

    /// <summary>Its Via cannot be read, so nobody can be answered.</summary>
    [Fact]
    public void Request_WithoutAReadableVia_IsCountedAndNothingElse()
    {
        var bench = new Bench();

        bench.Say(Read("badinv01"));

        bench.Sent.ShouldBeEmpty();
        bench.Stack.Counters.Unreadable.ShouldBe(1);
    }

    [Theory]
    [InlineData("bigcode")]
    [InlineData("scalarlg")]
    [InlineData("bcast")]
    [InlineData("unreason")]
    [InlineData("noreason")]
    public void Response_OutOfNowhere_IsCountedAndNothingElse(string name)
    {
        var bench = new Bench();

        bench.Say(Read(name));

        bench.Sent.ShouldBeEmpty();
        bench.Events.ShouldBeEmpty();
        (bench.Stack.Counters.Stray + bench.Stack.Counters.Unreadable).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Message_TwiceByteByByteOnAStream_IsCutWhereItEnds(string name)
    {
        // Over a stream Content-Length is what cuts: only messages that tell the truth about it can be sent there.
        string[] liars = ["clerr", "ncl", "mcl01", "dblreq"];
        if (liars.Contains(name)) return;
        var message = Read(name);
        if (Length(message) is not { } declared || declared != message.Length) return;
        var framer = new SipFramer();
        var frames = new List<byte[]>();

        foreach (var b in message.Concat("\r\n"u8.ToArray()).Concat(message))
        {
            framer.Add([b]);
            while (framer.Next(out var frame) == SipFrameKind.Message) frames.Add(frame.ToArray());
        }

        frames.Count.ShouldBe(2);
        frames.ShouldAllBe(f => f.SequenceEqual(message));
    }

    [Fact]
    public void Messages_BackToBackInOneSegment_AreAllFound()
    {
        var framer = new SipFramer();
        var whole = Names.Select(Read).Where(m => Length(m) == m.Length).ToList();
        whole.Count.ShouldBeGreaterThan(25);

        framer.Add(whole.SelectMany(m => m).ToArray());

        foreach (var message in whole)
        {
            framer.Next(out var frame).ShouldBe(SipFrameKind.Message);
            frame.SequenceEqual(message).ShouldBeTrue();
        }

        framer.Next(out _).ShouldBe(SipFrameKind.None);
    }

    private static int? Length(byte[] message)
    {
        if (SipHead.End(message, out var body) < 0) return null;
        var text = System.Text.Encoding.Latin1.GetString(message);
        var match = System.Text.RegularExpressions.Regex.Match(text, @"^(?:content-length|l)\s*:\s*(?<n>\d+)", System.Text.RegularExpressions.RegexOptions.IgnoreCase | System.Text.RegularExpressions.RegexOptions.Multiline, TimeSpan.FromSeconds(1));
        return match.Success ? body + int.Parse(match.Groups["n"].Value) : body;
    }
}
