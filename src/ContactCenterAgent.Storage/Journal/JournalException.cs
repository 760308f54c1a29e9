namespace ContactCenterAgent.Storage.Journal;

/// <summary>A journal cannot be read: it is damaged, was changed, is of another format, or its key is gone. The message is one line and names the file.</summary>
/// <param name="message">What is wrong and where.</param>
/// <param name="record">The first record that cannot be trusted, from 1; 0 = the file as a whole.</param>
/// <param name="inner">The cause.</param>
public sealed class JournalException(string message, int record, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The first record that cannot be trusted, from 1; 0 = the file as a whole.</summary>
    public int Record { get; } = record;
}
