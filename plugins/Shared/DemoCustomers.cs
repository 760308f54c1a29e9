namespace ContactCenterAgent.Plugins.Shared;

/// <summary>The ids that customer records and diary agree on without seeing each other: a function of seed and index.</summary>
internal static class DemoCustomers
{
    /// <summary>How many there are; index 0 is Dana Whitfield in every seed.</summary>
    public const int Count = 400;

    /// <summary>The id of a customer.</summary>
    public static string Id(int seed, int index) => $"C{index:d4}{new SeededRandom(((long)seed << 16) + index).Next(0x10000):x4}";
}
