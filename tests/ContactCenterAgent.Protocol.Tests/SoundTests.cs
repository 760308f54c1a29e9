using System.Runtime.InteropServices;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Protocol.Tests.Clients;

namespace ContactCenterAgent.Protocol.Tests;

/// <summary>Sound and keys of real clients.</summary>
public sealed class SoundTests(Network network) : IClassFixture<Network>
{
    private const string Bot = "127.0.0.1:5060";

    [ClientFact("sipp", "tshark")]
    public async Task Sound_BothWays_IsByteForByteWhatWasSent()
    {
        // Never twice the same 20 ms, so that a lost, doubled or shifted frame shows.
        var random = new Random(3);
        var caller = Samples(random, 2 * 8_000);

        // Shorter than the caller's, who hangs up at the end of it: a late start on a busy machine must not cut it.
        var agent = Samples(random, 8_000);
        await WriteAsync("caller.alaw", Alaw(caller));
        await WriteAsync("agent.raw", MemoryMarshal.AsBytes<short>(agent).ToArray());
        await using var line = await network.LineAsync(new() { Play = Path.Combine(network.Folder, "agent.raw"), Record = network.Folder });
        await using var capture = network.Start("tshark", "-i", "lo", "-f", "udp", "-w", "sound.pcap", "-q");
        await capture.HearAsync("Capturing");

        await SippAsync("uac_sound.xml");
        await line.HearAsync("recorded 1");
        await capture.DisposeAsync();

        var heard = Alaw(MemoryMarshal.Cast<byte, short>(await File.ReadAllBytesAsync(Path.Combine(network.Folder, "1.raw"))).ToArray());
        heard.AsSpan().IndexOf(Alaw(caller)).ShouldBeGreaterThanOrEqualTo(0, "what the caller said, from the first sample, in one piece");
        var sent = await PayloadsAsync("udp.dstport == 6000 && rtp.p_type == 8");
        sent.AsSpan().IndexOf(Alaw(agent)).ShouldBeGreaterThanOrEqualTo(0, "what the agent said, in one piece");
    }

    [ClientFact("sipp")]
    public async Task Keys_ByEventsAndByInfo_CountOnceEach()
    {
        foreach (var key in new[] { "1", "pound", "star", "7" }) File.Copy($"/usr/share/sip-tester/dtmf_2833_{key}.pcap", Path.Combine(network.Folder, $"dtmf_2833_{key}.pcap"), overwrite: true);
        await using var line = await network.LineAsync(new());

        await SippAsync("uac_keys.xml");

        await line.HearAsync("closed ordinary");
        line.Said.Split('\n').Where(l => l.StartsWith("digit ", StringComparison.Ordinal)).ShouldBe(["digit 1", "digit 7", "digit *", "digit #", "digit 5"]);
    }

    [ClientFact("sipp")]
    public async Task Caller_WhoSendsNothing_IsLostWithinTheNamedTime()
    {
        await using var line = await network.LineAsync(new() { Options = new() { SoundLostAfter = TimeSpan.FromSeconds(5) } });
        await using var sipp = network.Start("sipp", "-sn", "uac", Bot, "-m", "1", "-d", "50000", "-i", "127.0.0.1", "-p", "5071", "-nostdin", "-timeout", "50s");

        await line.HearAsync("opened");
        var began = TimeProvider.System.GetTimestamp();
        await line.HearAsync("closed lost");

        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(4), "not before its time; that it comes at all was waited for above");
    }

    private async Task SippAsync(string scenario)
    {
        await using var sipp = network.Start("sipp", "-sf", Network.Scenario(scenario), Bot, "-m", "1", "-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", "5071", "-nostdin", "-timeout", "30s", "-timeout_error");
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
    }

    private Task WriteAsync(string name, byte[] bytes) => File.WriteAllBytesAsync(Path.Combine(network.Folder, name), bytes);

    private async Task<byte[]> PayloadsAsync(string filter)
    {
        var said = await network.RunAsync("tshark", "-r", "sound.pcap", "-d", "udp.port==6000,rtp", "-Y", filter, "-T", "fields", "-e", "rtp.payload");
        return said.Split('\n').Where(l => l.Length > 0 && l.All(c => char.IsAsciiHexDigit(c) || c == ':')).SelectMany(l => Convert.FromHexString(l.Replace(":", "", StringComparison.Ordinal))).ToArray();
    }

    private static short[] Samples(Random random, int count) => Enumerable.Range(0, count).Select(_ => (short)random.Next(-20_000, 20_000)).ToArray();

    private static byte[] Alaw(ReadOnlySpan<short> samples)
    {
        var bytes = new byte[samples.Length];
        G711.Encode(G711Law.A, samples, bytes);
        return bytes;
    }
}
