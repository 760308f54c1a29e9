using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Runtime.Tests;

public sealed class CallServerTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void Server_ToldToStop_LetsTheCallsThatAreUpComeToTheirEnd() => _bench.Run(Bench.Steps(_ => []), async host =>
    {
        var leg = new ScriptedLeg();
        using var stop = new CancellationTokenSource();
        var server = new CallServer(host);
        var serving = server.RunAsync([new Line(_bench, leg)], stop.Token, CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(1), _bench.Time, CancellationToken.None);
        server.Active.ShouldBe(1);
        stop.Cancel();
        await Task.Delay(TimeSpan.FromSeconds(1), _bench.Time, CancellationToken.None);
        serving.IsCompleted.ShouldBeFalse();
        leg.Happens(new LineClosed(default, Lost: false));
        await serving;
        server.Active.ShouldBe(0);
        _bench.Records.Records.ShouldHaveSingleItem();
    });

    [Fact]
    public void Server_WithAsManyCallsAsItMayHave_TurnsTheNextAway()
    {
        _bench.Options.Calls = 1;
        _bench.Run(Bench.Steps(_ => []), async host =>
        {
            ScriptedLeg first = new(), second = new();
            using var stop = new CancellationTokenSource();
            var serving = new CallServer(host).RunAsync([new Line(_bench, first, second)], stop.Token, CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(1), _bench.Time, CancellationToken.None);
            second.Commands.ShouldBe(["hang up"]);
            second.Disposed.ShouldBeTrue();
            first.Commands.ShouldBe(["answer"]);
            stop.Cancel();
            first.Happens(new LineClosed(default, Lost: false));
            await serving;
        });
    }

    [Fact]
    public void Line_ThatFails_CostsTheOthersNothing() => _bench.Run(Bench.Steps(_ => []), async host =>
    {
        var leg = new ScriptedLeg();
        using var stop = new CancellationTokenSource();
        var serving = new CallServer(host).RunAsync([new Line(_bench) { Fails = true }, new Line(_bench, leg)], stop.Token, CancellationToken.None);
        leg.Happens(new LineClosed(default, Lost: false));
        await Task.Delay(TimeSpan.FromSeconds(1), _bench.Time, CancellationToken.None);
        stop.Cancel();
        await serving;
        _bench.Records.Records.ShouldHaveSingleItem();
        _bench.Log.Lines.ShouldContain(l => l.StartsWith("line.failed", StringComparison.Ordinal));
    });

    private sealed class Line(Bench bench, params ScriptedLeg[] legs) : ICallLine
    {
        public bool Fails { get; init; }
        public string Name => "bench";

        public async IAsyncEnumerable<ICallTransport> AcceptAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (Fails) throw new IOException();
            foreach (var leg in legs) yield return leg;
            await Task.Delay(Timeout.InfiniteTimeSpan, bench.Time, cancellationToken);
        }
    }
}
