namespace ContactCenterAgent.AudioLoop.Tests.Phones;

/// <summary>Understands whatever sound comes as the same words, one after the other as the sound goes on.</summary>
/// <param name="words">What is understood.</param>
/// <param name="wordEvery">Sound a word.</param>
internal sealed class ScriptedListener(string words, TimeSpan wordEvery) : IListener
{
    private readonly string[] _words = words.Split(' ');

    /// <summary>It breaks its connection after so much sound.</summary>
    public TimeSpan BreaksAfter { get; init; } = TimeSpan.MaxValue;

    public string Partial(TimeSpan spoken) =>
        spoken > BreaksAfter ? throw new IOException("The listener broke.") : string.Join(' ', _words.Take((int)(spoken / wordEvery)));

    public Task<string> FinalAsync(short[] samples) => Task.FromResult(words);
}
