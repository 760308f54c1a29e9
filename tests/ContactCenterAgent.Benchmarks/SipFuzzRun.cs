using ContactCenterAgent.Transports.Sip.Tests;

namespace ContactCenterAgent.Benchmarks;

/// <summary>Throws mutations of the torture messages at SIP until they are used up or one makes it throw.</summary>
internal static class SipFuzzRun
{
    private const long Round = 100_000;

    public static int Run(long times)
    {
        var corpus = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Torture"), "*.dat").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        var began = TimeProvider.System.GetTimestamp();
        long read = 0, faulty = 0;
        for (var seed = 1; times > 0; seed++, times -= Round)
        {
            var fuzz = new SipFuzz(corpus, seed);
            fuzz.Run(Math.Min(Round, times));
            (read, faulty) = (read + fuzz.Read, faulty + fuzz.Faulty);
            if (seed % 10 == 0) Console.WriteLine($"{seed * Round} mutations, {read} in good form, {faulty} with a fault, {TimeProvider.System.GetElapsedTime(began).TotalSeconds:f0} s, no exception");
        }

        Console.WriteLine($"done: {read} in good form, {faulty} with a fault, {TimeProvider.System.GetElapsedTime(began).TotalSeconds:f0} s, no exception");
        return 0;
    }
}
