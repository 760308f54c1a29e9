using ContactCenterAgent.Speech.Playing;

namespace ContactCenterAgent.Speech.Tests.Playing;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("One moment.", "One moment.")]
    [InlineData("Thursday is free. Shall I book it?", "Thursday is free. |Shall I book it?")]
    [InlineData("Yes. Your appointment is on Monday. Anything else?", "Yes. Your appointment is on Monday. |Anything else?")]
    [InlineData("That is with Dr. Lee at half past two. Shall I?", "That is with Dr. Lee at half past two. |Shall I?")]
    [InlineData("It costs 12.50 pounds in all.", "It costs 12.50 pounds in all.")]
    [InlineData("At half past 3 p.m. on Monday, then.", "At half past 3 p.m. on Monday, then.")]
    public void Of_AText_CutsAtSentences(string text, string expected) => string.Join('|', Sentences.Of(text).Select(r => text[r])).ShouldBe(expected);

    [Fact]
    public void Of_NoText_IsNothing() => Sentences.Of("").ShouldBeEmpty();
}
