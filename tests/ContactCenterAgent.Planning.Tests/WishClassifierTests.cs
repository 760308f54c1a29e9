using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Tests;

public sealed class WishClassifierTests
{
    private static readonly WishClassifier Wishes = new(
    [
        new() { Name = "FindRestaurants", Examples = ["find restaurants", "find a restaurant", "I'm looking for somewhere to eat"] },
        new() { Name = "GetWeather", Examples = ["get the weather", "what is the weather like"] },
    ]);

    private static bool Explains(string sentence, params string[] values) =>
        Wishes.Explains(sentence, [.. values.Select(v => (sentence.IndexOf(v, StringComparison.Ordinal), sentence.IndexOf(v, StringComparison.Ordinal) + v.Length))]);

    [Theory]
    [InlineData("Find me a restaurant, please.")]
    [InlineData("Yes, could you find a restaurant?")]
    public void Sentence_OfAWishAndCourtesies_IsExplained(string sentence) => Explains(sentence).ShouldBeTrue();

    [Fact]
    public void Sentence_WithAValue_IsExplainedWhereTheValueWasFound()
    {
        Explains("Find a restaurant in San Jose.", "San Jose").ShouldBeTrue();
        Explains("Find a restaurant in San Jose.").ShouldBeFalse();
        Explains("In San Jose, please.", "San Jose").ShouldBeTrue();
    }

    [Theory]
    [InlineData("Find a restaurant, but not today.")]
    [InlineData("No wait, find a restaurant.")]
    [InlineData("Find a restaurant unless it rains.")]
    [InlineData("Find a restaurant. What is the weather like?")]
    [InlineData("Find a restaurant that allows my dog.")]
    public void Sentence_ThatSaysMore_IsNot(string sentence) => Explains(sentence).ShouldBeFalse();
}
