using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Voice;
using ContactCenterAgent.Speech.Hearing;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>
/// Several recognisers in order. One that fails, ends, or says nothing while the caller speaks is replaced by the next, which hears the present utterance from its beginning; what was settled is not
/// heard again. The last one is only given up when it fails or ends.
/// </summary>
/// <remarks>Thread-safe. One that has failed is left alone for a while: the next caller does not wait for it.</remarks>
public sealed partial class FallbackRecogniser : ISpeechToText
{
    private const int EventsMax = 256;
    private const string Silent = "silent";

    private readonly IReadOnlyList<ISpeechToText> _recognisers;
    private readonly long[] _failedAt;
    private readonly FallbackOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <summary>Makes one.</summary>
    /// <param name="recognisers">At least one; the best first.</param>
    /// <param name="options">What counts as lost.</param>
    /// <param name="time">A clock.</param>
    /// <param name="log">Where a replacement is named.</param>
    public FallbackRecogniser(IReadOnlyList<ISpeechToText> recognisers, FallbackOptions options, TimeProvider time, ILogger log)
    {
        if (recognisers.Count == 0) throw new ArgumentException("There is no recogniser.", nameof(recognisers));
        (_recognisers, _options, _time, _log) = (recognisers, options, time, log);
        _failedAt = new long[recognisers.Count];
    }

    /// <inheritdoc/>
    public int SampleRate => _recognisers[0].SampleRate;

    /// <inheritdoc/>
    /// <exception cref="RecogniserException">None is left.</exception>
    public async IAsyncEnumerable<CallEvent> RecogniseAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var told = Channel.CreateBounded<Told>(EventsMax);
        var tape = new Tape(SampleRate, _options.Kept);
        var listening = new Listening(tape, _options, SampleRate, told.Writer);
        var hearing = listening.RunAsync(audio, over.Token);
        try
        {
            for (var i = 0; i < _recognisers.Count; i++)
            {
                if (i < _recognisers.Count - 1 && IsResting(i)) continue;
                await using var attempt = listening.Begin(_recognisers[i], i, over.Token);
                string? fault = null;
                while (fault is null && await told.Reader.WaitToReadAsync(cancellationToken))
                {
                    while (fault is null && told.Reader.TryRead(out var next))
                    {
                        // Noise that nobody understands must not leave the caller without any recogniser.
                        if (next.Attempt != i || (next.Fault == Silent && i == _recognisers.Count - 1)) continue;
                        if (next.Heard is null && next.Fault is null) yield break;
                        fault = next.Fault;
                        if (next.Heard is not null) yield return listening.Take(WordTimes.Shifted(next.Heard, attempt.Start));
                    }
                }

                if (fault != Silent) Volatile.Write(ref _failedAt[i], _time.GetTimestamp() | 1);
                LogReplaced(i, fault!, _recognisers.Count - i - 1);
            }
        }
        finally
        {
            over.Cancel();
            await ((Task)hearing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        throw new RecogniserException("No recogniser is left.");
    }

    private bool IsResting(int recogniser)
    {
        var failed = Volatile.Read(ref _failedAt[recogniser]);
        return failed != 0 && _time.GetElapsedTime(failed) < _options.Rest;
    }

    [LoggerMessage(540, LogLevel.Warning, "ear.replaced: recogniser {Recogniser} is {Fault}; {Left} are left")]
    private partial void LogReplaced(int recogniser, string fault, int left);

    /// <summary>What an attempt says; nothing and no fault = all audio has been recognised.</summary>
    private readonly record struct Told(int Attempt, CallEvent? Heard, string? Fault);

    /// <summary>Hears the leg, keeps the tape, feeds the present attempt and notices when it says nothing.</summary>
    private sealed class Listening(Tape tape, FallbackOptions options, int sampleRate, ChannelWriter<Told> told)
    {
        private readonly Lock _gate = new();
        private readonly VoiceActivity _voice = new(options.Voice);
        private readonly short[] _frame = new short[sampleRate / 50];
        private int _filled;
        private int _speechFrames;
        private SamplePipe? _pipe;
        private int _number;
        private bool _ended;

        public Attempt Begin(ISpeechToText recogniser, int number, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                _speechFrames = 0;
                var attempt = new Attempt(recogniser, number, tape.Start, sampleRate, options.Kept + TimeSpan.FromSeconds(5), told);
                (_pipe, _number) = (attempt.Pipe, number);
                _pipe.Write(tape.ToArray());
                if (_ended) _pipe.End();
                attempt.Run(cancellationToken);
                return attempt;
            }
        }

        public CallEvent Take(CallEvent heard)
        {
            lock (_gate)
            {
                _speechFrames = 0;
                if (heard is FinalHeard final) tape.Settle(final);
                return heard;
            }
        }

        public async Task RunAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, CancellationToken cancellationToken)
        {
            await foreach (var piece in audio.WithCancellation(cancellationToken))
            {
                int? silent;
                lock (_gate)
                {
                    tape.Add(piece.Span);
                    _pipe?.Write(piece.Span);
                    silent = IsSilent(piece.Span) ? _number : null;
                }

                if (silent is { } number) await told.WriteAsync(new(number, null, Silent), cancellationToken);
            }

            lock (_gate)
            {
                _ended = true;
                _pipe?.End();
            }
        }

        /// <summary>The caller has spoken for too long without a word from the recogniser.</summary>
        private bool IsSilent(ReadOnlySpan<short> samples)
        {
            foreach (var sample in samples)
            {
                _frame[_filled++] = sample;
                if (_filled < _frame.Length) continue;
                _filled = 0;
                _voice.Hear(_frame, 0);
                if (_voice.IsSpeech) _speechFrames++;
            }

            if (_speechFrames * 20 < options.SpeechMax.TotalMilliseconds) return false;
            _speechFrames = 0;
            return true;
        }
    }

    /// <summary>One recogniser's try.</summary>
    private sealed class Attempt(ISpeechToText recogniser, int number, TimeSpan start, int sampleRate, TimeSpan length, ChannelWriter<Told> told) : IAsyncDisposable
    {
        private CancellationTokenSource? _cancel;
        private Task _running = Task.CompletedTask;

        /// <summary>Audio time of the first sample that it hears.</summary>
        public TimeSpan Start => start;

        public SamplePipe Pipe { get; } = new(sampleRate, length);

        public void Run(CancellationToken cancellationToken)
        {
            _cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _running = RunAsync(_cancel.Token);
        }

        public async ValueTask DisposeAsync()
        {
            _cancel!.Cancel();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            _cancel.Dispose();
        }

        private async Task RunAsync(CancellationToken cancellationToken)
        {
            string? fault = null;
            try
            {
                var audio = LineAudio.AtRate(Pipe.ReadAsync(cancellationToken), sampleRate, recogniser.SampleRate, cancellationToken);
                await foreach (var heard in recogniser.RecogniseAsync(audio, cancellationToken)) await told.WriteAsync(new(number, heard, null), cancellationToken);
                if (!Pipe.IsOver) fault = "over";
            }
#pragma warning disable CA1031 // Whatever a recogniser throws, the next one takes over.
            catch (Exception thrown) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                fault = thrown.GetType().Name;
            }

            await told.WriteAsync(new(number, null, fault), cancellationToken);
        }
    }
}
