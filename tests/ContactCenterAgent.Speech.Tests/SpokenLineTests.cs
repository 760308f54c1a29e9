using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Speech.Voices;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Speech.Tests;

public sealed class SpokenLineTests
{
    private sealed class TwoLegs : IAudioLine
    {
        public string Name => "two";

        public async IAsyncEnumerable<IAudioLeg> AcceptAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            for (var i = 0; i < 2; i++) yield return new FakeLeg(TimeProvider.System);
        }
    }

    [Fact]
    public async Task Accept_EveryLeg_IsACallOfItsOwn()
    {
        var line = new SpokenLine(new TwoLegs(), leg => new(leg, null, new ToneVoice(), new(), new(), TimeProvider.System, NullLogger.Instance));
        var calls = new List<ICallTransport>();
        await foreach (var call in line.AcceptAsync(default)) calls.Add(call);
        line.Name.ShouldBe("two");
        calls.Count.ShouldBe(2);
        calls.ShouldAllBe(c => c.Line == "test");
        foreach (var call in calls) await call.DisposeAsync();
    }
}
