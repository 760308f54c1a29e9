namespace ContactCenterAgent.Speech.Voices;

/// <summary>A voice could not speak. The next configured one takes over.</summary>
/// <param name="message">What was wrong; no text of the caller's or the agent's.</param>
/// <param name="inner">Its cause.</param>
public sealed class VoiceException(string message, Exception? inner = null) : Exception(message, inner);
