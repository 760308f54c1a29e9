using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Transports.Typed;

/// <summary>What a caller does at a keyboard.</summary>
internal abstract record TypedInput
{
    /// <summary>One more word.</summary>
    internal sealed record Word(string Text) : TypedInput;

    /// <summary>All words of the utterance so far, as a recogniser gives them.</summary>
    internal sealed record Partial(string Text) : TypedInput;

    /// <summary>The utterance is over; its words where they differ from the last partial.</summary>
    internal sealed record Final(string? Text) : TypedInput;

    /// <summary>A key of the telephone.</summary>
    internal sealed record Digit(char Key) : TypedInput;

    /// <summary>The caller hangs up.</summary>
    internal sealed record HangUp : TypedInput;
}

/// <summary>The utterance that is being typed: every word a partial, then a final.</summary>
internal sealed class TypedUtterance(ICallEventSink sink, TypedOptions options)
{
    private ImmutableArray<Word> _words = [];

    /// <summary>No word has come since the last final.</summary>
    internal bool IsEmpty => _words.IsEmpty;

    /// <returns>What is wrong with the input, for whoever typed it; null = taken.</returns>
    internal async ValueTask<string?> TakeAsync(TypedInput input, CancellationToken cancellationToken)
    {
        switch (input)
        {
            case TypedInput.Word word: return await AddAsync(word.Text, cancellationToken);
            case TypedInput.Partial partial: return await ReplaceAsync(partial.Text, cancellationToken);
            case TypedInput.Final final: return await FinishAsync(final.Text, cancellationToken);
            case TypedInput.Digit { Key: not ((>= '0' and <= '9') or '*' or '#' or (>= 'A' and <= 'D')) }: return "A key is one of 0-9, *, #, A-D.";
            case TypedInput.Digit digit: await sink.WriteAsync(new DigitPressed(default, Pii.Of(digit.Key)), cancellationToken); return null;
            default: return null;
        }
    }

    private async ValueTask<string?> AddAsync(string text, CancellationToken cancellationToken)
    {
        var words = Split(text);
        if (Problem(words, _words.Length) is { } problem) return problem;
        foreach (var word in words)
        {
            var now = sink.Now;
            _words = _words.Add(new(word, _words.IsEmpty ? now : _words[^1].End, now, Stable: true));
            await sink.WriteAsync(new PartialHeard(default, new(_words, [])), cancellationToken);
        }

        return null;
    }

    private async ValueTask<string?> ReplaceAsync(string text, CancellationToken cancellationToken)
    {
        var words = Split(text);
        if (Problem(words, 0) is { } problem) return problem;
        _words = Timed(words);
        await sink.WriteAsync(new PartialHeard(default, new(_words, [])), cancellationToken);
        return null;
    }

    private async ValueTask<string?> FinishAsync(string? text, CancellationToken cancellationToken)
    {
        if (text is not null)
        {
            var words = Split(text);
            if (Problem(words, 0) is { } problem) return problem;
            _words = Timed(words);
        }

        if (_words.IsEmpty) return null;
        var final = new Transcript([.. _words.Select(w => w with { Stable = true })], []);
        _words = [];
        await sink.WriteAsync(new FinalHeard(default, final), cancellationToken);
        return null;
    }

    /// <summary>Words that were there before keep their times.</summary>
    private ImmutableArray<Word> Timed(string[] words)
    {
        var now = sink.Now;
        var before = _words;
        return [.. words.Select((text, i) => i < before.Length ? before[i] with { Text = text, Stable = false } : new Word(text, before.IsEmpty ? now : before[^1].End, now, Stable: false))];
    }

    private string? Problem(string[] words, int before) =>
        words.Length == 0 ? "There is no word in it."
        : words.Any(w => w.Length > options.WordCharacters) ? $"A word has at most {options.WordCharacters} characters."
        : before + words.Length > options.UtteranceWords ? $"An utterance has at most {options.UtteranceWords} words."
        : null;

    private static string[] Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
