using System.Runtime.InteropServices;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Recording;
using ContactCenterAgent.Simulation;
using ContactCenterAgent.Speech.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Speech.Tests.Recording;

/// <summary>A call that is recorded once it has heard that it will be.</summary>
public sealed class RecordedCallTests : IDisposable
{
    private readonly VirtualTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-recordings-").FullName;
    private readonly FakeLeg _leg;
    private readonly Sink _sink;

    /// <summary>What the call's record will name.</summary>
    private string? _name;

    public RecordedCallTests() => (_leg, _sink) = (new(_time), new(_time));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A greeting of 0.5 s behind a notice of 1 s; the call is over after 3 s.</summary>
    /// <returns>The call's id.</returns>
    private CallId Run(RecordingOptions options, FakeVoice voice, Func<AudioTransport, Task>? meanwhile = null)
    {
        CallId? call = null;
        _leg.Caller = _ => [.. Enumerable.Repeat((short)7, 160)];
        _leg.HangUpAt(TimeSpan.FromSeconds(3));
        _time.Run(async () =>
        {
            var recorder = new CallRecorder(options, _time, NullLogger.Instance);
            await using var transport = new AudioTransport(_leg, new ScriptedRecogniser(), voice, new(), new(), _time, NullLogger.Instance) { Recorder = recorder };
            call = transport.Call;
            var running = transport.RunAsync(_sink, CancellationToken.None);
            await transport.SayAsync(new(new(1), Pii.Of("hello"), PromptKind.Greeting, null), CancellationToken.None);
            if (meanwhile is not null) await meanwhile(transport);
            await running;
            _name = transport.Recording;
        }, TimeSpan.FromMinutes(1));
        return call!.Value;
    }

    private RecordingOptions Options() => new() { Enabled = true, Folder = _folder, Notice = "ten chars.", FreeBytesMin = 0 };

    private (short Caller, short Agent)[] Read(CallId call)
    {
        var bytes = File.ReadAllBytes(Path.Combine(_folder, "1970-01-01", $"{call}.wav"));
        WavFormat.Read(bytes, out var format).ShouldBeNull();
        format!.DataBytes.ShouldBe((uint)(bytes.Length - format.DataStart));
        var samples = MemoryMarshal.Cast<byte, short>(bytes.AsSpan(format.DataStart)).ToArray();
        return [.. samples.Chunk(2).Select(pair => (pair[0], pair[1]))];
    }

    [Fact]
    public void Call_ThatHasHeardTheNotice_IsRecordedFromThereToItsEnd()
    {
        var call = Run(Options(), new FakeVoice());
        var recorded = Read(call);

        _name.ShouldBe($"1970-01-01/{call}.wav");
        recorded.ShouldAllBe(pair => pair.Caller == 7);
        // Nothing of the notice, all of the greeting: five characters of 100 ms, n times 100 each.
        recorded.Select(pair => pair.Agent).Where(s => s != 0).ShouldBe(Enumerable.Range(1, 5).SelectMany(c => Enumerable.Repeat((short)(c * 100), 800)));
        recorded.Length.ShouldBeInRange((2 * 8_000) - 320, (2 * 8_000) + 320);
    }

    [Fact]
    public void Notice_IsNoPromptOfTheCores()
    {
        Run(Options(), new FakeVoice());

        _sink.Of<PlaybackStarted>().Select(p => p.Prompt.Value).ShouldBe([1]);
        _sink.Of<PlaybackEnded>().Select(p => (p.Prompt.Value, p.Characters)).ShouldBe([(1, 5)]);
    }

    [Fact]
    public void Call_ThatCutsTheNoticeShort_IsNotRecorded()
    {
        Run(Options(), new FakeVoice(), async transport =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), _time);
            await transport.StopPlaybackAsync(CancellationToken.None);
        });

        _name.ShouldBeNull();
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void Call_WhoseNoticeTheVoiceCouldNotSay_IsNotRecorded()
    {
        Run(Options(), new FakeVoice { StopsAfter = 4, Throws = true });

        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void Call_BeyondTheLimit_GoesOnWithoutBeingRecorded()
    {
        var call = Run(Options() with { LengthMax = TimeSpan.FromSeconds(1) }, new FakeVoice());

        Read(call).Length.ShouldBe(8_000);
        _sink.Events[^1].ShouldBeOfType<LineClosed>().At.ShouldBeGreaterThan(TimeSpan.FromSeconds(2.9));
    }

    [Fact]
    public void Call_WithoutRoomOnTheDisk_GoesOnWithoutBeingRecorded()
    {
        Run(Options() with { FreeBytesMin = 1L << 60 }, new FakeVoice());

        Directory.EnumerateFiles(_folder, "*.wav", SearchOption.AllDirectories).ShouldBeEmpty();
        _sink.Of<PlaybackEnded>().Single().Characters.ShouldBe(5);
    }

    [Fact]
    public void Call_WhoseFolderIsAFile_GoesOnWithoutBeingRecorded()
    {
        var taken = Path.Combine(_folder, "taken");
        File.WriteAllText(taken, "");

        Run(Options() with { Folder = taken }, new FakeVoice());

        _sink.Of<PlaybackEnded>().Single().Characters.ShouldBe(5);
        _sink.Events[^1].ShouldBeOfType<LineClosed>().Lost.ShouldBeFalse();
    }

    [Fact]
    public async Task Recording_OnADiskThatIsFull_SaysSo_AndEndsInPeace()
    {
        var recording = new CallRecording(new FullDisk(), 8_000, TimeProvider.System);
        recording.Take(new short[160], new short[160]);

        await recording.DisposeAsync();

        recording.Failed.ShouldBeTrue();
    }

    /// <summary>Takes the header and nothing more.</summary>
    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length >= WavWriter.HeaderBytes) throw new IOException("No space left on device");
            base.Write(buffer);
        }
    }
}
