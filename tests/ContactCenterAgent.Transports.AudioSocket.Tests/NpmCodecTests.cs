using System.Runtime.InteropServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.Npm;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;

namespace ContactCenterAgent.Transports.AudioSocket.Tests;

/// <summary>The line against the codec of the npm package asterisk-audiosocket, which plays Asterisk's side.</summary>
#pragma warning disable CA1001 // The test's lifetime disposes them.
public sealed class NpmCodecTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Package = "asterisk-audiosocket";
    private const int HangUp = 0x00, Audio = 0x10, Closed = -1;

    private readonly MediaClock _clock = new(TimeProvider.System, "test");
    private readonly LogLines _log = new();
    private AudioSocketLine? _line;
    private NodeProgram? _asterisk;
    private AgentEnd? _agent;

    public Task InitializeAsync()
    {
        _line = AudioSocketLine.Open("pbx", new() { Port = 0, AnnouncedOnly = true }, _clock, TimeProvider.System, _log);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (_asterisk is not null) await _asterisk.DisposeAsync();
        if (_agent is not null) await _agent.DisposeAsync();
        await _line!.DisposeAsync();
        _clock.Dispose();
    }

    [NodeFact(Package)]
    public async Task Sound_BothWays_IsTheSameSampleForSample()
    {
        await CallAsync();
        var speech = Enumerable.Range(1, 3_200).Select(i => (short)(i * 9)).ToArray();

        await _asterisk!.AskAsync("speak", new { sound = Convert.ToBase64String(MemoryMarshal.AsBytes<short>(speech)) });
        _agent!.Say(speech);

        (await _agent.HearAsync(speech.Length))[..speech.Length].ShouldBe(speech);
        var heard = new List<short>();
        while (heard.Count < speech.Length)
        {
            var (type, payload) = await NextAsync();
            type.ShouldBe(Audio);
            payload.Length.ShouldBe(320);
            heard.AddRange(MemoryMarshal.Cast<byte, short>(payload).ToArray().SkipWhile(s => heard.Count == 0 && s == 0));
        }

        heard.Take(speech.Length).ShouldBe(speech);
    }

    [NodeFact(Package)]
    public async Task KeysAndHangUp_OfTheirs_AreOurs()
    {
        await CallAsync();

        foreach (var key in "5#*") await _asterisk!.AskAsync("press", new { key = $"{key}" });
        await _asterisk!.AskAsync("hangUp");

        var (keys, end) = await _agent!.EndAsync();
        keys.ShouldBe("5#*");
        end.Lost.ShouldBeFalse();
    }

    [NodeFact(Package)]
    public async Task HangUp_OfOurs_IsReadAsOneAndCloses()
    {
        await CallAsync();

        await _agent!.Leg.HangUpAsync(CancellationToken.None);

        var type = Audio;
        while (type == Audio) (type, _) = await NextAsync();
        type.ShouldBe(HangUp);
        (await NextAsync()).Type.ShouldBe(Closed);
    }

    [NodeFact(Package)]
    public async Task Frame_OfHalfASample_EndsTheLegByName()
    {
        await CallAsync();

        await _asterisk!.AskAsync("spoil");

        (await _agent!.EndAsync()).End.Lost.ShouldBeTrue();
        await _log.ShouldComeAsync("audiosocket.ended pbx: frame.size");
    }

    /// <summary>Only a call whose UUID was announced is taken: the bytes of the id stand in the order of its text on both sides.</summary>
    private async Task CallAsync()
    {
        var id = Guid.NewGuid();
        _line!.Announce(id, null).ShouldBeTrue();
        _asterisk = NodeProgram.Start("audiosocket.cjs");
        await _asterisk.AskAsync("call", new { port = _line.Address.Port, uuid = id.ToString() });
        await foreach (var leg in _line.AcceptAsync(CancellationToken.None))
        {
            _agent = new(leg);
            break;
        }

        await _agent!.Leg.AnswerAsync(CancellationToken.None);
        (await _agent.NextAsync()).ShouldBeOfType<LineOpened>();
    }

    private async Task<(int Type, byte[] Payload)> NextAsync()
    {
        var frame = await _asterisk!.AskAsync("next");
        return (frame.GetProperty("type").GetInt32(), Convert.FromBase64String(frame.GetProperty("payload").GetString()!));
    }
}
