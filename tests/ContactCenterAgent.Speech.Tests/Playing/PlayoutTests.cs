using System.Threading.Channels;
using ContactCenterAgent.Speech.Hearing;
using ContactCenterAgent.Speech.Playing;

namespace ContactCenterAgent.Speech.Tests.Playing;

public sealed class PlayoutTests
{
    private readonly Channel<Note> _notes = Channel.CreateBounded<Note>(64);
    private readonly Playout _playout;

    public PlayoutTests() => _playout = new(8000, TimeSpan.FromSeconds(2), _notes.Writer);

    private static async Task WriteAsync(Playout playout, Utterance utterance, int samples, int characters)
    {
        var epoch = playout.Open(utterance);
        await playout.WriteAsync(epoch, utterance, new short[samples], characters, default);
        playout.End(epoch, utterance, characters);
    }

    [Fact]
    public async Task Write_MoreThanTheRingHolds_WaitsForTheEar()
    {
        var writing = WriteAsync(_playout, new(new(1), "text", 4), 20_000, 4);
        writing.IsCompleted.ShouldBeFalse();
        var frame = new short[160];
        var played = 0;
        for (var i = 0; i < 200; i++)
        {
            played += _playout.Play(frame);
            if (i == 50) await writing.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }

        played.ShouldBe(20_000);
        _playout.IsIdle.ShouldBeTrue();
    }

    [Fact]
    public async Task Stop_WhileTheVoiceWaitsForRoom_LetsItGo()
    {
        var writing = WriteAsync(_playout, new(new(1), "text", 4), 20_000, 4);
        _playout.Stop();
        await writing.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        _playout.Play(new short[160]).ShouldBe(0);
        _playout.IsIdle.ShouldBeTrue();
    }

    [Fact]
    public async Task Play_WordsOfTheLineItself_TellsNobody()
    {
        await WriteAsync(_playout, new(null, "menu", 0), 160, 4);
        _playout.Play(new short[160]).ShouldBe(160);
        _playout.IsIdle.ShouldBeTrue();
        _notes.Reader.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Frames_BothWays_AllocateNothing()
    {
        var pipe = new SamplePipe(8000, TimeSpan.FromSeconds(2));
        var ear = new Ear(8000, new(), _playout, _notes.Writer, holds: true);
        short[] loud = [.. Enumerable.Range(0, 160).Select(i => (short)(8000 * Math.Sin(i)))];
        var frame = new short[160];
        void Run()
        {
            for (var i = 0; i < 60; i++)
            {
                var heard = i is > 20 and < 30 ? loud : frame;
                ear.Hear(heard);
                pipe.Write(heard);
                _playout.Play(frame);
            }
        }

        for (var run = 0; run < 3; run++)
        {
            await WriteAsync(_playout, new(new(run), "text", 4), 8000, 4);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run();
            if (run == 2) (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
            _playout.Stop();
            while (_notes.Reader.TryRead(out _)) continue;
        }
    }
}
