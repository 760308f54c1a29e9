using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>
/// sherpa-onnx's streaming WebSocket server (k2-fsa/sherpa-onnx, csrc/online-websocket-server-impl.cc): 32-bit floats in, the growing text of a segment with token times out; <c>Done</c> is answered with
/// <c>Done!</c>.
/// </summary>
/// <param name="options">The server.</param>
/// <param name="time">A clock.</param>
public sealed class SherpaRecogniser(SherpaOptions options, TimeProvider time) : SocketRecogniser(options, time)
{
    /// <inheritdoc/>
    public override int SampleRate { get; } = options.SampleRate;

    private protected override RecogniserSession Begin() => new Session(SampleRate);

    private sealed class Session(int sampleRate) : RecogniserSession
    {
        private static readonly TimeSpan WordMax = TimeSpan.FromMilliseconds(400);

        private readonly PartialFilter _partials = new();
        private long _sent;

        private TimeSpan Sent => TimeSpan.FromSeconds((double)Interlocked.Read(ref _sent) / sampleRate);

        public override async ValueTask SendAsync(SpeechSocket socket, ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
        {
            var bytes = new byte[samples.Length * 4];
            for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), samples.Span[i] / 32768f);
            await socket.SendAsync(bytes, cancellationToken);
            Interlocked.Add(ref _sent, samples.Length);
        }

        public override ValueTask EndAsync(SpeechSocket socket, CancellationToken cancellationToken) => socket.SendTextAsync("Done", cancellationToken);

        public override bool IsEnd(string message) => message == "Done!";

        public override IEnumerable<CallEvent> Read(JsonElement message)
        {
            var text = (message.GetProperty("text").GetString() ?? "").Trim();
            var final = (message.TryGetProperty("is_final", out var isFinal) && isFinal.GetBoolean()) || (message.TryGetProperty("is_eof", out var isEof) && isEof.GetBoolean());
            if (final)
            {
                _partials.End();
                if (text.Length > 0) yield return WordTiming.Final(Words(message, text, stable: true), []);
            }
            else if (_partials.IsNews(text, Sent))
            {
                yield return WordTiming.Partial(Words(message, text, stable: false));
            }
        }

        /// <summary>A token that begins with a blank begins a word; times are since the segment's start.</summary>
        private ImmutableArray<Word> Words(JsonElement message, string text, bool stable)
        {
            var segment = TimeSpan.FromSeconds(message.TryGetProperty("start_time", out var start) ? start.GetDouble() : 0);
            var tokens = message.TryGetProperty("tokens", out var all) ? all.EnumerateArray().Select(t => t.GetString() ?? "").ToList() : [];
            var times = message.TryGetProperty("timestamps", out var given) ? given.EnumerateArray().Select(t => segment + TimeSpan.FromSeconds(t.GetDouble())).ToList() : [];
            List<TimeSpan> starts = [.. tokens.Zip(times).Where((t, i) => i == 0 || t.First.StartsWith(' ') || t.First.StartsWith('\u2581')).Select(t => t.Second)];
            var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (starts.Count != words.Length) return WordTiming.Spread(text, segment, Sent, stable);
            return [.. words.Select((w, i) => new Word(w, starts[i], End(starts, i, times[^1]), stable))];
        }

        private static TimeSpan End(List<TimeSpan> starts, int word, TimeSpan last)
        {
            var next = word + 1 < starts.Count ? starts[word + 1] : last + TimeSpan.FromMilliseconds(200);
            return next - starts[word] > WordMax ? starts[word] + WordMax : next;
        }
    }
}
