namespace ContactCenterAgent.Conformance;

/// <summary>A caller's network, played against a line over a real connection.</summary>
public interface IFarEnd : IAsyncDisposable
{
    /// <summary>Sends sound as fast as it can.</summary>
    /// <param name="samples">Whole frames of 20 ms.</param>
    Task SpeakAsync(ReadOnlyMemory<short> samples);

    /// <summary>Presses a key.</summary>
    Task PressAsync(char key);

    /// <summary>Sends what nobody can read.</summary>
    Task SpoilAsync();

    /// <summary>Says goodbye.</summary>
    Task HangUpAsync();

    /// <summary>Goes away without one.</summary>
    void Break();

    /// <summary>What comes next from the agent.</summary>
    Task<FarEvent> NextAsync();
}

/// <summary>What a caller's network notices.</summary>
public abstract record FarEvent
{
    private FarEvent()
    {
    }

    /// <summary>Sound.</summary>
    public sealed record Sound(short[] Samples) : FarEvent;

    /// <summary>Sound that has not been played is to be forgotten.</summary>
    public sealed record Cleared : FarEvent;

    /// <summary>The agent's side is closed.</summary>
    public sealed record Closed : FarEvent;
}
