using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Transports.Streams;

/// <summary>Legs between their arrival and the agent, and the count of those that are up.</summary>
/// <param name="callsMax">Legs at once.</param>
internal sealed class LegQueue(int callsMax)
{
    private readonly Channel<StreamLeg> _arriving = Channel.CreateUnbounded<StreamLeg>();
    private int _up;

    /// <summary>Legs that are up or wait.</summary>
    public int Up => Volatile.Read(ref _up);

    /// <summary>Takes a seat.</summary>
    /// <returns>False: there is none.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _up) <= callsMax) return true;
        Leave();
        return false;
    }

    /// <summary>Gives the seat back.</summary>
    public void Leave() => Interlocked.Decrement(ref _up);

    /// <summary>Offers a leg that has a seat.</summary>
    /// <returns>False: the line is closed.</returns>
    public bool TryOffer(StreamLeg leg) => _arriving.Writer.TryWrite(leg);

    /// <summary>Gives the legs as they arrive.</summary>
    public async IAsyncEnumerable<IAudioLeg> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _arriving.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_arriving.Reader.TryRead(out var leg)) yield return leg;
        }
    }

    /// <summary>Takes no more, and hangs up on those that wait.</summary>
    public async ValueTask CloseAsync()
    {
        _arriving.Writer.TryComplete();
        while (_arriving.Reader.TryRead(out var waiting)) await waiting.DisposeAsync();
    }
}
