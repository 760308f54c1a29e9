using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ContactCenterAgent.Core.Turns;

/// <summary>One word as a recogniser gives it.</summary>
/// <param name="Text">As written by the recogniser; case and punctuation carry no meaning.</param>
/// <param name="Start">Call time at which it began.</param>
/// <param name="End">Call time at which it ended.</param>
/// <param name="Stable">The recogniser will not change it any more. A final's words are always stable.</param>
public readonly record struct Word(string Text, TimeSpan Start, TimeSpan End, bool Stable)
{
    /// <summary>Words are personal.</summary>
    public override string ToString() => "[redacted]";
}

/// <summary>The words of one utterance: a partial or a final hypothesis.</summary>
/// <param name="Words">In order of speech.</param>
/// <param name="Alternatives">Rival readings of the whole utterance, best first, without the words above; empty where the recogniser gives one.</param>
public sealed record Transcript(ImmutableArray<Word> Words, ImmutableArray<string> Alternatives)
{
    /// <summary>No words.</summary>
    public static readonly Transcript Empty = new([], []);

    /// <summary>The words, joined by single spaces.</summary>
    public string Text => string.Join(' ', Words.Select(w => w.Text));

    /// <summary>Words are personal.</summary>
    public override string ToString() => $"[{Words.Length} words]";
}

/// <summary>A hash over the words of a turn: what a plan has read, what a turn closed with.</summary>
/// <param name="Value">The first 8 bytes of SHA-256 over the words in lower case without punctuation, one space between; 0 for no words.</param>
public readonly record struct WordsHash(ulong Value)
{
    /// <summary>The hash of no words.</summary>
    public static readonly WordsHash None;

    /// <summary>Hashes words; case, punctuation, times and stability do not count.</summary>
    public static WordsHash Of(ImmutableArray<Word> words)
    {
        if (words.IsDefaultOrEmpty) return None;
        var text = new StringBuilder(words.Length * 6);
        foreach (var word in words)
        {
            if (text.Length > 0) text.Append(' ');
            foreach (var c in word.Text)
                if (char.IsLetterOrDigit(c) || c is '\'' or '@') text.Append(char.ToLowerInvariant(c));
        }

        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        return new(BitConverter.ToUInt64(hash));
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x16");
}
