using System.Collections.Concurrent;
using System.Text;
using static ContactCenterAgent.Simulation.KeyedHash;

namespace ContactCenterAgent.Simulation;

/// <summary>
/// How long back ends take. A draw depends on seed, tool, arguments and attempt only, so every policy that is compared meets the same back end.
/// </summary>
/// <param name="seed">Any number.</param>
public sealed class BackEndLatency(long seed)
{
    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);

    /// <summary>What a plain call takes: evenly 0.5 to 1 s, and 5 s once in a hundred.</summary>
    public TimeSpan OfCall(string tool, IEnumerable<KeyValuePair<string, object?>> arguments)
    {
        var draw = Draw(tool, arguments);
        return TimeSpan.FromMilliseconds(draw % 10_000 < 100 ? 5_000 : 500 + (draw / 10_000 % 501));
    }

    /// <summary>What a confirm or a release takes: evenly 0.2 to 0.4 s.</summary>
    public TimeSpan OfEnd(string tool, string id) => TimeSpan.FromMilliseconds(200 + (Draw(tool, [new("id", id)]) / 10_000 % 201));

    private long Draw(string tool, IEnumerable<KeyValuePair<string, object?>> arguments)
    {
        var key = new StringBuilder(tool);
        foreach (var (name, value) in arguments.OrderBy(a => a.Key, StringComparer.Ordinal)) key.Append('|').Append(name).Append('=').Append(value);
        var text = key.ToString();
        var attempt = _attempts.AddOrUpdate(text, 1, (_, n) => n + 1);
        return (long)(Mix(Fnv(text) ^ Mix((ulong)seed) ^ Mix((ulong)attempt + 0x9E3779B97F4A7C15)) >> 1);
    }
}
