using System.Collections.Immutable;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Speech.Keypad;

/// <summary>
/// Keys instead of words: every key becomes what a caller would have said, so that planner, tools and laws are the same. What a key means follows from what the agent said last: a menu, a question for
/// a value, or a question for yes or no.
/// </summary>
internal sealed class KeypadMenu
{
    private const int KeysMax = 64;
    private const int EntryMax = 24;

    /// <summary>What a caller would say who wants a person.</summary>
    public const string Person = "can I speak to a person please";

    private const string Again = "could you say that again";

    private readonly KeypadOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<CancellationToken, ValueTask> _stopSound;
    private readonly Func<string, CancellationToken, ValueTask> _say;
    private readonly Channel<char> _keys = Channel.CreateBounded<char>(new BoundedChannelOptions(KeysMax) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile Meaning _meaning = Meaning.Choice;
    private string _entry = "";
    private string? _name;

    /// <param name="options">The menu.</param>
    /// <param name="time">The line's clock.</param>
    /// <param name="stopSound">Who presses a key does not want to hear the rest.</param>
    /// <param name="say">Says the menu's own words.</param>
    public KeypadMenu(KeypadOptions options, TimeProvider time, Func<CancellationToken, ValueTask> stopSound, Func<string, CancellationToken, ValueTask> say) =>
        (_options, _time, _stopSound, _say) = (options, time, stopSound, say);

    private enum Meaning
    {
        Choice,
        Value,
        Answer,
    }

    /// <summary>The menu, said.</summary>
    public string Announce() =>
        string.Concat(Offered().Select(c => $"{c.Announcement}, press {c.Key}. ")) + "For a colleague, press 0.";

    /// <summary>The agent says something: keys mean something else from now on.</summary>
    /// <returns>What is said behind it, so that the caller knows; null = nothing.</returns>
    public string? Follow(Say prompt)
    {
        switch (prompt.Kind)
        {
            case PromptKind.Filler or PromptKind.Echo or PromptKind.Goodbye:
                return null;
            case PromptKind.Greeting:
                _meaning = Meaning.Choice;
                return Announce();
            case PromptKind.Question:
                _meaning = Meaning.Value;
                return "Key in the answer and press hash; for the menu, press star.";
            case PromptKind.ReadBack:
            case var _ when prompt.Text.Value.EndsWith(ToolFailure.OfferOfAPerson, StringComparison.Ordinal):
                _meaning = Meaning.Answer;
                return "Press 1 for yes, or 2 for no.";
            default:
                _meaning = Meaning.Choice;
                return "For the menu, press star.";
        }
    }

    /// <summary>A key was pressed. What comes of it comes as a final.</summary>
    public ValueTask PressAsync(char key)
    {
        _keys.Writer.TryWrite(key);
        return ValueTask.CompletedTask;
    }

    /// <summary>Turns keys into words until the token.</summary>
    /// <param name="sink">Gets the words.</param>
    /// <param name="number">Of the caller; null = withheld.</param>
    /// <param name="cancellationToken">The call is over.</param>
    public async Task RunAsync(ICallEventSink sink, Pii<string>? number, CancellationToken cancellationToken)
    {
        if (number is { } caller && _options.NameOf is { } find) _name = await find(caller.Value, cancellationToken);
        Task<bool>? more = null;
        while (true)
        {
            while (_keys.Reader.TryRead(out var key)) await TakeAsync(key, sink, cancellationToken);
            more ??= MoreAsync(cancellationToken);
            if (_entry.Length > 0 && !await ComesWithinAsync(more))
            {
                await FinishAsync(sink, cancellationToken);
                continue;
            }

            if (!await more) return;
            more = null;
        }
    }

    private async Task<bool> MoreAsync(CancellationToken cancellationToken) => await _keys.Reader.WaitToReadAsync(cancellationToken);

    private async Task<bool> ComesWithinAsync(Task<bool> more)
    {
        await ((Task)more).WaitAsync(_options.DigitGap, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return more.IsCompleted;
    }

    private async ValueTask TakeAsync(char key, ICallEventSink sink, CancellationToken cancellationToken)
    {
        await _stopSound(cancellationToken);
        if (key == '*' && _meaning != Meaning.Answer)
        {
            (_meaning, _entry) = (Meaning.Choice, "");
            await _say(Announce(), cancellationToken);
        }
        else if (_meaning != Meaning.Value)
        {
            await ChooseAsync(key, sink, cancellationToken);
        }
        else if (key == '#')
        {
            await FinishAsync(sink, cancellationToken);
        }
        else if (char.IsAsciiDigit(key))
        {
            _entry = _entry.Length < EntryMax ? _entry + key : _entry;
            if (KeyedValue.Date(_entry) is not null) await FinishAsync(sink, cancellationToken);
        }
    }

    /// <summary>One digit alone is no value that anybody is asked for: it is a choice.</summary>
    private async ValueTask FinishAsync(ICallEventSink sink, CancellationToken cancellationToken)
    {
        var entry = _entry;
        _entry = "";
        if (entry.Length == 1) await ChooseAsync(entry[0], sink, cancellationToken);
        else if (entry.Length > 1) await HearAsync(KeyedValue.Words(entry), sink, cancellationToken);
    }

    private async ValueTask ChooseAsync(char key, ICallEventSink sink, CancellationToken cancellationToken)
    {
        var words = (_meaning, key) switch
        {
            (_, '0') => Person,
            (Meaning.Answer, '1') => "yes",
            (Meaning.Answer, '2') => "no",
            (Meaning.Answer, '*') => Again,
            (Meaning.Answer, _) => null,
            _ => Offered().FirstOrDefault(c => c.Key == key) is { } choice ? Said(choice) : null,
        };
        if (words is not null) await HearAsync(words, sink, cancellationToken);
        else if (key != '#') await _say(_meaning == Meaning.Answer ? "Press 1 for yes, or 2 for no." : Announce(), cancellationToken);
    }

    private IEnumerable<KeypadChoice> Offered() => _options.Choices.Where(c => !c.AboutCaller || _name is not null);

    private string Said(KeypadChoice choice) => choice.AboutCaller ? $"it's {_name}, {choice.Words}" : choice.Words;

    /// <summary>Words that nobody spoke, as a final.</summary>
    public static async ValueTask HearAsync(string text, ICallEventSink sink, CancellationToken cancellationToken)
    {
        var now = sink.Now;
        ImmutableArray<Word> words = [.. text.Split(' ').Select(w => new Word(w, now, now, Stable: true))];
        await sink.WriteAsync(new FinalHeard(default, new(words, [])), cancellationToken);
    }
}
