using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Voice;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>
/// Realtime transcription by OpenAI's protocol ("Realtime transcription" guide): a session of type transcription, audio appended as base64, deltas of text as they come. Our own voice activity says when
/// an utterance is over; the service is told to commit it.
/// </summary>
/// <param name="options">The service.</param>
/// <param name="time">A clock.</param>
public sealed class RealtimeTranscription(RealtimeOptions options, TimeProvider time) : SocketRecogniser(options, time)
{
    /// <inheritdoc/>
    public override int SampleRate => options.SampleRate;

    private protected override IEnumerable<(string Name, string Value)> Headers =>
        options.ApiKey is not { Length: > 0 } key ? []
        : [(options.KeyHeader, options.KeyHeader.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? $"Bearer {key}" : key)];

    private protected override RecogniserSession Begin() => new Session(options);

    private sealed class Session(RealtimeOptions options) : RecogniserSession
    {
        private readonly VoiceActivity _voice = new(options.Voice);
        private readonly short[] _frame = new short[options.SampleRate / 50];
        private readonly Lock _gate = new();
        private readonly Queue<(TimeSpan Start, TimeSpan End)> _committed = new();
        private readonly Dictionary<string, Item> _items = new(StringComparer.Ordinal);
        private int _filled;
        private long _frames;
        private TimeSpan _began;
        private bool _ended;
        private bool _cleared;

        private TimeSpan Sent => TimeSpan.FromMilliseconds(20 * Interlocked.Read(ref _frames));

        public override ValueTask OpenAsync(SpeechSocket socket, CancellationToken cancellationToken) => socket.SendTextAsync(Json(json =>
        {
            json.WriteString("type", "session.update");
            json.WriteStartObject("session");
            json.WriteString("type", "transcription");
            json.WriteStartObject("audio");
            json.WriteStartObject("input");
            json.WriteStartObject("format");
            json.WriteString("type", "audio/pcm");
            json.WriteNumber("rate", options.SampleRate);
            json.WriteEndObject();
            json.WriteStartObject("transcription");
            json.WriteString("model", options.Model);
            json.WriteString("language", options.Language);
            json.WriteEndObject();
            json.WriteNull("turn_detection");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }), cancellationToken);

        public override async ValueTask SendAsync(SpeechSocket socket, ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
        {
            await socket.SendTextAsync(Json(json =>
            {
                json.WriteString("type", "input_audio_buffer.append");
                json.WriteBase64String("audio", MemoryMarshal.AsBytes(samples.Span));
            }), cancellationToken);
            while (!samples.IsEmpty)
            {
                var count = Math.Min(samples.Length, _frame.Length - _filled);
                samples.Span[..count].CopyTo(_frame.AsSpan(_filled));
                samples = samples[count..];
                _filled += count;
                if (_filled < _frame.Length) break;
                _filled = 0;
                Interlocked.Increment(ref _frames);
                if (Follow(_voice.Hear(_frame, 0))) await CommitAsync(socket, cancellationToken);
            }
        }

        public override async ValueTask EndAsync(SpeechSocket socket, CancellationToken cancellationToken)
        {
            // With an utterance open the last final is still to come; without one there is nothing to wait for.
            if (_voice.IsSpeech) await CommitAsync(socket, cancellationToken);
            lock (_gate) _ended = true;
            await socket.SendTextAsync("""{"type":"input_audio_buffer.clear"}""", cancellationToken);
        }

        public override bool IsOver
        {
            get
            {
                lock (_gate) return _ended && _cleared && _committed.Count == 0 && _items.Count == 0;
            }
        }

        public override IEnumerable<CallEvent> Read(JsonElement message)
        {
            var type = message.GetProperty("type").GetString();
            switch (type)
            {
                case "error" when Code(message) == "input_audio_buffer_commit_empty":
                    lock (_gate) _committed.TryDequeue(out _);
                    break;
                case "error":
                    throw new RecogniserException($"The service refused: {Code(message)}.");
                case "input_audio_buffer.cleared":
                    lock (_gate) _cleared = true;
                    break;
                case "input_audio_buffer.committed":
                    Commit(message.GetProperty("item_id").GetString()!);
                    break;
                case "conversation.item.input_audio_transcription.delta":
                    var item = ItemOf(message);
                    item.Text += message.GetProperty("delta").GetString();
                    if (item.Text.Trim().Length > 0) yield return WordTiming.Partial(WordTiming.Spread(item.Text, item.Start, item.End ?? Sent, stable: false));
                    break;
                case "conversation.item.input_audio_transcription.completed":
                    var done = ItemOf(message);
                    lock (_gate) _items.Remove(message.GetProperty("item_id").GetString()!);
                    var words = WordTiming.Spread(message.GetProperty("transcript").GetString() ?? "", done.Start, done.End ?? Sent, stable: true);
                    if (words.Length > 0) yield return WordTiming.Final(words, []);
                    break;
                case "conversation.item.input_audio_transcription.failed":
                    throw new RecogniserException($"The service could not transcribe: {Code(message)}.");
            }
        }

        private bool Follow(VoiceChange change)
        {
            if (change == VoiceChange.Started) _began = Sent - options.Voice.Onset;
            return change == VoiceChange.Ended;
        }

        private ValueTask CommitAsync(SpeechSocket socket, CancellationToken cancellationToken)
        {
            lock (_gate) _committed.Enqueue((_began, Sent - options.Voice.HangOver));
            return socket.SendTextAsync("""{"type":"input_audio_buffer.commit"}""", cancellationToken);
        }

        private void Commit(string id)
        {
            lock (_gate)
            {
                if (!_committed.TryDequeue(out var stretch)) return;
                if (!_items.TryGetValue(id, out var item)) _items[id] = item = new();
                (item.Start, item.End) = stretch;
            }
        }

        private Item ItemOf(JsonElement message)
        {
            var id = message.GetProperty("item_id").GetString()!;
            lock (_gate)
            {
                if (!_items.TryGetValue(id, out var item)) _items[id] = item = new() { Start = _began };
                return item;
            }
        }

        private static string Code(JsonElement message) =>
            message.TryGetProperty("error", out var error) && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String ? code.GetString()! : "no code";

        private static string Json(Action<Utf8JsonWriter> write)
        {
            var bytes = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(bytes))
            {
                json.WriteStartObject();
                write(json);
                json.WriteEndObject();
            }

            return Encoding.UTF8.GetString(bytes.WrittenSpan);
        }

        private sealed class Item
        {
            public string Text { get; set; } = "";

            public TimeSpan Start { get; set; }

            public TimeSpan? End { get; set; }
        }
    }
}
