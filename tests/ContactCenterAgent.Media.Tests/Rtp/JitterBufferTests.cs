using ContactCenterAgent.Media.Rtp;

namespace ContactCenterAgent.Media.Tests.Rtp;

public sealed class JitterBufferTests
{
    private const long Start = 0x1_0000_1000;
    private readonly JitterBuffer _buffer = new(8000, new());

    /// <summary>Runs a network: packets of 20 ms come when they are said to, frames are read every 20 ms.</summary>
    /// <param name="packets">For each packet of the stream when it comes in ms; null = lost.</param>
    /// <param name="frames">Frames to read.</param>
    /// <param name="sound">The whole stream's samples.</param>
    private short[] Run(IReadOnlyList<double?> packets, int frames, Func<int, short[]> sound)
    {
        var heard = new List<short>();
        var frame = new short[160];
        var arrivals = packets.Select((at, i) => (At: at, Number: i)).Where(p => p.At is not null).OrderBy(p => p.At).ToList();
        var next = 0;
        for (var tick = 0; tick < frames; tick++)
        {
            for (; next < arrivals.Count && arrivals[next].At <= (tick * 20) + 5; next++)
                _buffer.Write(Start + (arrivals[next].Number * 160), sound(arrivals[next].Number));
            _buffer.Read(frame);
            heard.AddRange(frame);
        }

        return [.. heard];
    }

    private static short[] Numbered(int packet) => [.. Enumerable.Range(packet * 160, 160).Select(i => (short)((i % 20_000) + 1))];

    private static List<double?> Even(int count) => [.. Enumerable.Range(0, count).Select(i => (double?)(i * 20))];

    [Fact]
    public void Read_EvenPackets_GivesThemAllAfterTheStartDelay()
    {
        var heard = Run(Even(60), 60, Numbered);
        heard.AsSpan(0, 320).ToArray().ShouldAllBe(s => s == 0);
        heard.AsSpan(320).ToArray().ShouldBe([.. Enumerable.Range(0, heard.Length - 320).Select(i => (short)(i + 1))]);
        _buffer.MissingSamples.ShouldBe(0);
    }

    [Fact]
    public void Read_ReorderedAndRepeatedPackets_AreInOrder()
    {
        var packets = Even(40);
        (packets[10], packets[11]) = (220, 205);
        var heard = Run(packets, 40, Numbered);
        _buffer.Write(Start + (39 * 160), Numbered(39));
        _buffer.Write(Start + (39 * 160), Numbered(39));
        heard.AsSpan(320).ToArray().ShouldBe([.. Enumerable.Range(0, heard.Length - 320).Select(i => (short)(i + 1))]);
        _buffer.RepeatedSamples.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Read_OneLostPacket_IsConcealedAndTimeGoesOn()
    {
        var packets = Even(40);
        packets[20] = null;
        var heard = Run(packets, 42, i => Sounds.Voice(160, i * 160));
        var gap = heard.AsSpan((20 * 160) + 320, 160);
        Sounds.Decibels(gap).ShouldBe(Sounds.Decibels(Sounds.Voice(160)), 4);

        // What follows is where it belongs.
        heard.AsSpan((22 * 160) + 320, 160).ToArray().ShouldBe(Sounds.Voice(160, 22 * 160));
        _buffer.MissingSamples.ShouldBe(160);
    }

    [Fact]
    public void Read_PacketsOf30Milliseconds_GiveEverySample()
    {
        var frame = new short[160];
        var heard = new List<short>();
        for (var ms = 0; ms < 1200; ms += 10)
        {
            if (ms % 30 == 0) _buffer.Write(Start + (ms * 8), [.. Enumerable.Range(ms * 8, 240).Select(i => (short)(i + 1))]);
            if (ms % 20 != 0) continue;
            _buffer.Read(frame);
            heard.AddRange(frame);
        }

        heard.Skip(320).ShouldBe(Enumerable.Range(0, heard.Count - 320).Select(i => (short)(i + 1)));
    }

    [Fact]
    public void Delay_WithJitterOf60Milliseconds_GrowsAndLosesLittle()
    {
        var random = new Random(7);
        var packets = Enumerable.Range(0, 1500).Select(i => (double?)((i * 20) + random.Next(60))).ToList();
        Run(packets, 1500, i => Sounds.Voice(160, i * 160));
        (_buffer.LateSamples / 160.0 / 1500).ShouldBeLessThan(0.005);
        _buffer.DelaySamples.ShouldBeInRange(60 * 8, 110 * 8);
    }

    [Fact]
    public void Delay_AfterTheJitterIsOver_ShrinksInPauses()
    {
        var random = new Random(7);
        var packets = Enumerable.Range(0, 3000).Select(i => (double?)((i * 20) + (i < 500 ? random.Next(120) : 0))).ToList();
        Run(packets, 600, i => i % 100 < 50 ? Sounds.Voice(160, i * 160) : new short[160]);
        var wide = _buffer.DelaySamples;
        var narrow = new JitterBufferTests();
        narrow.Run(packets, 3000, i => i % 100 < 50 ? Sounds.Voice(160, i * 160) : new short[160]);
        wide.ShouldBeGreaterThan(90 * 8);
        narrow._buffer.DelaySamples.ShouldBeLessThan(60 * 8);
    }

    [Fact]
    public void Write_HalfASecondOfNothingAtOnce_GoesOnInStep()
    {
        // The network stops for 500 ms and delivers all at once.
        var packets = Enumerable.Range(0, 200).Select(i => (double?)(i is >= 100 and < 125 ? 2500 : i * 20)).ToList();
        var heard = Run(packets, 200, Numbered);
        _buffer.Resyncs.ShouldBe(0);
        heard[^1].ShouldBeInRange((short)((200 * 160 % 20_000) - (210 * 8)), (short)(200 * 160 % 20_000));
    }

    [Fact]
    public void Write_TimestampsThatJumpAhead_BeginAnew()
    {
        var frame = new short[160];
        for (var i = 0; i < 10; i++)
        {
            _buffer.Write(Start + (i * 160), Numbered(i));
            _buffer.Read(frame);
        }

        for (var i = 0; i < 10; i++)
        {
            _buffer.Write(Start + 8_000_000 + (i * 160), Numbered(i));
            _buffer.Read(frame);
        }

        _buffer.Resyncs.ShouldBe(1);
        frame.ShouldBe(Numbered(7));
    }

    [Fact]
    public void Write_TimestampsThatStoodStillOverAPause_BeginAnewWithinHalfASecond()
    {
        var frame = new short[160];
        for (var tick = 0; tick < 300; tick++)
        {
            // Five seconds of nothing, in which the far end's clock stood still.
            if (tick is < 10 or >= 260) _buffer.Write(Start + ((tick < 10 ? tick : tick - 250) * 160), Numbered(tick % 100));
            _buffer.Read(frame);
        }

        _buffer.Resyncs.ShouldBe(1);
        frame.ShouldBe(Numbered(97));
    }

    [Fact]
    public void Read_AfterComfortNoise_PlaysNoiseUntilSpeechIsBack()
    {
        var frame = new short[160];
        _buffer.Write(Start, Sounds.Voice(160));
        _buffer.Noise(Start + 160, [40]);
        for (var tick = 0; tick < 50; tick++) _buffer.Read(frame);
        Sounds.Decibels(frame).ShouldBe(-40, 2);
        _buffer.MissingSamples.ShouldBe(0);

        // The far end's clock ran on: 50 frames after the first, less the delay of 40 ms.
        _buffer.Write(Start + (50 * 160), Numbered(1));
        for (var tick = 0; tick < 3; tick++) _buffer.Read(frame);
        frame.AsSpan(30).ToArray().ShouldBe(Numbered(1).AsSpan(30).ToArray());
    }

    [Fact]
    public void WriteAndRead_Allocate_Nothing()
    {
        var frame = new short[160];
        var sound = Sounds.Voice(160);
        long at = Start;
        Sounds.Allocated(() =>
        {
            for (var i = 0; i < 1000; i++, at += 160)
            {
                if (i % 7 != 0) _buffer.Write(at, sound);
                _buffer.Read(frame);
            }
        }).ShouldBe(0);
    }
}
