using static ContactCenterAgent.Simulation.KeyedHash;

namespace ContactCenterAgent.Simulation.SpeculationBench.Speech;

/// <summary>
/// Draws for one turn. Each is keyed by what it is for and where, and none depends on another: more pauses leave the fillers where they were.
/// </summary>
internal readonly struct SpeechDraws(long seed, string dialogue, int turn)
{
    private readonly ulong _key = Mix(Fnv(dialogue) ^ Mix((ulong)seed) ^ Mix((ulong)turn + 0x9E3779B97F4A7C15));

    /// <summary>An even draw from 0 (inclusive) to 1 (exclusive).</summary>
    public double Even(string what, int place) => (Mix(_key ^ Mix(Fnv(what) + (ulong)place)) >> 11) * (1.0 / (1UL << 53));

    public bool Chance(string what, int place, double chance) => Even(what, place) < chance;

    /// <summary>An even draw of 0 to <paramref name="count"/> - 1.</summary>
    public int Index(string what, int place, int count) => (int)(Even(what, place) * count);

    /// <summary>Whole milliseconds, both ends included.</summary>
    public TimeSpan Between(string what, int place, int fromMs, int toMs) => TimeSpan.FromMilliseconds(fromMs + Index(what, place, toMs - fromMs + 1));
}
