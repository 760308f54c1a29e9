using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Transports.Streams;

/// <summary>The other end of a leg whose sound and signs come over one connection, in its protocol's words.</summary>
internal interface IStreamPeer
{
    /// <summary>Samples a second, both ways.</summary>
    int SampleRate { get; }

    /// <summary>Bytes of the longest message that is written here.</summary>
    int MessageBytes { get; }

    /// <summary>Whether the peer wants a frame every 20 ms, whether or not there is something to say.</summary>
    bool WantsSilence { get; }

    /// <summary>Whether the peer takes sound now: one that has much unheard does not.</summary>
    bool TakesSound { get; }

    /// <summary>Whether the caller is being put through, and the connection's silence means nothing.</summary>
    bool IsAway => false;

    /// <summary>Reads until the peer's end.</summary>
    Task<StreamEnd> ReadAsync(IStreamInput input, CancellationToken cancellationToken);

    /// <summary>Sends one message as it was written here.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Writes 20 ms of sound; on the clock's thread, without an allocation.</summary>
    /// <returns>Bytes written.</returns>
    int WriteSound(ReadOnlySpan<short> frame, Span<byte> into);

    /// <summary>Writes what asks the peer to say when it has played all sound so far, where it is time for one.</summary>
    /// <returns>Bytes written; 0 = none.</returns>
    int WriteMark(Span<byte> into);

    /// <summary>Writes what makes the peer forget the sound that it has not played.</summary>
    /// <returns>Bytes written; 0 = the protocol knows no such thing.</returns>
    int WriteClear(Span<byte> into);

    /// <summary>Writes a goodbye.</summary>
    /// <returns>Bytes written; 0 = closing the connection is the goodbye.</returns>
    int WriteGoodbye(Span<byte> into);

    /// <summary>Answers.</summary>
    /// <returns>Whether the caller can be spoken to from now on; false = <see cref="IStreamInput.Opened"/> will tell.</returns>
    ValueTask<bool> AnswerAsync(CancellationToken cancellationToken);

    /// <summary>Puts the caller through.</summary>
    /// <returns>What became of it; null = <see cref="IStreamInput.Transferred"/> will tell.</returns>
    ValueTask<TransferOutcome?> TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken);

    /// <summary>Closes the connection. Called once, whatever happened.</summary>
    ValueTask CloseAsync(StreamEnd end);
}

/// <summary>What a peer tells while it is read.</summary>
internal interface IStreamInput
{
    /// <summary>The caller can be spoken to.</summary>
    void Opened();

    /// <summary>Sound came.</summary>
    /// <returns>False: far too much of it; the leg ends.</returns>
    bool Heard(ReadOnlySpan<short> samples);

    /// <summary>A key, once.</summary>
    void Pressed(char key);

    /// <summary>A transfer came to its end.</summary>
    void Transferred(TransferOutcome outcome);
}
