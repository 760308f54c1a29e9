using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Speech.Keypad;

/// <summary>One line of the menu.</summary>
/// <param name="Key">1 to 9.</param>
/// <param name="Announcement">How it is offered, without the key: "For our opening hours".</param>
/// <param name="Words">What the caller has then said, as a caller would say it: the same planner, tools and laws take it from there.</param>
/// <param name="AboutCaller">It needs to be known who calls; it is offered only where the caller's number has a name on file.</param>
public sealed record KeypadChoice(char Key, string Announcement, string Words, bool AboutCaller);

/// <summary>The menu of a line on which words cannot be understood.</summary>
public sealed class KeypadOptions
{
    /// <summary>The menu's lines. 0 is always a person, star always the menu.</summary>
    public IReadOnlyList<KeypadChoice> Choices { get; set; } =
    [
        new('1', "For our opening hours", "what are your opening hours", AboutCaller: false),
        new('2', "To hear when your appointment is", "when is my appointment", AboutCaller: true),
        new('3', "To hear where your order is", "where is my order", AboutCaller: true),
        new('4', "To cancel an appointment", "I'd like to cancel my appointment", AboutCaller: true),
    ];

    /// <summary>Pause after which keyed-in digits are complete without a hash.</summary>
    /// <value>1 to 10 s. Default 3 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:10")]
    public TimeSpan DigitGap { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The name on file for a number, E.164: a keypad cannot say a name, and a number alone proves nobody. Null = no name is known.</summary>
    public Func<string, CancellationToken, ValueTask<string?>>? NameOf { get; set; }
}
