namespace ContactCenterAgent.AudioLoop.Tests.Phones;

/// <summary>A packet of sound as it came.</summary>
/// <param name="At">Time of arrival, since the phone's clock began.</param>
/// <param name="Timestamp">RTP timestamp, in samples.</param>
/// <param name="Samples">16-bit linear, 8000 a second.</param>
internal readonly record struct HeardPacket(TimeSpan At, uint Timestamp, short[] Samples)
{
    /// <summary>Samples above this are sound: mu-law's silence and comfort noise are below.</summary>
    public const int Audible = 300;

    /// <summary>There is sound in it.</summary>
    public bool IsVoiced => Array.Exists(Samples, sample => Math.Abs((int)sample) > Audible);
}

/// <summary>What a phone has heard: packets in their order of arrival, waits for sound and for quiet.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class HeardSound
{
    private readonly Lock _gate = new();
    private readonly List<HeardPacket> _packets = [];
    private readonly List<(Func<bool> Is, TaskCompletionSource Done)> _waits = [];
    private TimeSpan _quietSince;
    private TimeSpan _voicedAt = TimeSpan.MinValue;
    private TimeSpan _now;

    /// <summary>Everything so far.</summary>
    public IReadOnlyList<HeardPacket> Packets
    {
        get { lock (_gate) return [.. _packets]; }
    }

    public void Add(HeardPacket packet)
    {
        lock (_gate)
        {
            _packets.Add(packet);
            _now = packet.At;
            if (packet.IsVoiced) (_voicedAt, _quietSince) = (packet.At, packet.At);
            foreach (var wait in _waits.FindAll(w => w.Is())) wait.Done.TrySetResult();
            _waits.RemoveAll(w => w.Done.Task.IsCompleted);
        }
    }

    /// <summary>Waits for sound that comes after a time.</summary>
    public Task VoiceAsync(TimeSpan after) => WaitAsync(() => _voicedAt > after);

    /// <summary>Waits until sound has come after a time and then nothing for a while.</summary>
    public Task QuietAsync(TimeSpan after, TimeSpan length) => WaitAsync(() => _voicedAt > after && _now - _quietSince >= length);

    /// <summary>What was heard from a time on, in one piece: each packet where its timestamp says.</summary>
    public short[] From(TimeSpan from)
    {
        var packets = Packets.Where(p => p.At >= from).ToList();
        if (packets.Count == 0) return [];
        var first = packets.Min(p => p.Timestamp);
        var sound = new short[packets.Max(p => p.Timestamp - first + (uint)p.Samples.Length)];
        foreach (var packet in packets) packet.Samples.CopyTo(sound, packet.Timestamp - first);
        return sound;
    }

    private Task WaitAsync(Func<bool> condition)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (condition()) return Task.CompletedTask;
            _waits.Add((condition, done));
        }

        return done.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
    }
}
