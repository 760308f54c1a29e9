using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Transports.Acs;

/// <summary>Azure's own recogniser as a recogniser: it hears the call where Azure has it, and the sound that comes here is left aside.</summary>
/// <param name="words">What it has heard.</param>
internal sealed class AcsTranscription(ChannelReader<CallEvent> words) : ISpeechToText
{
    public int SampleRate => AcsCall.Rate;

    public IAsyncEnumerable<CallEvent> RecogniseAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, CancellationToken cancellationToken) => words.ReadAllAsync(cancellationToken);
}
