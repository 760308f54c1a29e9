using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Transports.Acs;

/// <summary>Azure's own recogniser as a recogniser: it hears the call where Azure has it, and the sound that comes here is left aside.</summary>
/// <param name="words">What it has heard.</param>
internal sealed class AcsTranscription(ChannelReader<CallEvent> words) : ISpeechToText
{
    public int SampleRate => AcsCall.Rate;

    public async IAsyncEnumerable<CallEvent> RecogniseAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var heard in words.ReadAllAsync(cancellationToken)) yield return heard;

        // The words end because the call does. The sound says so a moment later: until then nobody else is to take over.
        await foreach (var _ in audio.WithCancellation(cancellationToken))
        {
        }
    }
}
