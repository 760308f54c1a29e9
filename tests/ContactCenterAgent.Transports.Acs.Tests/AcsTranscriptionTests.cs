using System.Threading.Channels;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Transports.Acs.Tests;

public sealed class AcsTranscriptionTests
{
    [Fact]
    public async Task Recognise_WordsThatEndBeforeTheSound_WaitForItsEnd()
    {
        var (words, sound) = (Channel.CreateUnbounded<CallEvent>(), Channel.CreateUnbounded<ReadOnlyMemory<short>>());
        words.Writer.TryWrite(new FinalHeard(default, Transcript.Empty)).ShouldBeTrue();
        words.Writer.Complete();
        await using var heard = new AcsTranscription(words.Reader).RecogniseAsync(sound.Reader.ReadAllAsync(), CancellationToken.None).GetAsyncEnumerator();

        (await heard.MoveNextAsync()).ShouldBeTrue();
        var next = heard.MoveNextAsync().AsTask();
        next.IsCompleted.ShouldBeFalse("a recogniser that ends while there is sound would be replaced");
        sound.Writer.Complete();
        (await next).ShouldBeFalse();
    }
}
