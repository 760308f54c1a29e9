using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Transports.WebSocket.Wire;

namespace ContactCenterAgent.Transports.WebSocket.Browser;

/// <summary>
/// The recogniser of a page's own browser, for one leg: it hears the caller where the caller is, and tells its words over the line. The sound that comes here only says what time it is.
/// </summary>
/// <remarks>Word times are estimated from when words come (<see cref="BrowserUtterance"/>). One reader of the line tells, one recognition listens.</remarks>
internal sealed class BrowserRecogniser : ISpeechToText
{
    private const int WaitingMax = 256;

    private readonly Channel<BrowserSign.Words> _told = Channel.CreateBounded<BrowserSign.Words>(new BoundedChannelOptions(WaitingMax) { SingleReader = true, SingleWriter = true });
    private volatile string? _fault;
    private volatile bool _over;

    public int SampleRate => BrowserFrame.SampleRate;

    /// <summary>The page tells words.</summary>
    /// <returns>False: far more wait than there is speech. Words that nobody waits for any more are left aside.</returns>
    public bool Tell(BrowserSign.Words words) => _over || _fault is not null || _told.Writer.TryWrite(words);

    /// <summary>The page's browser cannot go on.</summary>
    /// <returns>False: that has been said before.</returns>
    public bool Fail(string reason)
    {
        if (_fault is not null) return false;
        _fault = reason;
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="RecogniserException">The browser cannot go on.</exception>
    public async IAsyncEnumerable<CallEvent> RecogniseAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var utterance = new BrowserUtterance();
        var samples = 0L;
        try
        {
            // The clock brings sound fifty times a second, silence where the page sends none: what was told meanwhile comes with it.
            await foreach (var piece in audio.WithCancellation(cancellationToken))
            {
                samples += piece.Length;
                foreach (var heard in Heard(utterance, TimeSpan.FromSeconds((double)samples / SampleRate))) yield return heard;
                if (_fault is { } reason) throw new RecogniserException($"The browser's recogniser cannot go on: {reason}.");
            }

            foreach (var heard in Heard(utterance, TimeSpan.FromSeconds((double)samples / SampleRate))) yield return heard;
        }
        finally
        {
            _over = true;
        }
    }

    private IEnumerable<CallEvent> Heard(BrowserUtterance utterance, TimeSpan now)
    {
        while (_told.Reader.TryRead(out var words))
            if (utterance.Take(words, now) is { } heard) yield return heard;
        if (utterance.Again(now) is { } again) yield return again;
    }
}
