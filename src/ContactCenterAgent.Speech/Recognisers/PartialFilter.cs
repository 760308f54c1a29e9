namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>
/// Servers repeat an unchanged partial with every piece of audio. A changed one is told at once; an unchanged one once more after 150 ms of audio, which is evidence that it has settled; and then no more.
/// </summary>
internal sealed class PartialFilter
{
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(150);

    private string _text = "";
    private TimeSpan _since;
    private bool _told;

    /// <summary>When the present utterance's first words came, in audio time.</summary>
    public TimeSpan Began { get; private set; }

    /// <summary>Whether a partial is worth telling.</summary>
    public bool IsNews(string text, TimeSpan now)
    {
        if (text.Length == 0) return false;
        if (_text.Length == 0) Began = now;
        if (text != _text)
        {
            (_text, _since, _told) = (text, now, false);
            return true;
        }

        if (_told || now - _since < Settled) return false;
        _told = true;
        return true;
    }

    /// <summary>The utterance is over.</summary>
    public void End() => _text = "";
}
