using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Speech.Playing;

/// <summary>Something to be said.</summary>
/// <param name="prompt">The core's prompt; null = the line's own words, of which nobody is told.</param>
/// <param name="text">What is said.</param>
/// <param name="promptCharacters">Characters of the text that are the prompt's: what the line adds behind them does not count as heard text.</param>
internal sealed class Utterance(PromptId? prompt, string text, int promptCharacters)
{
    public PromptId? Prompt => prompt;

    public string Text => text;

    public int PromptCharacters => promptCharacters;

    /// <summary>Its first sample has been played.</summary>
    public bool Started { get; set; }
}
