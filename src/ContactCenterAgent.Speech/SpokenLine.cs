using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Speech;

/// <summary>A line of sound as a line of calls: every leg gets ears, a voice and the keypad.</summary>
/// <param name="line">Brings legs.</param>
/// <param name="equip">Puts them on a leg.</param>
public sealed class SpokenLine(IAudioLine line, Func<IAudioLeg, AudioTransport> equip) : ICallLine
{
    /// <inheritdoc/>
    public string Name => line.Name;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ICallTransport> AcceptAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var leg in line.AcceptAsync(cancellationToken)) yield return equip(leg);
    }
}
