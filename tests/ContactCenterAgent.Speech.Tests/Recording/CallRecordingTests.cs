using System.Runtime.InteropServices;
using ContactCenterAgent.Media.Recording;
using ContactCenterAgent.Simulation;
using ContactCenterAgent.Speech.Recording;

namespace ContactCenterAgent.Speech.Tests.Recording;

public sealed class CallRecordingTests
{
    private readonly VirtualTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly string _path = Path.GetTempFileName();

    private static short[] Frame(int value) => [.. Enumerable.Repeat((short)value, 160)];

    private async Task<CallRecording> TakeAsync(int frames, Stream stream)
    {
        var recording = new CallRecording(stream, 8000, _time);
        for (var i = 1; i <= frames; i++)
        {
            recording.Take(Frame(i), Frame(-i));
            if (i % 10 == 0) await Task.Delay(TimeSpan.FromMilliseconds(200), _time);
        }

        return recording;
    }

    private FileStream File() => new(_path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);

    [Fact]
    public void Recording_OfACall_HasTheCallerLeftAndTheAgentRight()
    {
        _time.Run(async () => await (await TakeAsync(100, File())).DisposeAsync(), TimeSpan.FromMinutes(1));
        var bytes = System.IO.File.ReadAllBytes(_path);
        WavFormat.Read(bytes, out var format).ShouldBeNull();
        var samples = MemoryMarshal.Cast<byte, short>(bytes.AsSpan(format!.DataStart)).ToArray();
        samples.Length.ShouldBe(2 * 100 * 160);
        for (var i = 0; i < 100 * 160; i++) (samples[2 * i], samples[(2 * i) + 1]).ShouldBe(((short)((i / 160) + 1), (short)-((i / 160) + 1)));
    }

    [Fact]
    public void Recording_WhileTheCallIsUp_IsOnDiskWithinASecond() => _time.Run(async () =>
    {
        var recording = await TakeAsync(100, File());
        new FileInfo(_path).Length.ShouldBeGreaterThan(3 * 8000);
        await recording.DisposeAsync();
    }, TimeSpan.FromMinutes(1));

    [Fact]
    public void Take_FasterThanTheDisk_LosesWholeFramesAndCounts() => _time.Run(async () =>
    {
        await using var recording = new CallRecording(File(), 8000, _time);
        for (var i = 0; i < 210; i++) recording.Take(Frame(i), Frame(i));
        recording.Lost.ShouldBe(10 * 160);
    }, TimeSpan.FromMinutes(1));
}
