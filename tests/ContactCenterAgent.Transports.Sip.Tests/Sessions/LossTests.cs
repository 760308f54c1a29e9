using ContactCenterAgent.Transports.Sip.Sessions;

namespace ContactCenterAgent.Transports.Sip.Tests.Sessions;

public sealed class LossTests
{
    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.2, 0.2)]
    [InlineData(0.4, 0.1)]
    public void Calls_OverALossyNetwork_AreSetUpAndTornDown_AndLeaveNothing(double loss, double doubled)
    {
        const int Calls = 500;
        var network = new VirtualNetwork(seed: 7, loss, doubled);
        var callee = network.Add("192.0.2.1", static (node, happened) =>
        {
            if (happened is SipEvent.Offered offered)
            {
                offered.Session.Ring();
                offered.Session.Answer(Node.Local(node.Address));
            }
        });
        var caller = network.Add("192.0.2.2", static (_, happened) =>
        {
            if (happened is SipEvent.Confirmed confirmed) confirmed.Session.HangUp();
        });

        for (var call = 0; call < Calls; call++)
        {
            caller.Call(callee);
            network.Run(network.Now + TimeSpan.FromMilliseconds(50));
        }

        network.Run(network.Now + TimeSpan.FromMinutes(3));

        callee.Events.OfType<SipEvent.Offered>().Count().ShouldBe(Calls, "a repeated INVITE is no second call");
        callee.Events.OfType<SipEvent.Ended>().Count().ShouldBe(Calls);
        var ends = callee.Events.OfType<SipEvent.Ended>().GroupBy(e => e.End).ToDictionary(g => g.Key, g => g.Count());
        ends.GetValueOrDefault(SipEnd.PeerHungUp).ShouldBeGreaterThanOrEqualTo(loss < 0.3 ? Calls : Calls - 10);
        foreach (var node in new[] { caller, callee })
        {
            node.Stack.Sessions.ShouldBe(0);
            node.Stack.Dialogs.ShouldBe(0);
            node.Stack.Transactions.Count.ShouldBe(0);
            node.Stack.Transactions.Alarms.Count.ShouldBe(0);
        }
    }

    [Fact]
    public void TenThousandCalls_HangUpsCancelsAndRefusalsMixed_LeaveNothing()
    {
        var network = new VirtualNetwork(seed: 11, loss: 0.02);
        var random = new Random(5);
        var callee = network.Add("192.0.2.1", (node, happened) =>
        {
            if (happened is not SipEvent.Offered offered) return;
            offered.Session.Ring();
            if (random.Next(10) < 7) offered.Session.Answer(Node.Local(node.Address));
            else if (random.Next(2) == 0) offered.Session.Refuse(486, "Busy Here");
        });
        var caller = network.Add("192.0.2.2", (_, happened) =>
        {
            if (happened is SipEvent.Confirmed confirmed) confirmed.Session.HangUp();
        });

        var open = new Queue<SipSession>();
        for (var call = 0; call < 10_000; call++)
        {
            open.Enqueue(caller.Call(callee));
            network.Run(network.Now + TimeSpan.FromMilliseconds(random.Next(20)));
            if (open.Count > 50) open.Dequeue().HangUp();
        }

        while (open.TryDequeue(out var left)) left.HangUp();
        network.Run(network.Now + TimeSpan.FromMinutes(5));

        callee.Events.OfType<SipEvent.Ended>().Count().ShouldBe(callee.Events.OfType<SipEvent.Offered>().Count());
        callee.Events.OfType<SipEvent.Offered>().Count().ShouldBeGreaterThan(9_900);
        callee.Events.OfType<SipEvent.Ended>().Select(e => e.End).Distinct().ShouldBe([SipEnd.PeerHungUp, SipEnd.Cancelled, SipEnd.WeHungUp], ignoreOrder: true);
        foreach (var node in new[] { caller, callee })
        {
            node.Stack.Sessions.ShouldBe(0);
            node.Stack.Dialogs.ShouldBe(0);
            node.Stack.Transactions.Count.ShouldBe(0);
            node.Stack.Transactions.Alarms.Count.ShouldBe(0);
        }
    }
}
