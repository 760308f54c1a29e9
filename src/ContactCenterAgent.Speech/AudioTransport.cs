using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Speech.Hearing;
using ContactCenterAgent.Speech.Keypad;
using ContactCenterAgent.Speech.Playing;
using ContactCenterAgent.Speech.Recording;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Speech;

/// <summary>A call on a line of sound: ears, voice and keypad on top of any <see cref="IAudioLeg"/>.</summary>
/// <remarks>With no recogniser, or when the recogniser is lost, the caller gets the keypad menu; when no voice is left, a person.</remarks>
public sealed partial class AudioTransport : ICallTransport
{
    /// <summary>What a caller hears before the caller is sent to a person who has answered. Worth speaking ahead of time.</summary>
    public const string HandingOver = "I'm putting you through now.";

    private const int NotesMax = 1024;

    /// <summary>The notice of a recording is the line's own: the core knows nothing of it.</summary>
    private static readonly PromptId NoticePrompt = new(-1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>A line that takes no more frames would never have played its prompts.</summary>
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(30);

    private readonly IAudioLeg _leg;
    private readonly ISpeechToText? _recogniser;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Channel<Note> _notes = Channel.CreateBounded<Note>(new BoundedChannelOptions(NotesMax) { SingleReader = true });
    private readonly Playout _playout;
    private readonly Speaker _speaker;
    private readonly Ear _ear;
    private readonly SamplePipe? _pipe;
    private readonly KeypadMenu _menu;
    private readonly AudioEnd _end;
    private readonly CallRecorder? _recorder;
    private readonly CallId? _ownId;
    private CallRecording? _recording;
    private ICallEventSink? _sink;
    private volatile bool _keypad;
    private volatile bool _over;

    /// <summary>Puts ears and a voice on a leg.</summary>
    /// <param name="leg">Owned: disposed with the transport.</param>
    /// <param name="recogniser">Null: the caller gets the keypad menu.</param>
    /// <param name="voice">Speaks.</param>
    /// <param name="options">Hearing and speaking.</param>
    /// <param name="keypad">The menu.</param>
    /// <param name="time">The line's clock.</param>
    /// <param name="log">The line's log.</param>
    public AudioTransport(IAudioLeg leg, ISpeechToText? recogniser, ITextToSpeech voice, AudioOptions options, KeypadOptions keypad, TimeProvider time, ILogger log)
    {
        (_leg, _recogniser, _time, _log) = (leg, recogniser, time, log);
        _playout = new(leg.SampleRate, options.VoiceAhead, _notes.Writer);
        _speaker = new(voice, leg.SampleRate, _playout, AskForPersonAsync, log);
        _ear = new(leg.SampleRate, options, _playout, _notes.Writer, holds: recogniser is not null);
        _pipe = recogniser is null ? null : new(leg.SampleRate, options.EarBehind);
        _keypad = recogniser is null;
        _menu = new(keypad, time, StopSoundAsync, SayAsync);
        _end = new(this);
    }

    /// <inheritdoc/>
    public string Line => _leg.Line;

    /// <inheritdoc/>
    public Pii<string>? CallerNumber => _leg.CallerNumber;

    /// <inheritdoc/>
    public CallId? Call => _leg.Call ?? _ownId;

    /// <inheritdoc/>
    public string? Recording => _recording?.Name;

    /// <summary>Hears both sides from the next frame on; null = nobody. May be set at any time.</summary>
    public IAudioTap? Tap { get; set; }

    /// <summary>Tells the caller so before the greeting, and records the call once that has been heard to its end; null = nobody does. A caller who cuts it short is not recorded.</summary>
    public CallRecorder? Recorder
    {
        get => _recorder;
        init => (_recorder, _ownId) = (value, value is null ? null : new(Guid.CreateVersion7(_time.GetUtcNow())));
    }

    /// <inheritdoc/>
    public async Task RunAsync(ICallEventSink sink, CancellationToken cancellationToken)
    {
        _sink = sink;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beside = Task.WhenAll(TellAsync(over.Token), _speaker.RunAsync(over.Token), HearAsync(over.Token), _menu.RunAsync(sink, CallerNumber, over.Token));
        try
        {
            await _leg.RunAsync(_end, new LegSink(this, sink), cancellationToken);
        }
        finally
        {
            _over = true;
            _pipe?.End();
            over.Cancel();
            await beside.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Tap = null;
            if (_recording is { } recording) await _recorder!.EndAsync(Call!.Value, recording);
        }
    }

    /// <inheritdoc/>
    public ValueTask AnswerAsync(CancellationToken cancellationToken) => _leg.AnswerAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SayAsync(Say prompt, CancellationToken cancellationToken)
    {
        var text = prompt.Text.Value;
        if (_over) return;
        if (prompt.Kind == PromptKind.Greeting && _recorder is { Notice: var notice }) await _speaker.SayAsync(new(NoticePrompt, notice, notice.Length), cancellationToken);
        var more = _keypad ? _menu.Follow(prompt) : null;
        await _speaker.SayAsync(new(prompt.Prompt, more is null ? text : $"{text} {more}", text.Length), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask StopPlaybackAsync(CancellationToken cancellationToken)
    {
        _speaker.Stop();
        return _leg.ClearAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken)
    {
        await PlayedAsync(cancellationToken);
        await _leg.TransferAsync(transfer, HandingOverAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask HangUpAsync(CancellationToken cancellationToken)
    {
        await PlayedAsync(cancellationToken);
        await _leg.HangUpAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _leg.DisposeAsync();
        _speaker.Dispose();
    }

    private async ValueTask HandingOverAsync(CancellationToken cancellationToken)
    {
        await _speaker.SayAsync(new(null, HandingOver, 0), cancellationToken);
        await PlayedAsync(cancellationToken);
    }

    private async ValueTask PlayedAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; !_playout.IsIdle && !_over && waited < DrainMax; waited += Poll) await Task.Delay(Poll, _time, cancellationToken);
    }

    private async ValueTask StopSoundAsync(CancellationToken cancellationToken)
    {
        if (_playout.IsIdle) return;
        _speaker.Stop();
        await _leg.ClearAsync(cancellationToken);
    }

    /// <summary>The line's own words, of which the core knows nothing.</summary>
    private ValueTask SayAsync(string text, CancellationToken cancellationToken) => _speaker.SayAsync(new(null, text, 0), cancellationToken);

    /// <summary>Nothing more can be said to the caller: somebody else must.</summary>
    private ValueTask AskForPersonAsync(CancellationToken cancellationToken)
    {
        LogMute(Line);
        return KeypadMenu.HearAsync(KeypadMenu.Person, _sink!, cancellationToken);
    }

    /// <summary>Makes events of what the media clock has noticed.</summary>
    private async Task TellAsync(CancellationToken cancellationToken)
    {
        while (await _notes.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_notes.Reader.TryRead(out var note))
            {
                CallEvent happened = note.Kind switch
                {
                    NoteKind.SpeechStarted => new SpeechStarted(default),
                    NoteKind.SpeechEnded => new SpeechEnded(default),
                    NoteKind.PlaybackStarted => new PlaybackStarted(default, note.Prompt),
                    NoteKind.PlaybackProgressed => new PlaybackProgressed(default, note.Prompt, note.Characters),
                    _ => new PlaybackEnded(default, note.Prompt, note.Characters),
                };

                if (note.Kind >= NoteKind.PlaybackStarted && note.Prompt == NoticePrompt)
                {
                    if (note.Kind == NoteKind.PlaybackEnded && note.Characters == _recorder!.Notice.Length) Record();
                    continue;
                }

                // Where no words come, sound alone would only keep a turn from closing.
                if (!_keypad || happened is not (SpeechStarted or SpeechEnded)) await _sink!.WriteAsync(happened, cancellationToken);
            }
        }
    }

    /// <summary>The notice has been heard to its end. Whoever stays consents.</summary>
    private void Record() => Tap = _recording = _recorder!.Begin(Call!.Value, _leg.SampleRate);

    /// <summary>Listens until the line is over; a recogniser that cannot go on leaves the keypad.</summary>
    private async Task HearAsync(CancellationToken cancellationToken)
    {
        if (_recogniser is null) return;
        try
        {
            var audio = LineAudio.AtRate(_pipe!.ReadAsync(cancellationToken), _leg.SampleRate, _recogniser.SampleRate, cancellationToken);
            await foreach (var heard in _recogniser.RecogniseAsync(audio, cancellationToken)) await _sink!.WriteAsync(WordTimes.Shifted(heard, _end.Began), cancellationToken);
            if (_over) return;
            LogDeaf("ended", Line);
        }
#pragma warning disable CA1031 // Whatever a recogniser throws, the call goes on by keypad.
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogDeaf(fault.GetType().Name, Line);
        }

        _keypad = true;
        await SayAsync($"I'm sorry, I can't hear you well enough. {_menu.Announce()}", cancellationToken);
    }

    [LoggerMessage(510, LogLevel.Error, "ear.lost: {Fault} on {Line}; the caller gets the keypad menu")]
    private partial void LogDeaf(string fault, string line);

    [LoggerMessage(511, LogLevel.Error, "voice.lost: nothing can be said on {Line}; the caller is put through to a person")]
    private partial void LogMute(string line);

    /// <summary>The media clock's side of the transport.</summary>
    private sealed class AudioEnd(AudioTransport owner) : IAudioEnd
    {
        private readonly short[] _caller = new short[owner._leg.SampleRate / 10];
        private int _callerSamples;

        /// <summary>Call time of the caller's first sample.</summary>
        public TimeSpan Began { get; private set; } = Timeout.InfiniteTimeSpan;

        public void Hear(ReadOnlySpan<short> samples)
        {
            if (Began < TimeSpan.Zero) Began = owner._sink!.Now;
            owner._ear.Hear(samples);
            if (!owner._keypad) owner._pipe?.Write(samples);
            if (owner.Tap is null) return;
            _callerSamples = Math.Min(samples.Length, _caller.Length);
            samples[.._callerSamples].CopyTo(_caller);
        }

        public int Play(Span<short> frame)
        {
            var count = owner._playout.Play(frame);
            if (owner.Tap is { } tap && frame.Length <= _caller.Length)
            {
                frame[count..].Clear();
                _caller.AsSpan(_callerSamples).Clear();
                tap.Take(_caller.AsSpan(0, frame.Length), frame);
                _callerSamples = 0;
            }

            return count;
        }
    }

    /// <summary>The leg's events: keys go through the menu where there is one.</summary>
    private sealed class LegSink(AudioTransport owner, ICallEventSink sink) : ICallEventSink
    {
        public TimeSpan Now => sink.Now;

        public ValueTask WriteAsync(CallEvent happened, CancellationToken cancellationToken) =>
            owner._keypad && happened is DigitPressed digit ? owner._menu.PressAsync(digit.Digit.Value) : sink.WriteAsync(happened, cancellationToken);
    }
}
