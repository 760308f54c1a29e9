using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Speech.Tests;

/// <summary>Ten characters a second: character n is 100 ms of samples of the value n + 1, in pieces of one word each.</summary>
internal sealed class FakeVoice(TimeProvider? time = null) : ITextToSpeech
{
    public int SampleRate { get; init; } = 8000;

    /// <summary>Wait before the first piece.</summary>
    public TimeSpan First { get; init; }

    /// <summary>Characters after which it says no more; it hangs, or throws where <see cref="Throws"/>.</summary>
    public int StopsAfter { get; init; } = int.MaxValue;

    public bool Throws { get; init; }

    public List<string> Texts { get; } = [];

    public int Cancelled { get; private set; }

    public async IAsyncEnumerable<SpokenAudio> SpeakAsync(string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text)) yield break;
        Texts.Add(text);
        using var count = cancellationToken.Register(() => Cancelled++);
        if (First > TimeSpan.Zero) await Task.Delay(First, time!, cancellationToken);
        for (var at = 0; at < text.Length;)
        {
            if (at >= StopsAfter && Throws) throw new InvalidOperationException("the voice broke");
            if (at >= StopsAfter) await Task.Delay(Timeout.InfiniteTimeSpan, time ?? TimeProvider.System, cancellationToken);
            var end = text.IndexOf(' ', at) is >= 0 and var space ? space + 1 : text.Length;
            yield return new(Samples(at, end - at), end);
            at = end;
        }
    }

    private short[] Samples(int at, int count) => [.. Enumerable.Range(at, count).SelectMany(c => Enumerable.Repeat((short)((c + 1) * 100), SampleRate / 10))];
}
