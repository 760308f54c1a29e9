using System.Collections.Immutable;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Product;

/// <summary>
/// A line on which a recorded caller speaks, word by word, and hears the recorded agent: whatever the product says in answer to a turn takes as long
/// as the recorded answer. A read-back counts as heard only where the recorded agent read back the same.
/// </summary>
internal sealed class RecordedCaller(
    RecordedDialogue dialogue, ImmutableArray<StreamedTurn> speech, SpeechOptions options, TurnListener draft, TurnListener model, ICallJudge judge, TimeProvider time)
    : ICallTransport
{
    private const double CharactersASecond = 15;
    private const int WaitingMax = 64;
    private static readonly TimeSpan Think = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan FirstSample = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<(Say Prompt, int Stops)> _prompts = Channel.CreateBounded<(Say, int)>(WaitingMax);
    private readonly List<HeardAnswer> _heard = [];
    private readonly List<PlayedTurn> _played = [];
    private ICallEventSink? _sink;
    private CancellationTokenSource? _playing;
    private TaskCompletionSource? _answer;
    private bool _callerSpeaks, _recordedHeard, _claimed;
    private int _stops, _turn = -1;

    public string Line => "recorded";

    public Pii<string>? CallerNumber => null;

    /// <summary>The caller's turns as they were spoken.</summary>
    public IReadOnlyList<PlayedTurn> Played => _played;

    /// <summary>What the agent began to say.</summary>
    public IReadOnlyList<HeardAnswer> Heard => _heard;

    public async Task RunAsync(ICallEventSink sink, CancellationToken cancellationToken)
    {
        _sink = sink;
        Exception? fault = null;
        await using (var leg = new TaskScope(f => fault ??= f, cancellationToken))
        {
            leg.Start(PlayAsync);
            await _answered.Task.Here().WaitAsync(cancellationToken);
            await sink.WriteAsync(new LineOpened(default), cancellationToken);
            foreach (var turn in speech)
            {
                if (_hungUp.Task.IsCompleted) break;
                await SpeakAsync(turn, cancellationToken);
            }
        }

        if (fault is not null) throw new InvalidOperationException("The recorded caller failed.", fault);
        await sink.WriteAsync(new LineClosed(default, Lost: false), cancellationToken);
    }

    public ValueTask AnswerAsync(CancellationToken cancellationToken)
    {
        _answered.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public ValueTask SayAsync(Say prompt, CancellationToken cancellationToken) => _prompts.Writer.WriteAsync((prompt, _stops), cancellationToken);

    public ValueTask StopPlaybackAsync(CancellationToken cancellationToken)
    {
        _stops++;
        _playing?.Cancel();
        return ValueTask.CompletedTask;
    }

    // Nobody is there to be put through to: the recording goes on with the agent.
    public async ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken) =>
        await _sink!.WriteAsync(new TransferEnded(default, TransferOutcome.NoAnswer), cancellationToken);

    public ValueTask HangUpAsync(CancellationToken cancellationToken)
    {
        _hungUp.TrySetResult();
        _answer?.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task SpeakAsync(StreamedTurn spoken, CancellationToken cancellationToken)
    {
        var sink = _sink!;
        await Task.Delay(Think, time, cancellationToken);
        var began = sink.Now;
        (_turn, _callerSpeaks, _recordedHeard, _claimed) = (spoken.Turn, true, false, false);
        _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        draft.Begin(spoken, began);
        model.Begin(spoken, began);
        var end = began + spoken.Speech;
        _played.Add(new(spoken.Turn, began, end));
        foreach (var happened in SpeechEvents.Of(spoken, options))
        {
            await UntilAsync(began + happened.At, cancellationToken);
            if (began + happened.At >= end) _callerSpeaks = false;
            await sink.WriteAsync(Event(happened, spoken, began), cancellationToken);
        }

        _callerSpeaks = false;
        // Patience is with silence: an answer that has begun is heard to its end.
        var patience = end + Patience - sink.Now;
        if (await _answer.Task.EndsWithinAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time) || !_recordedHeard) return;
        await _answer.Task.Here().WaitAsync(cancellationToken);
    }

    private CallEvent Event(SpeechEvent happened, StreamedTurn spoken, TimeSpan began) => happened.Kind switch
    {
        SpeechEventKind.VoiceStarted => new SpeechStarted(default),
        SpeechEventKind.VoiceEnded => new SpeechEnded(default),
        SpeechEventKind.Partial => new PartialHeard(default, SpeechEvents.Heard(spoken, happened, options, began)),
        _ => new FinalHeard(default, SpeechEvents.Heard(spoken, happened, options, began)),
    };

    private async Task UntilAsync(TimeSpan at, CancellationToken cancellationToken)
    {
        if (at > _sink!.Now) await Task.Delay(at - _sink.Now, time, cancellationToken);
    }

    private async Task PlayAsync(CancellationToken cancellationToken)
    {
        while (await _prompts.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_prompts.Reader.TryRead(out var next))
            {
                var heard = next.Stops == _stops ? await PlayAsync(next.Prompt, cancellationToken) : 0;
                await _sink!.WriteAsync(new PlaybackEnded(default, next.Prompt.Prompt, heard), cancellationToken);
            }
        }
    }

    /// <returns>Characters that were heard.</returns>
    private async Task<int> PlayAsync(Say prompt, CancellationToken cancellationToken)
    {
        using var playing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _playing = playing;
        var text = prompt.Text.Value;
        var started = TimeSpan.Zero;
        var takes = TimeSpan.Zero;
        var isAnswer = false;
        try
        {
            await Task.Delay(FirstSample, time, playing.Token);
            started = _sink!.Now;
            isAnswer = IsAnswer(prompt);
            takes = Length(prompt, isAnswer);
            _heard.Add(new(_turn, started, prompt.Kind, isAnswer));
            await _sink.WriteAsync(new PlaybackStarted(default, prompt.Prompt), playing.Token);
            await Task.Delay(takes, time, playing.Token);

            // A caller who heard the outcome while speaking on is answered by whatever comes next.
            _claimed |= prompt.Kind == PromptKind.Claim;
            return prompt.Kind == PromptKind.ReadBack && !judge.WasReadBack(_turn) ? 0 : text.Length;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is cut short has answered nothing.
            if (isAnswer)
            {
                _heard[^1] = _heard[^1] with { Answers = false };
                (isAnswer, _recordedHeard) = (false, false);
            }

            return started == TimeSpan.Zero ? 0 : (int)Math.Min(text.Length, (_sink!.Now - started).TotalSeconds * CharactersASecond);
        }
        finally
        {
            _playing = null;
            if (isAnswer && _recordedHeard) _answer?.TrySetResult();
        }
    }

    // What answers the turn: said when the caller has ended, bears an answer, and comes after what it rests on.
    private bool IsAnswer(Say prompt) =>
        _turn >= 0 && !_callerSpeaks && prompt.Kind is not (PromptKind.Greeting or PromptKind.Filler or PromptKind.Echo) && judge.MayAnswer(_turn, _claimed ? PromptKind.Claim : prompt.Kind);

    private TimeSpan Length(Say prompt, bool isAnswer)
    {
        if (prompt.Kind == PromptKind.Greeting) return TimeSpan.Zero;
        if (isAnswer && _recordedHeard) return TimeSpan.Zero;
        if (!isAnswer) return TimeSpan.FromSeconds(prompt.Text.Value.Length / CharactersASecond);
        _recordedHeard = true;
        var recorded = _turn + 1 < dialogue.Turns.Length ? dialogue.Turns[_turn + 1].Text.Length : 0;
        return TimeSpan.FromSeconds(recorded / CharactersASecond);
    }
}

/// <summary>A caller's turn in call time.</summary>
internal sealed record PlayedTurn(int Turn, TimeSpan Began, TimeSpan Ended);

/// <summary>Something that the agent began to say.</summary>
/// <param name="Turn">The caller's turn that was last begun.</param>
/// <param name="At">Call time of its first sample.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Answers">It answers the turn, and what it rests on had come.</param>
internal sealed record HeardAnswer(int Turn, TimeSpan At, PromptKind Kind, bool Answers);

/// <summary>Compares what the product does with the recording.</summary>
internal interface ICallJudge
{
    /// <summary>Whether the recorded agent reads back, after this turn, what the product would do.</summary>
    bool WasReadBack(int turn);

    /// <summary>Whether what is said now may answer the turn: the annotated call, if it has one, has ended.</summary>
    bool MayAnswer(int turn, PromptKind kind);
}
