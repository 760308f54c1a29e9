using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Speech.Tests.Recognisers;

namespace ContactCenterAgent.Speech.Tests.Conformance;

/// <summary>How the server of a test behaves.</summary>
internal enum Behaviour
{
    Sound,

    /// <summary>Goes away in mid-call.</summary>
    Leaves,

    /// <summary>Sends what nobody can read.</summary>
    Garbles,

    /// <summary>Refuses from the first request.</summary>
    Refuses,
}

/// <summary>What every recogniser does, whoever understands the words.</summary>
public abstract class RecogniserConformance
{
    /// <summary>Starts a server that understands the language of tones.</summary>
    internal abstract Task<FakeServer> ServerAsync(Behaviour behaviour);

    /// <summary>Makes the recogniser of a server.</summary>
    internal abstract ISpeechToText Recogniser(FakeServer server);

    private protected static async Task<List<CallEvent>> HearAsync(ISpeechToText recogniser, short[]? samples = null)
    {
        var events = new List<CallEvent>();
        var audio = SpokenTones.PacedAsync(samples ?? SpokenTones.TwoUtterances(recogniser.SampleRate), recogniser.SampleRate);
        await foreach (var heard in recogniser.RecogniseAsync(audio, default)) events.Add(heard);
        return events;
    }

    [Fact]
    public async Task Recognise_TwoUtterances_GivesPartialsThenAFinalForEach()
    {
        await using var server = await ServerAsync(Behaviour.Sound);
        var events = await HearAsync(Recogniser(server));

        events.ShouldAllBe(e => e is PartialHeard || e is FinalHeard);
        events.OfType<FinalHeard>().Select(f => f.Words.Text).ShouldBe(["one two three four", "five six seven"]);
        var first = events.TakeWhile(e => e is PartialHeard).Cast<PartialHeard>().ToList();
        first.ShouldNotBeEmpty();
        first.ShouldAllBe(p => "one two three four".StartsWith(p.Words.Text, StringComparison.Ordinal));
        first.SelectMany(p => p.Words.Words).ShouldAllBe(w => !w.Stable);
        events[^1].ShouldBeOfType<FinalHeard>();
    }

    [Fact]
    public async Task Recognise_WordTimes_AreNearWhereTheWordsWere()
    {
        await using var server = await ServerAsync(Behaviour.Sound);
        var words = (await HearAsync(Recogniser(server))).OfType<FinalHeard>().SelectMany(f => f.Words.Words).ToList();

        double[] starts = [0.5, 0.8, 1.1, 1.4, 2.5, 2.8, 3.1];
        for (var i = 0; i < starts.Length; i++)
        {
            words[i].Stable.ShouldBeTrue();
            words[i].Start.TotalSeconds.ShouldBe(starts[i], 0.35, words[i].Text);
            words[i].End.ShouldBeGreaterThan(words[i].Start);
            if (i > 0) words[i].Start.ShouldBeGreaterThanOrEqualTo(words[i - 1].Start);
        }
    }

    [Fact]
    public async Task Recognise_AudioThatEndsInMidSpeech_StillGivesTheFinal()
    {
        await using var server = await ServerAsync(Behaviour.Sound);
        var recogniser = Recogniser(server);
        var events = await HearAsync(recogniser, [.. SpokenTones.Silence(0.5, recogniser.SampleRate), .. SpokenTones.Say(0, 3, recogniser.SampleRate)]);
        events.OfType<FinalHeard>().Select(f => f.Words.Text).ShouldBe(["one two three"]);
    }

    [Fact]
    public async Task Recognise_Silence_GivesNothingAndEnds()
    {
        await using var server = await ServerAsync(Behaviour.Sound);
        var recogniser = Recogniser(server);
        (await HearAsync(recogniser, SpokenTones.Silence(1, recogniser.SampleRate))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recognise_TwoCallsAtOnce_AreKeptApart()
    {
        await using var server = await ServerAsync(Behaviour.Sound);
        var recogniser = Recogniser(server);
        var both = await Task.WhenAll(HearAsync(recogniser), HearAsync(recogniser));
        both.ShouldAllBe(events => events.OfType<FinalHeard>().Count() == 2);
    }

    [Fact]
    public async Task Recognise_AServerThatLeaves_SaysSo() => await FailsAsync(Behaviour.Leaves);

    [Fact]
    public async Task Recognise_AServerThatGarbles_SaysSo() => await FailsAsync(Behaviour.Garbles);

    [Fact]
    public async Task Recognise_AServerThatRefuses_SaysSo() => await FailsAsync(Behaviour.Refuses);

    [Fact]
    public async Task Recognise_NoServer_SaysSo()
    {
        var server = await ServerAsync(Behaviour.Sound);
        var recogniser = Recogniser(server);
        await server.DisposeAsync();
        await Should.ThrowAsync<RecogniserException>(() => HearAsync(recogniser));
    }

    [Fact]
    public async Task Recognise_Cancelled_Ends()
    {
        await using var server = await ServerAsync(Behaviour.Sound);
        var recogniser = Recogniser(server);
        using var cancel = new CancellationTokenSource();
        var heard = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            var audio = SpokenTones.PacedAsync(SpokenTones.TwoUtterances(recogniser.SampleRate), recogniser.SampleRate, cancel.Token);
            await foreach (var partial in recogniser.RecogniseAsync(audio, cancel.Token))
            {
                heard++;
                await cancel.CancelAsync();
            }

            cancel.Token.ThrowIfCancellationRequested();
        });
        heard.ShouldBe(1);
    }

    /// <summary>Two figures, shown: from the first word's beginning to the first partial, and from the last word's end to the final. The server of a test answers at once, so they are the adapter's own.</summary>
    [Fact]
    public async Task Recognise_InRealTime_ShowsItsLag()
    {
        await using var server = await ServerAsync(Behaviour.Sound);
        var recogniser = Recogniser(server);
        var speech = new TimedSpeech(recogniser.SampleRate);
        TimeSpan? partial = null, final = null;
        await foreach (var heard in recogniser.RecogniseAsync(speech.InRealTimeAsync(), default))
        {
            if (heard is PartialHeard) partial ??= speech.Since(0.5);
            if (heard is FinalHeard) final ??= speech.Since(1.7);
        }

        Console.WriteLine($"LAG | {GetType().Name} | first partial {partial!.Value.TotalMilliseconds:n0} ms | final {final!.Value.TotalMilliseconds:n0} ms |");
        final.Value.ShouldBeGreaterThan(TimeSpan.Zero, "no final comes before the last word has been said");
    }

    private async Task FailsAsync(Behaviour behaviour)
    {
        await using var server = await ServerAsync(behaviour);
        await Should.ThrowAsync<RecogniserException>(() => HearAsync(Recogniser(server)));
    }
}
