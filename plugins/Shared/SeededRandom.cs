namespace ContactCenterAgent.Plugins.Shared;

/// <summary>SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers for the same seed on every machine and framework version.</summary>
internal sealed class SeededRandom(long seed)
{
    private ulong _state = unchecked((ulong)seed * 0xD1342543DE82EF95UL + 1);

    /// <summary>From 0 up to a bound, the bound excluded.</summary>
    public int Next(int bound) => (int)(NextBits() % (ulong)bound);

    /// <summary>From 0 up to 1, 1 excluded.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];

    private ulong NextBits()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
