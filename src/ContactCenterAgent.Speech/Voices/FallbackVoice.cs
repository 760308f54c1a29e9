using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Media.Audio;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Speech.Voices;

/// <summary>Several voices in order: one that fails or falls silent is replaced by the next, which goes on where the first stopped. A voice that has failed is left alone for a while.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed partial class FallbackVoice : ITextToSpeech
{
    private readonly IReadOnlyList<ITextToSpeech> _voices;
    private readonly long[] _failedAt;
    private readonly VoiceLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <summary>Makes one.</summary>
    /// <param name="voices">At least one; the best first.</param>
    /// <param name="limits">What counts as silent.</param>
    /// <param name="time">A clock.</param>
    /// <param name="log">Where a replacement is named.</param>
    public FallbackVoice(IReadOnlyList<ITextToSpeech> voices, VoiceLimits limits, TimeProvider time, ILogger log)
    {
        if (voices.Count == 0) throw new ArgumentException("There is no voice.", nameof(voices));
        (_voices, _limits, _time, _log) = (voices, limits, time, log);
        _failedAt = new long[voices.Count];
    }

    /// <inheritdoc/>
    public int SampleRate => _voices[0].SampleRate;

    /// <inheritdoc/>
    /// <exception cref="VoiceException">No voice could speak.</exception>
    public async IAsyncEnumerable<SpokenAudio> SpeakAsync(string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var said = 0;
        for (var i = 0; i < _voices.Count; i++)
        {
            if (i < _voices.Count - 1 && IsResting(i)) continue;
            var from = said;
            await using var attempt = new Attempt(_voices[i], text[from..], i < _voices.Count - 1 ? _limits.PieceMax : _limits.LastPieceMax, _time, cancellationToken);
            var resampler = _voices[i].SampleRate == SampleRate ? null : new Resampler(_voices[i].SampleRate, SampleRate);
            while (await attempt.NextAsync())
            {
                said = Math.Min(text.Length, from + attempt.Current.Characters);
                yield return new(At(resampler, attempt.Current.Samples), said);
            }

            if (attempt.Fault is not { } fault) yield break;
            Volatile.Write(ref _failedAt[i], _time.GetTimestamp() | 1);
            LogReplaced(i, fault, said, text.Length);
            said = WordAt(text, said);
        }

        throw new VoiceException("No voice could speak.");
    }

    private bool IsResting(int voice)
    {
        var failed = Volatile.Read(ref _failedAt[voice]);
        return failed != 0 && _time.GetElapsedTime(failed) < _limits.Rest;
    }

    /// <summary>Where the word begins that was being said: half a word is said again, a whole one is not.</summary>
    private static int WordAt(string text, int said)
    {
        while (said > 0 && said < text.Length && text[said - 1] != ' ') said--;
        return said;
    }

    private static ReadOnlyMemory<short> At(Resampler? resampler, ReadOnlyMemory<short> samples)
    {
        if (resampler is null) return samples;
        var room = new short[resampler.OutputMax(samples.Length)];
        return room.AsMemory(0, resampler.Resample(samples.Span, room));
    }

    [LoggerMessage(530, LogLevel.Warning, "voice.replaced: voice {Voice} is {Fault} after {Said} of {Characters} characters; the next one goes on")]
    private partial void LogReplaced(int voice, string fault, int said, int characters);

    /// <summary>One voice's try at a text.</summary>
    private sealed class Attempt(ITextToSpeech voice, string text, TimeSpan pieceMax, TimeProvider time, CancellationToken caller) : IAsyncDisposable
    {
        /// <summary>How long a voice that was given up may take to notice; one that does not is left to itself.</summary>
        private static readonly TimeSpan EndMax = TimeSpan.FromMilliseconds(100);

        private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(caller);
        private IAsyncEnumerator<SpokenAudio>? _pieces;
        private Task<bool>? _next;

        public SpokenAudio Current => _pieces!.Current;

        /// <summary>What was wrong; null = nothing.</summary>
        public string? Fault { get; private set; }

        /// <summary>Takes the next piece; false = the end, or a fault.</summary>
        public async ValueTask<bool> NextAsync()
        {
            try
            {
                _pieces ??= voice.SpeakAsync(text, _cancel.Token).GetAsyncEnumerator(_cancel.Token);
                _next = MoveAsync(_pieces);
                return await _next.WaitAsync(pieceMax, time, caller);
            }
            catch (TimeoutException)
            {
                Fault = "silent";
            }
#pragma warning disable CA1031 // Whatever a voice throws, the next one takes over.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                // Who has been told to stop may throw what it likes.
                caller.ThrowIfCancellationRequested();
                Fault = fault.GetType().Name;
            }

            return false;
        }

        public async ValueTask DisposeAsync()
        {
            _cancel.Cancel();
            if (_next is not null) await ((Task)_next).WaitAsync(EndMax, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (_pieces is not null && _next is { IsCompleted: true }) await _pieces.DisposeAsync();
            _cancel.Dispose();
        }

        private static async Task<bool> MoveAsync(IAsyncEnumerator<SpokenAudio> pieces) => await pieces.MoveNextAsync();
    }
}
