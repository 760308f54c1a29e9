using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Transports.WebSocket.Wire;

namespace ContactCenterAgent.Transports.WebSocket.Browser;

/// <summary>The utterance that a browser is understanding.</summary>
/// <remarks>A browser gives no word times: they are estimated from when its results come, spread by the words' lengths. Where a word was may be told wrongly by half a second.</remarks>
internal sealed class BrowserUtterance
{
    /// <summary>How far words are taken to come behind their sound; and the length of a word that was not there before.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan WordMin = TimeSpan.FromMilliseconds(100);

    /// <summary>Browsers give results a few times a second, and only when they change: what stands for so long has settled.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromMilliseconds(400);

    private TimeSpan _settledUntil;
    private TimeSpan? _began;
    private string _text = "";
    private PartialHeard? _standing;
    private TimeSpan _since;

    /// <summary>Takes a result.</summary>
    /// <param name="said">The result.</param>
    /// <param name="now">Sound that has been heard.</param>
    /// <returns>Null: it is no news.</returns>
    public CallEvent? Take(BrowserSign.Words said, TimeSpan now)
    {
        var text = said.Readings[0];
        if (!said.Final && text == _text) return null;
        var count = text.Count(' ') + 1;
        var start = _began ??= Later(now - (count * Behind), _settledUntil);
        var end = Later(now - Behind, start + (count * WordMin));
        var words = WordTiming.Spread(text, start, end, said.Final);
        if (!said.Final)
        {
            (_text, _since) = (text, now);
            return _standing = WordTiming.Partial(words);
        }

        (_settledUntil, _began, _text, _standing) = (end, null, "", null);
        return WordTiming.Final(words, [.. said.Readings.Skip(1)]);
    }

    /// <summary>The partial that has stood for a while, once more: two that agree are evidence that it has settled.</summary>
    public CallEvent? Again(TimeSpan now)
    {
        if (_standing is null || now - _since < Settles) return null;
        var standing = _standing;
        _standing = null;
        return standing;
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
