using System.Globalization;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Media.Rtp;
using ContactCenterAgent.Media.Srtp;
using ContactCenterAgent.Media.Voice;
using ContactCenterAgent.Speech.Voices;

namespace ContactCenterAgent.Benchmarks;

/// <summary>What a frame of a call costs, and how late the media clock is when garbage is collected and the thread pool is starved.</summary>
internal static class MediaBenchmark
{
    private static readonly RtpPayloads Payloads = new() { Mu = 0, A = 8, G722 = 9, Events = 101, Noise = 13 };

    /// <summary>Both ways of one call's frame: protect, open, read, decode, order, hear, encode, write.</summary>
    public static string Frames(int frames, int sampleRate)
    {
        using var leg = new Leg(sampleRate);
        for (var i = 0; i < 5000; i++) leg.Tick(i);
        var took = new Histogram(frames);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < frames; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            leg.Tick(5000 + i);
            took.Add(TimeProvider.System.GetTimestamp() - began);
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return took.Row(string.Create(CultureInfo.InvariantCulture, $"a frame both ways at {sampleRate} Hz with SRTP and voice activity, {(double)bytes / frames:0.000} bytes allocated"));
    }

    /// <summary>Legs that do the work of a frame each, for a while, on one clock.</summary>
    public static string Lateness(int legs, TimeSpan length, bool pressed)
    {
        using var clock = new MediaClock(TimeProvider.System, "bench");
        using var over = new CancellationTokenSource(length, TimeProvider.System);
        var all = Enumerable.Range(0, legs).Select(_ => new Leg(G711.SampleRate)).ToList();
        all.ForEach(clock.Add);
        var collections = GC.CollectionCount(0);
        if (pressed) Press(over.Token);
        over.Token.WaitHandle.WaitOne();
        all.ForEach(clock.Remove);
        all.ForEach(leg => leg.Dispose());
        var late = clock.Lateness;
        var buckets = string.Join(", ", late.Buckets.Where(b => b.Count > 0).Select(b => string.Create(CultureInfo.InvariantCulture, $"<= {b.BelowMilliseconds} ms: {b.Count}")));
        return string.Create(CultureInfo.InvariantCulture, $"{legs} legs{(pressed ? " under pressure" : "")}, {late.Count} frames, {GC.CollectionCount(0) - collections} collections: {late.ShareLaterThan(MediaClock.Frame):P4} later than 20 ms, largest {late.Largest.TotalMilliseconds:0.0} ms, {clock.SkippedTicks} left out ({buckets})");
    }

    /// <summary>From a sentence to its first 40 ms of sound; empty where espeak-ng is not installed.</summary>
    public static async Task<string> FirstSoundAsync(int sentences)
    {
        if (!EspeakVoice.IsInstalled(new())) return "espeak-ng is not installed.";
        using var voice = new EspeakVoice(new());
        var took = new Histogram(sentences);
        for (var i = 0; i < sentences; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await foreach (var piece in voice.SpeakAsync($"Your appointment is on Thursday the {i + 1}th at half past two with Doctor Lee.", CancellationToken.None))
            {
                took.Add(TimeProvider.System.GetTimestamp() - began);
                break;
            }
        }

        return took.Row("a sentence to its first sound, espeak-ng");
    }

    /// <summary>Garbage of 200 MB a second with some that lives, and every thread of the pool asleep.</summary>
    private static void Press(CancellationToken over)
    {
        ThreadPool.GetMinThreads(out var threads, out _);
        for (var i = 0; i < 4 * threads; i++) ThreadPool.UnsafeQueueUserWorkItem(_ => over.WaitHandle.WaitOne(), null);
        new Thread(() =>
        {
            var kept = new Queue<byte[]>();
            using var pace = new ManualResetEventSlim();
            while (!over.IsCancellationRequested)
            {
                for (var i = 0; i < 200; i++)
                {
                    kept.Enqueue(new byte[10_000]);
                    if (kept.Count > 5000) kept.Dequeue();
                }

                pace.Wait(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            }
        })
        { IsBackground = true }.Start();
    }

    private sealed class Leg : IMediaTicked, IDisposable
    {
        private static readonly SrtpKey Key = SrtpKey.Create();

        private readonly RtpAudioSender _sender;
        private readonly RtpAudioReceiver _receiver;
        private readonly SrtpSender _protect = new(SrtpSuite.AesCm128HmacSha1Tag80, Key);
        private readonly SrtpReceiver _open = new(SrtpSuite.AesCm128HmacSha1Tag80, Key);
        private readonly VoiceActivity _voice;
        private readonly byte[] _packet = new byte[RtpAudioSender.PacketBytes + SrtpSender.RtpOverhead];
        private readonly short[] _sound;
        private readonly short[] _frame;

        /// <summary>With 16000 samples a second it speaks G.722, else G.711.</summary>
        public Leg(int sampleRate)
        {
            _sender = new(RtpSender.WithRandomStart(), G711Law.A, Payloads, sampleRate) { IsWide = sampleRate == G722Encoder.SampleRate };
            _receiver = new(Payloads, new(), sampleRate);
            _voice = new(new());
            _sound = [.. Enumerable.Range(0, sampleRate / 50).Select(i => (short)(4000 * Math.Sin(2 * Math.PI * 200 * i / sampleRate)))];
            _frame = new short[sampleRate / 50];
        }

        public void Tick(long frame)
        {
            var length = _protect.Protect(_packet, _sender.Write(frame, _sound, _packet));
            if (RtpPacket.TryRead(_packet.AsSpan(0, _open.Unprotect(_packet.AsSpan(0, length))), out var packet)) _receiver.Receive(packet, frame * MediaClock.Frame, out _);
            _receiver.Read(_frame);
            _voice.Hear(_frame, 0);
        }

        public void Fail(Exception fault) => Console.Error.WriteLine(fault);

        public void Dispose()
        {
            _protect.Dispose();
            _open.Dispose();
        }
    }
}
