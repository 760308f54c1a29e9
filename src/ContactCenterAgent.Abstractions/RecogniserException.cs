namespace ContactCenterAgent.Abstractions;

/// <summary>A recogniser cannot go on. The next configured one takes over.</summary>
/// <param name="message">What was wrong; no words of the caller's.</param>
/// <param name="inner">Its cause.</param>
public sealed class RecogniserException(string message, Exception? inner = null) : Exception(message, inner);
