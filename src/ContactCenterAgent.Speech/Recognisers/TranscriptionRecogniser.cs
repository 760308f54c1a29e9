using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Media.Voice;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>
/// Transcription of whole utterances (<c>/v1/audio/transcriptions</c>) behind our own voice activity. While the caller speaks, what has been said so far is sent early, again and again, and its text
/// comes as partials; the whole utterance is the final.
/// </summary>
/// <param name="http">For the service; the caller owns it.</param>
/// <param name="options">The service.</param>
/// <param name="time">A clock.</param>
public sealed class TranscriptionRecogniser(HttpClient http, TranscriptionOptions options, TimeProvider time) : ISpeechToText
{
    private readonly TranscriptionClient _client = new(http, options, time);

    /// <inheritdoc/>
    public int SampleRate => 16_000;

    /// <inheritdoc/>
    /// <exception cref="RecogniserException">The service gave no answer.</exception>
    public async IAsyncEnumerable<CallEvent> RecogniseAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var session = new Session(_client, options, SampleRate, cancellationToken);
        await foreach (var piece in audio.WithCancellation(cancellationToken))
        {
            session.Hear(piece);

            // Pieces come many times a second: what has been answered meanwhile is told with the next one.
            while (await session.AnsweredAsync(wait: false) is { } heard) yield return heard;
        }

        session.Finish();
        while (await session.AnsweredAsync(wait: true) is { } heard) yield return heard;
    }

    /// <summary>One leg's utterances and the requests that are out for them.</summary>
    private sealed class Session(TranscriptionClient client, TranscriptionOptions options, int rate, CancellationToken cancellationToken) : IDisposable
    {
        private static readonly TimeSpan PreRoll = TimeSpan.FromMilliseconds(300);

        private readonly VoiceActivity _voice = new(options.Voice);
        private readonly List<short> _utterance = [];
        private readonly Queue<Task<ImmutableArray<Word>>> _finals = new();
        private readonly int _frame = rate / 50;
        private readonly int _preRoll = (int)(PreRoll.TotalSeconds * rate);
        private readonly List<short> _rest = [];
        private CancellationTokenSource _early = new();
        private Task<ImmutableArray<Word>>? _partial;
        private long _heard;
        private int _asked;

        private TimeSpan Start => TimeSpan.FromSeconds((double)(_heard - _utterance.Count) / rate);

        public void Hear(ReadOnlyMemory<short> piece)
        {
            _rest.AddRange(piece.Span);
            var frame = new short[_frame];
            var at = 0;
            for (; at + _frame <= _rest.Count; at += _frame)
            {
                _rest.CopyTo(at, frame, 0, _frame);
                HearFrame(frame);
            }

            _rest.RemoveRange(0, at);
        }

        public void Finish()
        {
            if (_voice.IsSpeech) Ask();
        }

        /// <summary>The next answer in order; finals first, for a partial of an older utterance is of no use.</summary>
        public async ValueTask<CallEvent?> AnsweredAsync(bool wait)
        {
            while (_finals.TryPeek(out var final) && (wait || final.IsCompleted))
            {
                var words = await _finals.Dequeue();
                if (words.Length > 0) return WordTiming.Final(words, []);
            }

            if (wait || _finals.Count > 0 || _partial is not { IsCompleted: true } partial) return null;
            _partial = null;
            var early = await partial;
            return early.Length > 0 ? WordTiming.Partial(early) : null;
        }

        public void Dispose()
        {
            _early.Cancel();
            _early.Dispose();
        }

        private void HearFrame(short[] frame)
        {
            _heard += frame.Length;
            _utterance.AddRange(frame);
            var change = _voice.Hear(frame, 0);
            if (change == VoiceChange.Ended || (_voice.IsSpeech && _utterance.Count >= options.UtteranceMax.TotalSeconds * rate)) Ask();
            else if (_voice.IsSpeech && _partial is null && _utterance.Count - _asked >= options.PartialEvery.TotalSeconds * rate) AskEarly();
            else if (!_voice.IsSpeech && _utterance.Count > _preRoll) _utterance.RemoveRange(0, _utterance.Count - _preRoll);
        }

        private void AskEarly()
        {
            _asked = _utterance.Count;
            _partial = client.TranscribeAsync(_utterance.ToArray(), rate, Start, stable: false, _early.Token);
        }

        private void Ask()
        {
            _early.Cancel();
            _early.Dispose();
            (_early, _partial) = (CancellationTokenSource.CreateLinkedTokenSource(cancellationToken), null);
            _finals.Enqueue(client.TranscribeAsync(_utterance.ToArray(), rate, Start, stable: true, cancellationToken));
            _utterance.Clear();
            _asked = 0;
        }
    }
}
