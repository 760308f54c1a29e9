using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Speech.Playing;

namespace ContactCenterAgent.Speech.Voices;

/// <summary>Keeps sentences that are said again and again: greetings, fillers, questions. A sentence is kept from the second time on, so that what is said to one caller only is not.</summary>
/// <remarks>Thread-safe. In memory only; the longest unused goes first.</remarks>
public sealed class CachedVoice : ITextToSpeech
{
    private const int SeenMax = 4096;

    private readonly ITextToSpeech _voice;
    private readonly int _samplesMax;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Kept>> _kept = new(StringComparer.Ordinal);
    private readonly LinkedList<Kept> _byUse = new();
    private readonly HashSet<int> _seen = [];
    private long _samples;

    /// <summary>Makes one.</summary>
    /// <param name="voice">Speaks what is not kept.</param>
    /// <param name="samplesMax">Samples kept in all; two bytes each.</param>
    public CachedVoice(ITextToSpeech voice, int samplesMax = 8_000_000) => (_voice, _samplesMax) = (voice, samplesMax);

    /// <inheritdoc/>
    public int SampleRate => _voice.SampleRate;

    /// <summary>Sentences that were spoken from memory.</summary>
    public long Hits { get; private set; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SpokenAudio> SpeakAsync(string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Find(text) is { } kept)
        {
            foreach (var piece in kept) yield return piece;
            yield break;
        }

        var pieces = IsAgain(text) ? new List<SpokenAudio>() : null;
        await foreach (var piece in _voice.SpeakAsync(text, cancellationToken))
        {
            pieces?.Add(piece with { Samples = piece.Samples.ToArray() });
            yield return piece;
        }

        if (pieces is not null) Keep(text, pieces);
    }

    /// <summary>Speaks prompts into memory, a sentence at a time as a line asks for them, so that the first caller does not wait for them.</summary>
    public async Task WarmAsync(IEnumerable<string> prompts, CancellationToken cancellationToken)
    {
        foreach (var sentence in prompts.SelectMany(prompt => Sentences.Of(prompt).Select(range => prompt[range].TrimEnd())))
        {
            var pieces = new List<SpokenAudio>();
            await foreach (var piece in _voice.SpeakAsync(sentence, cancellationToken)) pieces.Add(piece with { Samples = piece.Samples.ToArray() });
            Keep(sentence, pieces);
        }
    }

    private List<SpokenAudio>? Find(string text)
    {
        lock (_gate)
        {
            if (!_kept.TryGetValue(text, out var node)) return null;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            Hits++;
            return node.Value.Pieces;
        }
    }

    private bool IsAgain(string text)
    {
        lock (_gate)
        {
            if (_seen.Count >= SeenMax) _seen.Clear();
            return !_seen.Add(string.GetHashCode(text, StringComparison.Ordinal));
        }
    }

    private void Keep(string text, List<SpokenAudio> pieces)
    {
        var samples = pieces.Sum(p => p.Samples.Length);
        lock (_gate)
        {
            if (samples > _samplesMax || _kept.ContainsKey(text)) return;
            _kept[text] = _byUse.AddFirst(new Kept(text, pieces, samples));
            for (_samples += samples; _samples > _samplesMax; _byUse.RemoveLast())
            {
                _samples -= _byUse.Last!.Value.Samples;
                _kept.Remove(_byUse.Last.Value.Text);
            }
        }
    }

    private sealed record Kept(string Text, List<SpokenAudio> Pieces, int Samples);
}
