using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Transports.Typed;

namespace ContactCenterAgent.Simulation.Tests;

public sealed class TypedLineTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(10);
    private readonly VirtualTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly Sink _sink;

    public TypedLineTests() => _sink = new(_time);

    [Fact]
    public void Reader_WordByWord_GivesPartialsAndEnterTheFinal()
    {
        Read("book me a test\nyes\n", new() { Wpm = 120 });
        _sink.Words<PartialHeard>().ShouldBe(["book", "book me", "book me a", "book me a test", "yes"]);
        _sink.Words<FinalHeard>().ShouldBe(["book me a test", "yes"]);
        _sink.Seen.OfType<PartialHeard>().Select(p => p.At).ShouldBe(new[] { 500, 1000, 1500, 2000, 2500 }.Select(ms => TimeSpan.FromMilliseconds(ms)));
        _sink.Seen[0].ShouldBeOfType<LineOpened>();
        _sink.Seen[^1].ShouldBeOfType<LineClosed>().Lost.ShouldBeFalse();
    }

    [Fact]
    public void Reader_Quiet_MakesAFinal()
    {
        // At 60 words a minute every word is followed by more quiet than an utterance has in it.
        Read("one two", new() { Wpm = 60 });
        _sink.Words<FinalHeard>().ShouldBe(["one", "two"]);
        _sink.Seen.OfType<FinalHeard>().First().At.ShouldBe(TimeSpan.FromMilliseconds(1700));
    }

    [Fact]
    public void Reader_WithCommands_PressesKeysAndHangsUp()
    {
        Read("hello\n/keys 1#\n/nonsense\n/hangup\nnever heard\n", new());
        new string([.. _sink.Seen.OfType<DigitPressed>().Select(d => d.Digit.Value)]).ShouldBe("1#");
        _sink.Words<FinalHeard>().ShouldBe(["hello"]);
        _time.Elapsed.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Reader_WithAWordThatIsTooLong_IsToldAndTheCallGoesOn()
    {
        var shown = Read($"hello {new string('x', 10_000)} there\n", new());
        _sink.Words<FinalHeard>().ShouldBe(["hello there"]);
        shown.ShouldContain("(A word has at most 64 characters.)");
    }

    [Fact]
    public void Reader_AtItsEnd_HangsUpOnceTheAgentIsSilent()
    {
        Read("hello\n", new(), transport => transport.SayAsync(Prompt(1, new string('a', 150)), CancellationToken.None));
        // 30 ms and 150 characters at 15 a second, then 3 s of silence, looked at every 50 ms.
        _sink.Seen[^1].At.ShouldBeInRange(TimeSpan.FromSeconds(13), TimeSpan.FromSeconds(13.15));
    }

    [Fact]
    public void Playback_PlaysAtThePaceOfSpeechAndEndsWhole()
    {
        Read("hello\n", new(), transport => transport.SayAsync(Prompt(1, new string('a', 30)), CancellationToken.None));
        _sink.Seen.OfType<PlaybackStarted>().ShouldHaveSingleItem().At.ShouldBe(TimeSpan.FromMilliseconds(30));
        _sink.Seen.OfType<PlaybackProgressed>().Select(p => p.Characters).ShouldBe([3, 6, 9, 12, 15, 18, 21, 24, 27]);
        var ended = _sink.Seen.OfType<PlaybackEnded>().ShouldHaveSingleItem();
        (ended.At, ended.Characters).ShouldBe((TimeSpan.FromMilliseconds(2030), 30));
    }

    [Fact]
    public void Playback_Stopped_EndsEveryPromptWithWhatWasHeard()
    {
        Read("hello\n", new(), async transport =>
        {
            await transport.SayAsync(Prompt(1, new string('a', 300)), CancellationToken.None);
            await transport.SayAsync(Prompt(2, new string('b', 300)), CancellationToken.None);
            await Task.Delay(TimeSpan.FromMilliseconds(1030), _time, CancellationToken.None);
            await transport.StopPlaybackAsync(CancellationToken.None);
            await transport.SayAsync(Prompt(3, "cc"), CancellationToken.None);
        });
        _sink.Seen.OfType<PlaybackEnded>().Select(e => (e.Prompt.Value, e.Characters)).ShouldBe([(1, 15), (2, 0), (3, 2)]);
    }

    [Fact]
    public void Agent_ThatHangsUp_IsHeardOutFirst()
    {
        Read(null, new(), async transport =>
        {
            await transport.SayAsync(Prompt(1, new string('a', 15)), CancellationToken.None);
            await transport.HangUpAsync(CancellationToken.None);
        });
        _sink.Seen.OfType<PlaybackEnded>().ShouldHaveSingleItem().Characters.ShouldBe(15);
        _sink.Seen[^1].ShouldBeOfType<LineClosed>().At.ShouldBeInRange(TimeSpan.FromMilliseconds(1030), TimeSpan.FromMilliseconds(1060));
    }

    [Fact]
    public async Task Socket_WithEveryKindOfMessage_TakesTheGoodAndNamesTheBad()
    {
        var (ours, theirs) = Sockets.Pair();
        var line = new TypedLine("page", new() { MessageBytes = 256 }, TimeProvider.System);
        var serving = line.ServeAsync(ours, Pii.Of("+441632960123"), null, CancellationToken.None);
        await using var accepted = line.AcceptAsync(CancellationToken.None).GetAsyncEnumerator();
        await accepted.MoveNextAsync();
        var transport = accepted.Current;
        var sink = new Sink(TimeProvider.System);
        var running = transport.RunAsync(sink, CancellationToken.None);
        await transport.AnswerAsync(CancellationToken.None);
        (await ReceiveAsync(theirs)).ShouldBe("""{"type":"open"}""");

        await SendAsync(theirs, """{"type":"word","text":"hello"}""");
        await SendAsync(theirs, """{"type":"partial","text":"hello their"}""");
        await SendAsync(theirs, """{"type":"final","text":"hello there"}""");
        await SendAsync(theirs, """{"type":"digit","digit":"5"}""");
        foreach (var (bad, answer) in new[]
        {
            ("hello", "The message is not JSON."),
            ("[1]", "A message is a JSON object."),
            ("""{"type":"shout","text":"hi"}""", "The type is word, partial, final, digit or hangup."),
            ("""{"type":"word"}""", "The message lacks its text."),
            ("""{"type":"digit","digit":"12"}""", "The message lacks its one digit."),
            ("""{"type":"digit","digit":"x"}""", "A key is one of 0-9, *, #, A-D."),
            ("""{"type":"word","text":"   "}""", "There is no word in it."),
            ($$"""{"type":"word","text":"{{new string('x', 1000)}}"}""", "A message has at most 255 bytes."),
        })
        {
            await SendAsync(theirs, bad);
            using var error = JsonDocument.Parse(await ReceiveAsync(theirs));
            error.RootElement.GetProperty("type").GetString().ShouldBe("error");
            error.RootElement.GetProperty("message").GetString().ShouldBe(answer);
        }

        await theirs.SendAsync(new byte[] { 1, 2 }, WebSocketMessageType.Binary, true, CancellationToken.None);
        (await ReceiveAsync(theirs)).ShouldContain("Messages are text.");
        await transport.SayAsync(Prompt(1, "Hi"), CancellationToken.None);
        (await ReceiveAsync(theirs)).ShouldBe("""{"type":"say","prompt":1,"kind":"Answer","text":"Hi"}""");
        (await ReceiveAsync(theirs)).ShouldBe("""{"type":"said","prompt":1,"characters":2}""");

        await SendAsync(theirs, """{"type":"hangup"}""");
        await running;
        var disposing = transport.DisposeAsync();
        (await ReceiveAsync(theirs)).ShouldBe("""{"type":"closed"}""");
        (await ReceiveAsync(theirs)).ShouldBeEmpty();
        theirs.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
        await theirs.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await disposing;
        await serving;
        ours.State.ShouldBe(WebSocketState.Closed);
        sink.Words<PartialHeard>().ShouldBe(["hello", "hello their"]);
        sink.Words<FinalHeard>().ShouldBe(["hello there"]);
        sink.Seen.OfType<DigitPressed>().ShouldHaveSingleItem().Digit.Value.ShouldBe('5');
        sink.Seen[^1].ShouldBeOfType<LineClosed>().Lost.ShouldBeFalse();
    }

    [Fact]
    public async Task Socket_ThatBreaks_IsAHangUp()
    {
        var (ours, theirs) = Sockets.Pair();
        var line = new TypedLine("page", new(), TimeProvider.System);
        var serving = line.ServeAsync(ours, null, null, CancellationToken.None);
        await using var accepted = line.AcceptAsync(CancellationToken.None).GetAsyncEnumerator();
        await accepted.MoveNextAsync();
        var sink = new Sink(TimeProvider.System);
        var running = accepted.Current.RunAsync(sink, CancellationToken.None);
        await accepted.Current.AnswerAsync(CancellationToken.None);
        await ReceiveAsync(theirs);
        theirs.Abort();
        theirs.Dispose();
        await running;
        await accepted.Current.DisposeAsync();
        await serving;
        sink.Seen[^1].ShouldBeOfType<LineClosed>();
    }

    private string Read(string? typed, TypedOptions options, Func<TypedTransport, ValueTask>? agent = null)
    {
        var shown = new StringWriter();
        _time.Run(async () =>
        {
            TextReader reader = typed is null ? new Silent(_time) : new StringReader(typed);
            var transport = new TypedLine("typed", options, _time).FromReader(reader, shown, null);
            var running = transport.RunAsync(_sink, CancellationToken.None);
            await transport.AnswerAsync(CancellationToken.None);
            if (agent is not null) await agent(transport);
            await running;
            await transport.DisposeAsync();
        }, Minute);
        return shown.ToString();
    }

    private static Say Prompt(int id, string text) => new(new(id), Pii.Of(text), PromptKind.Answer, null);

    private static Task SendAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private sealed class Sink(TimeProvider time) : ICallEventSink
    {
        private readonly long _began = time.GetTimestamp();

        public List<CallEvent> Seen { get; } = [];
        public TimeSpan Now => time.GetElapsedTime(_began);

        public IEnumerable<string> Words<T>() where T : CallEvent =>
            Seen.OfType<T>().Select(e => e is PartialHeard p ? p.Words.Text : ((FinalHeard)(CallEvent)e).Words.Text);

        public ValueTask WriteAsync(CallEvent happened, CancellationToken cancellationToken)
        {
            lock (Seen) Seen.Add(happened with { At = Now });
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A terminal at which nobody types.</summary>
    private sealed class Silent(VirtualTime time) : TextReader
    {
        public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            return 0;
        }
    }
}
