using ContactCenterAgent.Conformance;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.Streams;

namespace ContactCenterAgent.Transports.AudioSocket.Tests;

/// <summary>What no socket shows in reasonable time: the leg's ticks are driven by hand.</summary>
public sealed class StreamLegTests : IDisposable
{
    private const int Samples = 160;

    private readonly MediaClock _clock = new(new StoppedTime(), "stopped");

    public void Dispose() => _clock.Dispose();

    [Fact]
    public async Task Peer_TakesNothing_NothingMoreIsTakenFromTheVoiceAndTheLegIsStalled()
    {
        var peer = new FakePeer { Blocks = true };
        await using var agent = await OpenAsync(peer);
        var leg = (StreamLeg)agent.Leg;
        agent.SayEndlessly(new short[Samples]);

        for (var i = 0; i < 100; i++) leg.Tick(i);
        var written = peer.Written;
        for (var i = 100; i < 600; i++) leg.Tick(i);

        written.ShouldBeInRange(1, 11);
        peer.Written.ShouldBe(written);
        (await agent.EndAsync()).End.Lost.ShouldBeTrue();
        (await leg.Closed).ShouldBe(StreamEnd.Stalled);
    }

    [Fact]
    public async Task Peer_SaysNothing_TheLegIsLostInTime()
    {
        await using var agent = await OpenAsync(new FakePeer());
        var leg = (StreamLeg)agent.Leg;

        for (var i = 0; i < 250; i++) leg.Tick(i);
        agent.Running.IsCompleted.ShouldBeFalse();
        leg.Heard(new short[Samples]);
        for (var i = 0; i < 250; i++) leg.Tick(i);
        agent.Running.IsCompleted.ShouldBeFalse();
        leg.Tick(501);

        await agent.EndAsync();
        (await leg.Closed).ShouldBe(StreamEnd.Silent);
    }

    [Fact]
    public async Task Sound_LateForAMoment_IsHeardWithoutAGapAndCatchesUp()
    {
        await using var agent = await OpenAsync(new FakePeer());
        var leg = (StreamLeg)agent.Leg;
        var speech = Enumerable.Range(1, 10 * Samples).Select(i => (short)i).ToArray();

        leg.Heard(speech.AsSpan(0, 2 * Samples));
        for (var i = 0; i < 6; i++) leg.Tick(i);
        leg.Heard(speech.AsSpan(2 * Samples));
        for (var i = 6; i < 13; i++) leg.Tick(i);

        (await agent.HearAsync(speech.Length)).ShouldBe(speech);
        leg.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Sound_Missing_IsSilence()
    {
        await using var agent = await OpenAsync(new FakePeer());
        var leg = (StreamLeg)agent.Leg;

        leg.Heard([7]);
        for (var i = 0; i < 11; i++) leg.Tick(i);

        (await agent.HearAsync(1 + (5 * Samples))).ShouldBe([7, .. new short[5 * Samples]]);
    }

    [Fact]
    public async Task Sound_MoreThanASecond_LosesItsOldest()
    {
        await using var agent = await OpenAsync(new FakePeer());
        var leg = (StreamLeg)agent.Leg;
        var speech = Enumerable.Range(1, 60 * Samples).Select(i => (short)i).ToArray();

        leg.Heard(speech).ShouldBeTrue();
        leg.Waiting.ShouldBe(50 * Samples);
        leg.Tick(0);

        (await agent.HearAsync(1))[0].ShouldBe((short)((10 * Samples) + 1));
    }

    private async Task<AgentEnd> OpenAsync(FakePeer peer)
    {
        var agent = new AgentEnd(new StreamLeg("test", null, peer, _clock, TimeSpan.FromSeconds(5)));
        await agent.Leg.AnswerAsync(CancellationToken.None);
        (await agent.NextAsync()).ShouldBeOfType<LineOpened>();
        return agent;
    }

    private sealed class StoppedTime : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    private sealed class FakePeer : IStreamPeer
    {
        public bool Blocks { get; init; }

        public int Written { get; private set; }

        public int SampleRate => 50 * Samples;

        public int MessageBytes => 4;

        public bool WantsSilence => false;

        public bool TakesSound => true;

        public async Task<StreamEnd> ReadAsync(IStreamInput input, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return StreamEnd.HungUp;
        }

        public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            if (Blocks) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        public int WriteSound(ReadOnlySpan<short> frame, Span<byte> into)
        {
            Written++;
            return 4;
        }

        public int WriteMark(Span<byte> into) => 0;

        public int WriteClear(Span<byte> into) => 0;

        public int WriteGoodbye(Span<byte> into) => 0;

        public ValueTask<bool> AnswerAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

        public ValueTask<TransferOutcome?> TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken) => ValueTask.FromResult<TransferOutcome?>(TransferOutcome.Failed);

        public ValueTask CloseAsync(StreamEnd end) => ValueTask.CompletedTask;
    }
}
