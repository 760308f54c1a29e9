using ContactCenterAgent.Planning.People;

namespace ContactCenterAgent.Planning.Tests.People;

public sealed class LetterSoundsTests
{
    [Theory]
    [InlineData("n g 9 2 t d", "NG92TD")]
    [InlineData("Angie 9 to tea dee", "NG92TD")]
    [InlineData("november golf nine two tango delta", "NG92TD")]
    [InlineData("n for nellie g for george 9 2 t d", "NG92TD")]
    [InlineData("m 4 oh queue gee", "M40QG")]
    [InlineData("double u 1 a", "W1A")]
    [InlineData("are one three you en", "R13UN")]
    public void Words_ThatSoundLikeLetters_StandForThem(string heard, string characters) => LetterSounds.Characters(heard).ShouldBe(characters);

    [Fact]
    public void Distance_OfSoundAlikes_IsSmallerThanOfOthers()
    {
        LetterSounds.Distance("MG92TD", "NG92TD").ShouldBeLessThan(LetterSounds.Distance("LG92TD", "NG92TD"));
        LetterSounds.Distance("NG92TD", "NG92TD").ShouldBe(0);
    }

    [Fact]
    public void Distance_WordsAround_CostLittle() => LetterSounds.Distance("ITSNG92TDNG", "NG92TD").ShouldBeLessThan(1);
}
