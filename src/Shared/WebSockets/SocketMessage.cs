using ContactCenterAgent.Transports.Streams;

namespace ContactCenterAgent.Transports.WebSockets;

/// <summary>What a read of a WebSocket gave.</summary>
internal enum SocketMessageKind
{
    /// <summary>A text message.</summary>
    Text,

    /// <summary>A binary message.</summary>
    Binary,

    /// <summary>The peer has closed its side.</summary>
    Closed,

    /// <summary>The connection is gone.</summary>
    Broken,

    /// <summary>A message is longer than allowed.</summary>
    TooLong,
}

/// <summary>A whole message; its bytes are valid until the next read.</summary>
internal readonly record struct SocketMessage(SocketMessageKind Kind, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Why a leg ends that cannot use it. A socket that is closed in order is a goodbye.</summary>
    public StreamEnd End => Kind switch
    {
        SocketMessageKind.Closed => StreamEnd.HungUp,
        SocketMessageKind.Broken => StreamEnd.Broken,
        SocketMessageKind.TooLong => StreamEnd.Bad("size"),
        _ => StreamEnd.Bad("encoding"),
    };
}
