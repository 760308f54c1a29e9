namespace ContactCenterAgent.Speech;

/// <summary>Hears both sides of a call: a recording. Called from the media clock: it returns at once and allocates nothing.</summary>
public interface IAudioTap
{
    /// <summary>Takes one frame of both sides at the line's rate; both are as long.</summary>
    void Take(ReadOnlySpan<short> caller, ReadOnlySpan<short> agent);
}
