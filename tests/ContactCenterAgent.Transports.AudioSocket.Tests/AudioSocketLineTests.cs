using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;

namespace ContactCenterAgent.Transports.AudioSocket.Tests;

#pragma warning disable CA1001 // The test's lifetime disposes them.
public sealed class AudioSocketLineTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly MediaClock _clock = new(TimeProvider.System, "test");
    private readonly LogLines _log = new();
    private readonly List<IAsyncDisposable> _open = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_open)) await one.DisposeAsync();
        _clock.Dispose();
    }

    [Fact]
    public async Task Call_Announced_BringsItsNumber()
    {
        var line = Open(new() { Port = 0, AnnouncedOnly = true });
        var id = Guid.Parse("40325ec2-5efd-4bd3-805f-53576e581d13");
        line.Announce(id, Pii.Of("+442079460000")).ShouldBeTrue();

        await CallAsync(line, id);

        (await FirstAsync(line)).CallerNumber.ShouldBe(Pii.Of("+442079460000"));
    }

    [Theory]
    [InlineData("unannounced")]
    [InlineData("id")]
    [InlineData("address")]
    public async Task Connection_NotWelcome_IsClosedAndLogged(string why)
    {
        var line = Open(new() { Port = 0, AnnouncedOnly = true, AllowedFrom = why == "address" ? ["192.0.2.0/24"] : [] });
        var asterisk = await Asterisk.ConnectAsync(line.Address);
        _open.Add(asterisk);

        if (why == "unannounced") await asterisk.SendAsync(0x01, Guid.NewGuid().ToByteArray(bigEndian: true));
        if (why == "id") await asterisk.SendAsync(0x10, new byte[320]);

        (await asterisk.NextAsync()).ShouldBeOfType<FarEvent.Closed>();
        await _log.ShouldComeAsync($"audiosocket.refused pbx: {why}");
    }

    [Fact]
    public async Task Connection_ThatSaysNothing_IsClosedInTime()
    {
        var line = Open(new() { Port = 0, IdWithin = TimeSpan.FromSeconds(1) });
        var asterisk = await Asterisk.ConnectAsync(line.Address);
        _open.Add(asterisk);

        (await asterisk.NextAsync()).ShouldBeOfType<FarEvent.Closed>();
        await _log.ShouldComeAsync("audiosocket.refused pbx: id");
    }

    [Fact]
    public async Task Calls_BeyondTheLimit_AreClosed()
    {
        var line = Open(new() { Port = 0, Calls = 1 });
        await CallAsync(line, Guid.NewGuid());
        await FirstAsync(line);

        var second = await CallAsync(line, Guid.NewGuid());

        (await second.NextAsync()).ShouldBeOfType<FarEvent.Closed>();
        await _log.ShouldComeAsync("audiosocket.refused pbx: calls");
    }

    [Theory]
    [InlineData(0x12, 640, "frame.rate")]
    [InlineData(0x10, 319, "frame.size")]
    [InlineData(0x03, 2, "frame.size")]
    [InlineData(0x01, 16, "frame.order")]
    [InlineData(0xff, 1, "asterisk.error_00")]
    public async Task Frame_OfTheWrongForm_EndsTheLegByName(byte kind, int length, string reason)
    {
        var line = Open(new() { Port = 0 });
        var asterisk = await CallAsync(line, Guid.NewGuid());
        var agent = await AnswerAsync(line);

        await asterisk.SendAsync(kind, new byte[length]);

        (await agent.EndAsync()).End.Lost.ShouldBeTrue();
        await _log.ShouldComeAsync($"audiosocket.ended pbx: {reason}");
    }

    [Fact]
    public async Task Frames_OfAnUnknownKindOrCutInPieces_AreReadThrough()
    {
        var line = Open(new() { Port = 0 });
        var asterisk = await CallAsync(line, Guid.NewGuid());
        var agent = await AnswerAsync(line);

        await asterisk.SendAsync(0x77, [1, 2, 3]);
        foreach (var one in new byte[] { 0x03, 0x00, 0x01, (byte)'7', 0x00, 0x00, 0x00 }) await asterisk.SendRawAsync([one]);

        var (keys, end) = await agent.EndAsync();
        keys.ShouldBe("7");
        end.Lost.ShouldBeFalse();
    }

    [Fact]
    public async Task Transfer_WithAWayThere_IsAskedForByUuid()
    {
        var id = Guid.NewGuid();
        var asked = Guid.Empty;
        var line = AudioSocketLine.Open("pbx", new() { Port = 0 }, _clock, TimeProvider.System, _log, (call, _, _) =>
        {
            asked = call;
            return Task.FromResult(TransferOutcome.Answered);
        });
        _open.Add(line);
        await CallAsync(line, id);
        var agent = await AnswerAsync(line);

        await agent.Leg.TransferAsync(new("asked for a person", Pii.Of("")), CancellationToken.None);

        (await agent.NextAsync()).ShouldBeOfType<TransferEnded>().Outcome.ShouldBe(TransferOutcome.Answered);
        asked.ShouldBe(id);
    }

    [Theory]
    [InlineData("Listen")]
    [InlineData("SampleRate")]
    [InlineData("AllowedFrom")]
    public void Options_OutOfBounds_StopTheStart(string what)
    {
        var options = new AudioSocketOptions { Port = 0 };
        if (what == "Listen") options.Listen = "everywhere";
        if (what == "SampleRate") options.SampleRate = 11_025;
        if (what == "AllowedFrom") options.AllowedFrom = ["192.0.2.0/240"];

        Should.Throw<ValidationException>(() => Open(options));
    }

    private AudioSocketLine Open(AudioSocketOptions options)
    {
        var line = AudioSocketLine.Open("pbx", options, _clock, TimeProvider.System, _log);
        _open.Add(line);
        return line;
    }

    private async Task<Asterisk> CallAsync(AudioSocketLine line, Guid id)
    {
        var asterisk = await Asterisk.CallAsync(line.Address, id);
        _open.Add(asterisk);
        return asterisk;
    }

    private async Task<AgentEnd> AnswerAsync(AudioSocketLine line)
    {
        var agent = new AgentEnd(await FirstAsync(line));
        _open.Add(agent);
        await agent.Leg.AnswerAsync(CancellationToken.None);
        (await agent.NextAsync()).ShouldBeOfType<LineOpened>();
        return agent;
    }

    private async Task<Abstractions.IAudioLeg> FirstAsync(AudioSocketLine line)
    {
        await foreach (var leg in line.AcceptAsync(CancellationToken.None))
        {
            _open.Add(leg);
            return leg;
        }

        throw new InvalidOperationException("The line is closed.");
    }
}
