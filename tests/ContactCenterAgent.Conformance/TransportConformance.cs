using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Conformance;

/// <summary>What every line of sound does, whatever its protocol. A line is done when its subclass is green.</summary>
#pragma warning disable CA1001 // The test's lifetime disposes them.
public abstract class TransportConformance : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly MediaClock _clock = new(TimeProvider.System, "conformance");
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IAsyncDisposable> _open = [];
    private IAsyncEnumerator<IAudioLeg>? _legs;

    protected LogLines Log { get; } = new();

    /// <summary>Whether the network can be made to forget what it has not played.</summary>
    protected virtual bool Clears => true;

    /// <summary>The named reason that what <see cref="IFarEnd.SpoilAsync"/> sends ends a leg with.</summary>
    protected abstract string SpoiltReason { get; }

    public async Task InitializeAsync() => _legs = (await OpenAsync(_clock, Log)).AcceptAsync(_stop.Token).GetAsyncEnumerator();

    public async Task DisposeAsync()
    {
        foreach (var one in _open) await one.DisposeAsync();
        await CloseAsync();
        await _stop.CancelAsync();
        _clock.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Line_Answered_Opens()
    {
        var (agent, _) = await CallAsync(answer: false);

        await agent.Leg.AnswerAsync(CancellationToken.None);

        (await agent.NextAsync()).ShouldBeOfType<LineOpened>();
    }

    [Fact]
    public async Task Caller_Speaks_IsHeardSampleForSample()
    {
        var (agent, far) = await CallAsync();
        var speech = Speech(agent, frames: 40);

        await far.SpeakAsync(speech);

        (await agent.HearAsync(speech.Length))[..speech.Length].ShouldBe(speech);
    }

    [Fact]
    public async Task Agent_Speaks_IsHeardSampleForSample()
    {
        var (agent, far) = await CallAsync();
        var speech = Speech(agent, frames: 120);

        agent.Say(speech);

        (await HearAsync(far, speech.Length)).ShouldBe(speech);
    }

    [Fact]
    public async Task Both_SpeakAtOnce_AreHeard()
    {
        var (agent, far) = await CallAsync();
        var speech = Speech(agent, frames: 40);

        agent.Say(speech);
        await far.SpeakAsync(speech);

        (await HearAsync(far, speech.Length)).ShouldBe(speech);
        (await agent.HearAsync(speech.Length))[..speech.Length].ShouldBe(speech);
    }

    [Fact]
    public async Task Keys_Pressed_CountOnceEach()
    {
        var (agent, far) = await CallAsync();

        foreach (var key in "5#55*0") await far.PressAsync(key);
        await far.HangUpAsync();

        (await agent.EndAsync()).Keys.ShouldBe("5#55*0");
    }

    [Fact]
    public async Task BargeIn_NothingOfTheOldSentenceComesAfterTheClear()
    {
        var (agent, far) = await CallAsync();
        var (old, next) = (Speech(agent, frames: 1), Speech(agent, frames: 1, seed: 3_000));
        agent.SayEndlessly(old);
        await HearAsync(far, 10 * old.Length);

        agent.SayEndlessly(null);
        await agent.Leg.ClearAsync(CancellationToken.None);
        agent.Say(next);

        var cleared = false;
        while (true)
        {
            var happened = await AgentEnd.Within(far.NextAsync());
            happened.ShouldNotBeOfType<FarEvent.Closed>("the next sentence was to be heard");
            if (happened is FarEvent.Cleared) cleared = true;
            if (happened is not FarEvent.Sound sound || sound.Samples.All(s => s == 0)) continue;
            if (sound.Samples.SequenceEqual(next)) break;
            sound.Samples.ShouldBe(old);
            cleared.ShouldBeFalse("a frame of the old sentence after the clear");
        }

        cleared.ShouldBe(Clears);
    }

    [Fact]
    public async Task Caller_HangsUp_TheLineClosesInOrder()
    {
        var (agent, far) = await CallAsync();

        await far.HangUpAsync();

        (await agent.EndAsync()).End.Lost.ShouldBeFalse();
        Log.All.ShouldContain(l => l.EndsWith(": caller.hung_up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agent_HangsUp_TheLastWordIsHeardBefore()
    {
        var (agent, far) = await CallAsync();
        var goodbye = Speech(agent, frames: 5);
        agent.Say(goodbye);
        await agent.SaidAsync();

        await agent.Leg.HangUpAsync(CancellationToken.None);

        (await HearAsync(far, goodbye.Length)).ShouldBe(goodbye);
        while (await AgentEnd.Within(far.NextAsync()) is not FarEvent.Closed)
        {
        }

        (await agent.EndAsync()).End.Lost.ShouldBeFalse();
    }

    [Fact]
    public async Task Connection_Breaks_TheLineIsLostAndOthersGoOn()
    {
        var (agent, far) = await CallAsync();
        var (other, otherFar) = await CallAsync();

        far.Break();

        (await agent.EndAsync()).End.Lost.ShouldBeTrue();
        await GoesOnAsync(other, otherFar);
    }

    [Fact]
    public async Task Caller_SendsWithoutPause_IsEndedAndOthersGoOn()
    {
        var (agent, far) = await CallAsync();
        var (other, otherFar) = await CallAsync();
        var second = Speech(agent, frames: 50);

        // A minute of sound in no time; the line is free to stop listening at any moment of it.
        for (var i = 0; i < 60 && !agent.Running.IsCompleted; i++)
        {
            try
            {
                await far.SpeakAsync(second);
            }
            catch (Exception refused) when (refused is IOException or System.Net.WebSockets.WebSocketException or System.Net.Sockets.SocketException or ObjectDisposedException)
            {
                break;
            }
        }

        (await agent.EndAsync()).End.Lost.ShouldBeTrue();
        Log.All.ShouldContain(l => l.EndsWith(": line.flooded", StringComparison.Ordinal));
        await GoesOnAsync(other, otherFar);
    }

    [Fact]
    public async Task Frame_Unreadable_EndsTheLegByNameAndOthersGoOn()
    {
        var (agent, far) = await CallAsync();
        var (other, otherFar) = await CallAsync();

        await far.SpoilAsync();

        (await agent.EndAsync()).End.Lost.ShouldBeTrue();
        Log.All.ShouldContain(l => l.EndsWith(": " + SpoiltReason, StringComparison.Ordinal));
        await GoesOnAsync(other, otherFar);
    }

    [Fact]
    public async Task Transfer_WithNoWayThere_FailsAndTheCallerStays()
    {
        var (agent, far) = await CallAsync();

        await agent.Leg.TransferAsync(new("asked for a person", Pii.Of("")), CancellationToken.None);

        (await agent.NextAsync()).ShouldBeOfType<TransferEnded>().Outcome.ShouldBe(TransferOutcome.Failed);
        await GoesOnAsync(agent, far);
    }

    [Fact]
    public async Task Commands_AfterTheEnd_DoNothing()
    {
        var (agent, far) = await CallAsync();
        await far.HangUpAsync();
        await agent.EndAsync();

        await agent.Leg.AnswerAsync(CancellationToken.None);
        await agent.Leg.ClearAsync(CancellationToken.None);
        await agent.Leg.TransferAsync(new("late", Pii.Of("")), CancellationToken.None);
        await agent.Leg.HangUpAsync(CancellationToken.None);
        await agent.Leg.DisposeAsync();
    }

    [Fact]
    public async Task Leg_NeverRun_IsHungUpByItsDisposal()
    {
        var far = await DialAsync();
        _open.Add(far);
        (await AgentEnd.Within(_legs!.MoveNextAsync().AsTask())).ShouldBeTrue();

        await _legs.Current.DisposeAsync();

        (await AgentEnd.Within(far.NextAsync())).ShouldBeOfType<FarEvent.Closed>();
    }

    /// <summary>Opens the line.</summary>
    protected abstract Task<IAudioLine> OpenAsync(MediaClock clock, ILogger log);

    /// <summary>Closes it.</summary>
    protected abstract Task CloseAsync();

    /// <summary>A caller's network that calls.</summary>
    protected abstract Task<IFarEnd> DialAsync();

    /// <summary>What is left of a sample on its way; the same after another way.</summary>
    protected virtual short Carried(short sample) => sample;

    /// <summary>A call; answered, and open, if wished.</summary>
    protected async Task<(AgentEnd Agent, IFarEnd Far)> CallAsync(bool answer = true)
    {
        var far = await DialAsync();
        _open.Add(far);
        (await AgentEnd.Within(_legs!.MoveNextAsync().AsTask())).ShouldBeTrue();
        var agent = new AgentEnd(_legs.Current);
        _open.Add(agent);
        if (!answer) return (agent, far);
        await agent.Leg.AnswerAsync(CancellationToken.None);
        (await agent.NextAsync()).ShouldBeOfType<LineOpened>();
        return (agent, far);
    }

    /// <summary>Sound of which no sample is silent and neighbours differ.</summary>
    protected short[] Speech(AgentEnd agent, int frames, int seed = 0) => [.. Enumerable.Range(0, frames * agent.FrameSamples).Select(i => Carried((short)(500 + (((i * 37) + seed) % 20_000))))];

    private async Task GoesOnAsync(AgentEnd agent, IFarEnd far)
    {
        var speech = Speech(agent, frames: 3);
        agent.Say(speech);
        (await HearAsync(far, speech.Length)).ShouldBe(speech);
    }

    /// <summary>The agent's sound as it comes, without the silence around it.</summary>
    private static async Task<short[]> HearAsync(IFarEnd far, int samples)
    {
        var all = new List<short>();
        while (all.Count < samples)
        {
            var happened = await AgentEnd.Within(far.NextAsync());
            happened.ShouldNotBeOfType<FarEvent.Closed>("more was to be heard");
            if (happened is not FarEvent.Sound sound) continue;
            all.AddRange(all.Count == 0 ? sound.Samples.SkipWhile(s => s == 0) : sound.Samples);
        }

        return [.. all.Take(samples)];
    }
}
