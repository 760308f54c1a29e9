using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Speech.Tests;

/// <summary>Says what it is told to say when so much audio has come; counts what came.</summary>
internal sealed class ScriptedRecogniser(params (TimeSpan At, CallEvent Heard)[] script) : ISpeechToText
{
    public int SampleRate { get; init; } = 8000;

    /// <summary>Audio after which it breaks; or falls silent, where <see cref="Hangs"/>.</summary>
    public TimeSpan BreaksAt { get; init; } = TimeSpan.MaxValue;

    public bool Hangs { get; init; }

    public long Samples { get; private set; }

    public List<short> Heard { get; } = [];

    public static Transcript Words(string text, double from = 0, bool stable = true) =>
        new([.. text.Split(' ').Select((w, i) => new Word(w, TimeSpan.FromSeconds(from + (i * 0.3)), TimeSpan.FromSeconds(from + (i * 0.3) + 0.3), stable))], []);

    public static PartialHeard Partial(string text, double from = 0) => new(default, Words(text, from, stable: false));

    public static FinalHeard Final(string text, double from = 0) => new(default, Words(text, from));

    public async IAsyncEnumerable<CallEvent> RecogniseAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = 0;
        await foreach (var piece in audio.WithCancellation(cancellationToken))
        {
            Samples += piece.Length;
            Heard.AddRange(piece.Span);
            var at = TimeSpan.FromSeconds((double)Samples / SampleRate);
            if (at >= BreaksAt && !Hangs) throw new InvalidOperationException("the recogniser broke");
            if (at >= BreaksAt) continue;
            for (; next < script.Length && script[next].At <= at; next++) yield return script[next].Heard;
        }
    }
}
