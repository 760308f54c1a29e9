using System.Runtime.InteropServices;
using ContactCenterAgent.Media.Recording;

namespace ContactCenterAgent.Media.Tests.Recording;

public sealed class WavTests
{
    private readonly short[] _caller = Sounds.Tone(5000);
    private readonly short[] _agent = Sounds.Noise(5000, -20);

    private static (short[] Left, short[] Right) Sides(byte[] file)
    {
        WavFormat.Read(file, out var format).ShouldBeNull();
        (format!.Channels, format.SampleRate).ShouldBe((2, 8000));
        var samples = MemoryMarshal.Cast<byte, short>(file.AsSpan(format.DataStart)).ToArray();
        return ([.. samples.Where((_, i) => i % 2 == 0)], [.. samples.Where((_, i) => i % 2 == 1)]);
    }

    private string Record(bool crash)
    {
        var path = Path.GetTempFileName();
        var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        var wav = new WavWriter(stream, 8000);
        for (var at = 0; at < 5000; at += 100) wav.Write(_caller.AsSpan(at, 100), _agent.AsSpan(at, 100));
        wav.Samples.ShouldBe(5000);
        if (crash) stream.Flush();
        else wav.Dispose();
        return path;
    }

    [Fact]
    public void Recording_ThatEnded_SaysItsLength()
    {
        var file = File.ReadAllBytes(Record(crash: false));
        WavFormat.Read(file, out var format).ShouldBeNull();
        format!.DataBytes.ShouldBe(20_000u);
        BitConverter.ToUInt32(file, 4).ShouldBe((uint)file.Length - 8);
        Sides(file).ShouldSatisfyAllConditions(s => s.Left.ShouldBe(_caller), s => s.Right.ShouldBe(_agent));
    }

    [Fact]
    public void Recording_CutOffByACrash_IsReadToItsLastSample()
    {
        var path = Record(crash: true);
        using var other = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var file = new byte[other.Length];
        other.ReadExactly(file);
        Sides(file).ShouldSatisfyAllConditions(s => s.Left.ShouldBe(_caller), s => s.Right.ShouldBe(_agent));
    }

    [Fact]
    public void Write_SidesOfDifferentLength_Throws()
    {
        using var wav = new WavWriter(new MemoryStream(), 8000);
        Should.Throw<ArgumentException>(() => wav.Write(new short[2], new short[3]));
    }

    [Theory]
    [InlineData("52494646", WavFormat.MoreNeeded)]
    [InlineData("000000000000000000000000", "It is no WAV.")]
    [InlineData("524946460000000057415645646174610000000000", "It has no format.")]
    [InlineData("5249464600000000574156454C495354FFFFFFFF00000000", "It has no samples.")]
    public void Read_WhatIsNoWav_SaysWhy(string hex, string why) => WavFormat.Read(Convert.FromHexString(hex), out _).ShouldBe(why);

    [Fact]
    public void Read_AHeaderInPieces_AsksForMoreUntilItIsThere()
    {
        var file = File.ReadAllBytes(Record(crash: false));
        for (var length = 0; length < WavWriter.HeaderBytes; length++) WavFormat.Read(file.AsSpan(0, length), out _).ShouldBe(WavFormat.MoreNeeded);
        WavFormat.Read(file.AsSpan(0, WavWriter.HeaderBytes), out _).ShouldBeNull();
    }

    [Fact]
    public void Write_AllocatesNothing()
    {
        using var wav = new WavWriter(Stream.Null, 8000);
        Sounds.Allocated(() =>
        {
            for (var i = 0; i < 100; i++) wav.Write(_caller, _agent);
        }).ShouldBe(0);
    }
}
