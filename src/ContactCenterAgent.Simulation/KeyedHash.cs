namespace ContactCenterAgent.Simulation;

/// <summary>What keyed draws are made of: the same on every machine, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class KeyedHash
{
    /// <summary>FNV-1a, 64 bits.</summary>
    public static ulong Fnv(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    /// <summary>The finisher of SplitMix64.</summary>
    public static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
