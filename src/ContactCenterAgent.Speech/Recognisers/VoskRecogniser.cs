using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>
/// vosk-server's WebSocket (alphacep/vosk-server, websocket/asr_server.py): a configuration, then PCM, each piece answered with a partial or a result; <c>{"eof" : 1}</c> brings the last result.
/// </summary>
/// <param name="options">The server.</param>
/// <param name="time">A clock.</param>
public sealed class VoskRecogniser(VoskOptions options, TimeProvider time) : SocketRecogniser(options, time)
{
    /// <inheritdoc/>
    public override int SampleRate => options.SampleRate;

    private protected override RecogniserSession Begin() => new Session(options);

    private sealed class Session(VoskOptions options) : RecogniserSession
    {
        private static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(400);

        private readonly PartialFilter _partials = new();
        private readonly byte[] _piece = new byte[options.SampleRate * 2 * options.PieceMilliseconds / 1000];
        private int _held;
        private long _sent;
        private int _asked;
        private int _answered;
        private volatile bool _ended;

        private TimeSpan Sent => TimeSpan.FromSeconds((double)Interlocked.Read(ref _sent) / options.SampleRate);

        public override ValueTask OpenAsync(SpeechSocket socket, CancellationToken cancellationToken)
        {
            var alternatives = options.Alternatives > 0 ? $",\"max_alternatives\":{options.Alternatives + 1}" : "";
            return socket.SendTextAsync($$$"""{"config":{"sample_rate":{{{options.SampleRate}}},"words":true{{{alternatives}}}}}""", cancellationToken);
        }

        public override async ValueTask SendAsync(SpeechSocket socket, ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
        {
            // Each piece costs an answer: a few frames at a time are enough.
            while (!samples.IsEmpty)
            {
                var count = Math.Min(samples.Length, (_piece.Length - _held) / 2);
                MemoryMarshal.AsBytes(samples.Span[..count]).CopyTo(_piece.AsSpan(_held));
                _held += count * 2;
                samples = samples[count..];
                if (_held == _piece.Length) await FlushAsync(socket, cancellationToken);
            }
        }

        public override async ValueTask EndAsync(SpeechSocket socket, CancellationToken cancellationToken)
        {
            if (_held > 0) await FlushAsync(socket, cancellationToken);

            Interlocked.Increment(ref _asked);
            _ended = true;

            // The server compares this text as it stands, blanks included.
            await socket.SendTextAsync("""{"eof" : 1}""", cancellationToken);
        }

        /// <summary>Every message has its answer, the last one too.</summary>
        public override bool IsOver => _ended && _answered == Volatile.Read(ref _asked);

        public override IEnumerable<CallEvent> Read(JsonElement message)
        {
            _answered++;
            if (message.TryGetProperty("partial", out var partial))
            {
                var text = partial.GetString() ?? "";
                if (_partials.IsNews(text, Sent)) yield return WordTiming.Partial(WordTiming.Spread(text, Later(_partials.Began - Lead), Sent, stable: false));
                yield break;
            }

            var rivals = message.TryGetProperty("alternatives", out var all) ? [.. all.EnumerateArray()] : ImmutableArray<JsonElement>.Empty;
            var best = rivals.IsEmpty ? message : rivals[0];
            var heard = best.TryGetProperty("text", out var property) ? property.GetString() ?? "" : "";
            var words = best.TryGetProperty("result", out var timed)
                ? [.. timed.EnumerateArray().Select(ReadWord)]
                : WordTiming.Spread(heard, Later(_partials.Began - Lead), Sent, stable: true);
            _partials.End();
            if (words.Length > 0) yield return WordTiming.Final(words, [.. rivals.Skip(1).Select(r => r.GetProperty("text").GetString() ?? "")]);
        }

        private async ValueTask FlushAsync(SpeechSocket socket, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            await socket.SendAsync(_piece.AsMemory(0, _held), cancellationToken);
            Interlocked.Add(ref _sent, _held / 2);
            _held = 0;
        }

        private static Word ReadWord(JsonElement word) => new(
            word.GetProperty("word").GetString()!,
            TimeSpan.FromSeconds(word.GetProperty("start").GetDouble()),
            TimeSpan.FromSeconds(word.GetProperty("end").GetDouble()),
            Stable: true);

        private static TimeSpan Later(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
    }
}
