using ContactCenterAgent.Transports.WebSocket.Browser;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Browser;

public sealed class AllowanceTests
{
    [Fact]
    public void Take_BeyondTheBurst_WaitsForTime()
    {
        var clock = new SetClock();
        var allowance = new Allowance(3, 2, clock);

        Enumerable.Range(0, 4).Select(_ => allowance.TryTake()).ShouldBe([true, true, true, false]);
        clock.Seconds = 0.4;
        allowance.TryTake().ShouldBeFalse();
        clock.Seconds = 0.6;
        allowance.TryTake().ShouldBeTrue();
        clock.Seconds = 60;
        Enumerable.Range(0, 4).Select(_ => allowance.TryTake()).ShouldBe([true, true, true, false]);
    }

    private sealed class SetClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => (long)(Seconds * 1_000);
    }
}
