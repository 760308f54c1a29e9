using System.Threading.Channels;
using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Speech.Playing;

/// <summary>
/// Speech that waits for its moment: a ring of samples with marks at which prompts begin and end and characters have been said. A voice writes ahead; the media clock takes a frame at a time, and only
/// what it took counts as heard.
/// </summary>
/// <remarks>Taking a frame allocates nothing. One voice writes, one clock takes; anyone stops.</remarks>
internal sealed class Playout
{
    private readonly Lock _gate = new();
    private readonly ChannelWriter<Note> _notes;
    private readonly Channel<byte> _room = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly short[] _ring;
    private readonly Queue<Mark> _marks = new(64);
    private readonly List<Utterance> _open = new(8);
    private readonly int _progressSamples;
    private long _read;
    private long _written;
    private Utterance? _playing;
    private long _spanStart;
    private int _spanCharacters;
    private long _progressAt;
    private int _epoch;
    private bool _held;

    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="ahead">How far the voice may be ahead of the ear.</param>
    /// <param name="notes">Gets what happened.</param>
    public Playout(int sampleRate, TimeSpan ahead, ChannelWriter<Note> notes)
    {
        _notes = notes;
        _ring = new short[(int)(ahead.TotalSeconds * sampleRate)];
        _progressSamples = sampleRate / 5;
    }

    private enum MarkKind
    {
        Start,
        Span,
        End,
    }

    /// <summary>Nothing plays and nothing waits.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate) return _open.Count == 0;
        }
    }

    /// <summary>Rises with every stop: what was begun before is not wanted any more.</summary>
    public int Epoch
    {
        get
        {
            lock (_gate) return _epoch;
        }
    }

    /// <summary>Sound is on its way to the caller, or would be if it were not held.</summary>
    public bool IsPlaying
    {
        get
        {
            lock (_gate) return _playing is not null;
        }
    }

    /// <summary>Power of the frame taken last, its silent rest included.</summary>
    public double LastPower { get; private set; }

    /// <summary>Something will be said.</summary>
    /// <returns>The epoch that its samples belong to.</returns>
    public int Open(Utterance utterance)
    {
        lock (_gate)
        {
            _open.Add(utterance);
            return _epoch;
        }
    }

    /// <summary>Writes a piece of speech; waits while the ring is full. What belongs to an earlier epoch is dropped.</summary>
    /// <param name="epoch">As opened.</param>
    /// <param name="utterance">What is being said.</param>
    /// <param name="samples">At the ring's rate.</param>
    /// <param name="characters">Characters of the utterance that have been said by the end of the piece.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask WriteAsync(int epoch, Utterance utterance, ReadOnlyMemory<short> samples, int characters, CancellationToken cancellationToken)
    {
        if (samples.IsEmpty) return;
        lock (_gate)
        {
            if (epoch != _epoch) return;
            if (!utterance.Started) _marks.Enqueue(new(_written, MarkKind.Start, utterance, 0));
            utterance.Started = true;
            _marks.Enqueue(new(_written + samples.Length, MarkKind.Span, utterance, characters));
        }

        while (true)
        {
            var count = TryWrite(epoch, samples.Span);
            if (count < 0) return;
            samples = samples[count..];
            if (samples.IsEmpty) return;
            await _room.Reader.ReadAsync(cancellationToken);
        }
    }

    /// <summary>Nothing more comes of an utterance.</summary>
    /// <param name="epoch">As opened.</param>
    /// <param name="utterance">Which.</param>
    /// <param name="characters">Characters said in all; fewer than it has where the voice failed.</param>
    public void End(int epoch, Utterance utterance, int characters)
    {
        lock (_gate)
        {
            if (epoch == _epoch) _marks.Enqueue(new(_written, MarkKind.End, utterance, characters));
        }
    }

    /// <summary>Stops the sound and drops what waits. Each utterance ends with what was heard of it.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _epoch++;
            foreach (var utterance in _open) Tell(NoteKind.PlaybackEnded, utterance, utterance == _playing ? Heard() : 0);
            _open.Clear();
            _marks.Clear();
            (_playing, _held, _written) = (null, false, _read);
            _room.Writer.TryWrite(0);
        }
    }

    /// <summary>Holds the sound where it is: the caller may have begun to speak.</summary>
    public void Hold()
    {
        lock (_gate) _held = _playing is not null;
    }

    /// <summary>Goes on: it was nothing.</summary>
    public void Resume()
    {
        lock (_gate) _held = false;
    }

    /// <summary>Takes the next frame.</summary>
    /// <returns>Samples that were filled.</returns>
    public int Play(Span<short> frame)
    {
        lock (_gate)
        {
            var count = _held ? 0 : (int)Math.Min(frame.Length, _written - _read);
            Copy(frame[..count]);
            _read += count;
            LastPower = count == 0 ? 0 : Level.Power(frame[..count]) * count / frame.Length;
            if (!_held) Cross();
            if (count > 0) _room.Writer.TryWrite(0);
            return count;
        }
    }

    private int TryWrite(int epoch, ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            if (epoch != _epoch) return -1;
            var count = (int)Math.Min(samples.Length, _ring.Length - (_written - _read));
            var at = (int)(_written % _ring.Length);
            var first = Math.Min(count, _ring.Length - at);
            samples[..first].CopyTo(_ring.AsSpan(at));
            samples[first..count].CopyTo(_ring);
            _written += count;
            return count;
        }
    }

    private void Copy(Span<short> frame)
    {
        var at = (int)(_read % _ring.Length);
        var first = Math.Min(frame.Length, _ring.Length - at);
        _ring.AsSpan(at, first).CopyTo(frame);
        _ring.AsSpan(0, frame.Length - first).CopyTo(frame[first..]);
    }

    /// <summary>Notes every mark that the ear has passed.</summary>
    private void Cross()
    {
        while (_marks.TryPeek(out var mark) && (mark.At < _read || (mark.At == _read && mark.Kind != MarkKind.Start)))
        {
            _marks.Dequeue();
            switch (mark.Kind)
            {
                case MarkKind.Start:
                    (_playing, _spanStart, _spanCharacters, _progressAt) = (mark.Utterance, mark.At, 0, mark.At + _progressSamples);
                    Tell(NoteKind.PlaybackStarted, mark.Utterance, 0);
                    break;
                case MarkKind.Span:
                    (_spanStart, _spanCharacters) = (mark.At, mark.Characters);
                    break;
                default:
                    _open.Remove(mark.Utterance);
                    Tell(NoteKind.PlaybackEnded, mark.Utterance, mark.Characters);
                    _playing = null;
                    break;
            }
        }

        if (_playing is null || _read < _progressAt) return;
        _progressAt = _read + _progressSamples;
        Tell(NoteKind.PlaybackProgressed, _playing, Heard());
    }

    /// <summary>Characters heard so far: those of whole pieces, and of the present one in proportion.</summary>
    private int Heard()
    {
        if (!_marks.TryPeek(out var next) || next.Kind != MarkKind.Span || next.At <= _spanStart) return _spanCharacters;
        return _spanCharacters + (int)((next.Characters - _spanCharacters) * (_read - _spanStart) / (next.At - _spanStart));
    }

    private void Tell(NoteKind kind, Utterance utterance, int characters)
    {
        // A full channel means that the call's inbox has been full for longer than it may: the call is ending as overloaded.
        if (utterance.Prompt is { } prompt) _notes.TryWrite(new(kind, prompt, Math.Min(characters, utterance.PromptCharacters)));
    }

    private readonly record struct Mark(long At, MarkKind Kind, Utterance Utterance, int Characters);
}
