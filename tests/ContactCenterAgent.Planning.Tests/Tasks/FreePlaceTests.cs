using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Planning.Tests.Tasks;

/// <summary>Places and free words that no recogniser knows, told by where an example has them.</summary>
public sealed class FreePlaceTests
{
    private static readonly ImmutableArray<ToolDescriptor> Taxis =
    [
        new()
        {
            Name = "order_taxi",
            Effect = ToolEffect.Read,
            Examples = ["I need a taxi to {destination}", "can I have a cab from {pickup} to {destination}", "a taxi from {pickup} at {time}", "book me a taxi"],
            Parameters =
            [
                new() { Name = "destination", Type = ParameterType.Place, Ask = "Where to?" }, new() { Name = "pickup", Type = ParameterType.Place, Required = false },
                new() { Name = "time", Type = ParameterType.Time, Required = false },
            ],
        },
        new()
        {
            Name = "play_song",
            Effect = ToolEffect.Read,
            Examples = ["play {title}", "put on {title}", "I want to hear {title}"],
            Parameters = [new() { Name = "title", Type = ParameterType.Text, Ask = "Which song?" }],
        },
    ];

    [Theory]
    [InlineData("I need a taxi to the station", "order_taxi(destination=Station)")]
    [InlineData("a cab to the central bus station please", "order_taxi(destination=Central Bus Station)")]
    [InlineData("a taxi from the airport to the town hall at five pm", "order_taxi(destination=Town Hall, pickup=Airport, time=17:00)")]
    [InlineData("I need a taxi to Leeds", "order_taxi(destination=Leeds)")]
    [InlineData("can you play yellow submarine", "play_song(title=yellow submarine)")]
    public void Words_WhereAnExampleHasAValue_AreTheValue(string words, string call) => new Caller(new(), Taxis).Says(words).CallTexts().ShouldBe([call]);

    [Theory]
    [InlineData("I'd like to book a taxi")]
    [InlineData("I want to order a taxi please")]
    public void Words_OfTheExamplesThemselves_AreNoValue(string words)
    {
        var plan = new Caller(new(), Taxis).Says(words);
        plan.CallTexts().ShouldBeEmpty();
        plan.Asks().ShouldBe(["order_taxi.destination"]);
    }

    [Fact]
    public void Value_ToldByItsPlaceAlone_IsLessSureThanOneThatWasRead() =>
        new Caller(new(), Taxis).Says("I need a taxi to the station").Confidence.ShouldBeInRange(0.5, 0.6);
}
