using System.Text;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Transports.Acs.Wire;

namespace ContactCenterAgent.Transports.Acs.Tests.Wire;

public sealed class TranscriptionFrameTests
{
    [Fact]
    public void Offsets_ThatAreMoments_AreSetBackFromWhatWasHeard()
    {
        var json = """{"kind":"TranscriptionData","transcriptionData":{"text":"yes please","resultStatus":"Final","words":[{"text":"yes","offset":2516998782481234400,"duration":2000000},{"text":"please","offset":2516998782485234400,"duration":6000000}]}}""";

        var heard = (FinalHeard)TranscriptionFrame.Read(Encoding.UTF8.GetBytes(json), TimeSpan.FromSeconds(5))!;

        heard.Words.Words.Select(w => (w.Text, w.Start.TotalSeconds, w.End.TotalSeconds)).ShouldBe([("yes", 4.0, 4.2), ("please", 4.4, 5.0)]);
    }

    [Theory]
    [InlineData("""{"kind":"TranscriptionData"}""")]
    [InlineData("""{"kind":"TranscriptionData","transcriptionData":{"text":"x","resultStatus":"Perhaps"}}""")]
    [InlineData("nothing")]
    public void Message_ThatIsNeither_IsNone(string json) => TranscriptionFrame.Read(Encoding.UTF8.GetBytes(json), TimeSpan.Zero).ShouldBeNull();
}
