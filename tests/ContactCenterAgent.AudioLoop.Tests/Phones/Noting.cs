using System.Collections.Concurrent;

namespace ContactCenterAgent.AudioLoop.Tests.Phones;

/// <summary>A listener whose finals are kept.</summary>
/// <param name="listener">Understands.</param>
/// <param name="understood">Gets what was understood.</param>
internal sealed class Noting(IListener listener, ConcurrentQueue<string> understood) : IListener
{
    public string Partial(TimeSpan spoken) => listener.Partial(spoken);

    public async Task<string> FinalAsync(short[] samples)
    {
        var text = await listener.FinalAsync(samples);
        understood.Enqueue(text);
        return text;
    }
}
