using System.Threading.Channels;
using ContactCenterAgent.Media.Voice;
using ContactCenterAgent.Speech.Playing;

namespace ContactCenterAgent.Speech.Hearing;

/// <summary>
/// What is done with the caller's sound, 20 ms at a time: voice activity, and the hold of our own sound while the caller may be speaking. A cough lets it go on; words stop it for good, but those are
/// for the core to judge.
/// </summary>
/// <remarks>Runs on the media clock's thread and allocates nothing.</remarks>
internal sealed class Ear
{
    private readonly VoiceActivity _voice;
    private readonly Playout _playout;
    private readonly ChannelWriter<Note> _notes;
    private readonly short[] _frame;
    private readonly int _resumeFrames;
    private readonly int _holdFrames;
    private int _filled;
    private int _held;
    private int _quiet;

    /// <param name="sampleRate">Of the line.</param>
    /// <param name="options">Voice and holding.</param>
    /// <param name="playout">Our own sound.</param>
    /// <param name="notes">Gets what happened.</param>
    /// <param name="holds">Whether our sound is held while the caller may be speaking; no use where nobody can read words.</param>
    public Ear(int sampleRate, AudioOptions options, Playout playout, ChannelWriter<Note> notes, bool holds)
    {
        _voice = new(options.Voice);
        (_playout, _notes) = (playout, notes);
        _frame = new short[sampleRate / 50];
        _resumeFrames = (int)(options.ResumeAfter.TotalMilliseconds / 20);
        _holdFrames = holds ? (int)(options.HoldMax.TotalMilliseconds / 20) : 0;
    }

    /// <summary>The caller makes sound that may be speech.</summary>
    public bool IsSpeech => _voice.IsSpeech;

    /// <summary>Takes samples of any number.</summary>
    public void Hear(ReadOnlySpan<short> samples)
    {
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, _frame.Length - _filled);
            samples[..count].CopyTo(_frame.AsSpan(_filled));
            samples = samples[count..];
            _filled += count;
            if (_filled < _frame.Length) return;
            _filled = 0;
            Judge(_voice.Hear(_frame, _playout.LastPower));
        }
    }

    private void Judge(VoiceChange change)
    {
        if (change == VoiceChange.Started)
        {
            _notes.TryWrite(new(NoteKind.SpeechStarted, default, 0));
            if (_holdFrames > 0 && _playout.IsPlaying) (_held, _quiet) = (1, 0);
            if (_held > 0) _playout.Hold();
        }
        else if (change == VoiceChange.Ended)
        {
            _notes.TryWrite(new(NoteKind.SpeechEnded, default, 0));
        }

        if (_held == 0) return;
        _held++;
        _quiet = _voice.IsSpeech ? 0 : _quiet + 1;
        if (_quiet < _resumeFrames && _held <= _holdFrames) return;
        _held = 0;
        _playout.Resume();
    }
}
