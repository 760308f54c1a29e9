using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Tests;

public sealed class FuzzTests
{
    /// <summary>Ten million by <c>dotnet run -c Release --project tests/ContactCenterAgent.Benchmarks -- sip-fuzz 10000000</c>.</summary>
    [Fact]
    public void Parser_OneHundredThousandMutations_NeverThrows_AndWhatItReadsItCanWrite()
    {
        var fuzz = new SipFuzz(TortureTests.Names.Select(TortureTests.Read), seed: 1);

        fuzz.Run(100_000);

        fuzz.Read.ShouldBeGreaterThan(4_000, "mutations that break everything test nothing");
        fuzz.Faulty.ShouldBeGreaterThan(10_000);
    }
}
