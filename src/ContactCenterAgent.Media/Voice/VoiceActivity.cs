using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Voice;

/// <summary>What a frame changed.</summary>
public enum VoiceChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The caller has begun to speak, an onset ago.</summary>
    Started,

    /// <summary>The caller has stopped, a hang-over ago.</summary>
    Ended,
}

/// <summary>
/// Tells the caller's voice from the line's noise and from the echo of our own prompt, by energy: above a noise floor that follows the line, and above the echo that must be expected while we play.
/// </summary>
/// <remarks>Frames of 20 ms. No allocation after it is made. Not thread-safe.</remarks>
public sealed class VoiceActivity
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    /// <summary>The floor rises this much a frame at most, 5 dB a second, so that speech does not lift it.</summary>
    private const double RiseDecibels = 0.1;

    /// <summary>Minimum over half a second: even fast speech has a gap in it.</summary>
    private const int MinimumFrames = 25;

    private const double FloorAtFirst = -60;

    private readonly VoiceOptions _options;
    private readonly EchoEstimate _echo = new();
    private readonly int _onset;
    private readonly int _hangOver;
    private double _floor = FloorAtFirst;
    private double _minimum = double.MaxValue;
    private int _minimumFrames;
    private int _loud;
    private int _quiet;

    /// <summary>Makes one.</summary>
    public VoiceActivity(VoiceOptions options)
    {
        _options = options;
        _onset = Math.Max(1, (int)(options.Onset / Frame));
        _hangOver = Math.Max(1, (int)(options.HangOver / Frame));
    }

    /// <summary>The caller speaks.</summary>
    public bool IsSpeech { get; private set; }

    /// <summary>The line's noise, in decibels under the overload point.</summary>
    public double NoiseFloor => _floor;

    /// <summary>What is known of the echo.</summary>
    public EchoEstimate Echo => _echo;

    /// <summary>Takes 20 ms.</summary>
    /// <param name="heard">What came.</param>
    /// <param name="played">Power of what we played in the same 20 ms; 0 = nothing.</param>
    public VoiceChange Hear(ReadOnlySpan<short> heard, double played)
    {
        var power = Level.Power(heard);
        var echo = Level.Decibels(_echo.Expect(played, power));
        var level = Level.Decibels(power);
        var isEcho = level < echo + _options.AboveEcho;
        FollowNoise(level, isEcho && echo > _floor);
        var isLoud = !isEcho && level > _options.LevelMin && level > _floor + _options.AboveNoise;
        return IsSpeech ? Continue(isLoud) : Begin(isLoud);
    }

    private VoiceChange Begin(bool isLoud)
    {
        // Quiet takes back as much as sound has given: a syllable may flicker.
        _loud = isLoud ? _loud + 1 : Math.Max(0, _loud - 1);
        if (_loud < _onset) return VoiceChange.None;
        (IsSpeech, _quiet) = (true, 0);
        return VoiceChange.Started;
    }

    private VoiceChange Continue(bool isLoud)
    {
        _quiet = isLoud ? 0 : _quiet + 1;
        if (_quiet < _hangOver) return VoiceChange.None;
        (IsSpeech, _loud) = (false, 0);
        return VoiceChange.Ended;
    }

    /// <summary>The floor falls at once to what is quieter and rises slowly towards the quietest moment of each half second.</summary>
    private void FollowNoise(double level, bool isEcho)
    {
        if (level < _floor) _floor += (level - _floor) * 0.2;
        if (isEcho) return;
        _minimum = Math.Min(_minimum, level);
        if (++_minimumFrames < MinimumFrames) return;
        if (_minimum > _floor) _floor = Math.Min(_minimum, _floor + (RiseDecibels * MinimumFrames));
        (_minimum, _minimumFrames) = (double.MaxValue, 0);
    }
}
