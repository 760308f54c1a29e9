using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Simulation;
using ContactCenterAgent.Speech.Keypad;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Speech.Tests.Keypad;

public sealed class KeypadMenuTests
{
    private readonly VirtualTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly FakeVoice _voice = new();

    /// <summary>Says a prompt, presses keys a second apart, and gives the words that come of them.</summary>
    private string[] Press(string keys, PromptKind after, string said = "Well then.", string? name = "Dana Whitfield", double apart = 1)
    {
        var leg = new FakeLeg(_time) { CallerNumber = Pii.Of("+447700900123") };
        var sink = new Sink(_time);
        for (var i = 0; i < keys.Length; i++) leg.At(TimeSpan.FromSeconds(1 + (i * apart)), new DigitPressed(default, Pii.Of(keys[i])));
        leg.HangUpAt(TimeSpan.FromSeconds(8 + (keys.Length * apart)));
        _time.Run(async () =>
        {
            var options = new KeypadOptions { NameOf = (number, _) => ValueTask.FromResult(number == "+447700900123" ? name : null) };
            await using var transport = new AudioTransport(leg, null, _voice, new(), options, _time, NullLogger.Instance);
            var running = transport.RunAsync(sink, default);
            await transport.SayAsync(new(new(1), Pii.Of(said), after, null), default);
            await running;
        }, TimeSpan.FromMinutes(2));
        sink.Of<DigitPressed>().ShouldBeEmpty();
        sink.Of<SpeechStarted>().ShouldBeEmpty();
        return [.. sink.Of<FinalHeard>().Select(f => f.Words.Text)];
    }

    [Theory]
    [InlineData("1", "what are your opening hours")]
    [InlineData("2", "it's Dana Whitfield, when is my appointment")]
    [InlineData("3", "it's Dana Whitfield, where is my order")]
    [InlineData("4", "it's Dana Whitfield, I'd like to cancel my appointment")]
    [InlineData("0", "can I speak to a person please")]
    public void Press_AfterTheGreeting_Chooses(string key, string words) => Press(key, PromptKind.Greeting).ShouldBe([words]);

    [Fact]
    public void Greeting_IsFollowedByTheMenu_ThatCountsAsNoneOfItsText()
    {
        Press("", PromptKind.Greeting, "Hello.");
        string.Concat(_voice.Texts).ShouldContain("For our opening hours, press 1.");
        string.Concat(_voice.Texts).ShouldContain("To cancel an appointment, press 4.");
    }

    [Fact]
    public void Press_FromANumberWithoutAName_OffersOnlyWhatNeedsNone()
    {
        Press("2", PromptKind.Greeting, name: null).ShouldBeEmpty();
        string.Concat(_voice.Texts).ShouldContain("press 1");
        string.Concat(_voice.Texts).ShouldNotContain("press 4");
    }

    [Theory]
    [InlineData("1", "yes")]
    [InlineData("2", "no")]
    [InlineData("*", "could you say that again")]
    [InlineData("0", "can I speak to a person please")]
    public void Press_AfterAReadBack_Answers(string key, string words) => Press(key, PromptKind.ReadBack).ShouldBe([words]);

    [Fact]
    public void Press_AfterTheOfferOfAPerson_Answers() =>
        Press("1", PromptKind.Apology, "I can't reach the diary just now. Shall I put you through to a colleague?").ShouldBe(["yes"]);

    [Fact]
    public void Press_EightDigitsThatAreADay_AreADate_WithoutHash() => Press("14031980", PromptKind.Question, apart: 0.5).ShouldBe(["14 3 1980"]);

    [Theory]
    [InlineData("07700900123#", "07700900123")]
    [InlineData("4711", "4711")]
    public void Press_AfterAQuestion_EntersAValue(string keys, string words) => Press(keys, PromptKind.Question, apart: 0.5).ShouldBe([words]);

    [Fact]
    public void Press_OneDigitAfterAQuestion_IsAChoice() => Press("1", PromptKind.Question, "Are you still there?").ShouldBe(["what are your opening hours"]);

    [Fact]
    public void Press_StarInAnEntry_GoesBackToTheMenu() => Press("47*1", PromptKind.Question, apart: 0.5).ShouldBe(["what are your opening hours"]);

    [Fact]
    public void Press_WhatIsNotOffered_SaysTheMenuAgain()
    {
        Press("9", PromptKind.Greeting).ShouldBeEmpty();
        _voice.Texts.Count(t => t.Contains("For our opening hours", StringComparison.Ordinal)).ShouldBe(2);
    }
}
