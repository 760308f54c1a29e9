using System.Net.WebSockets;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Transports.Typed;

/// <summary>A line on which callers type. The host adds callers; each becomes a call.</summary>
/// <param name="name">The line's configured name.</param>
/// <param name="options">How typed words become speech.</param>
/// <param name="time">The clock.</param>
public sealed class TypedLine(string name, TypedOptions options, TimeProvider time) : ICallLine
{
    private const int WaitingMax = 64;

    private readonly Channel<TypedTransport> _arriving = Channel.CreateBounded<TypedTransport>(WaitingMax);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ICallTransport> AcceptAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _arriving.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_arriving.Reader.TryRead(out var transport)) yield return transport;
        }
    }

    /// <summary>A caller on a WebSocket. Returns when the call has ended and the socket is closed.</summary>
    /// <param name="socket">Open; read and written by the call alone until this returns.</param>
    /// <param name="callerNumber">E.164; null = withheld.</param>
    /// <param name="call">The call's id where it has been told to somebody already; null = the runtime gives one.</param>
    /// <param name="cancellationToken">The request is gone; the call ends by itself when the socket breaks.</param>
    public async Task ServeAsync(WebSocket socket, Pii<string>? callerNumber, CallId? call, CancellationToken cancellationToken)
    {
        var transport = new TypedTransport(name, callerNumber, new TypedSocket(socket, options, time), options, time) { Call = call };
        await _arriving.Writer.WriteAsync(transport, cancellationToken);
        await transport.Ended.WaitAsync(cancellationToken);
    }

    /// <summary>A caller at a terminal, a pipe or a file, for a call that the host runs itself.</summary>
    /// <param name="reader">Words; read character by character. A read that blocks when the call ends is left to the reader's owner.</param>
    /// <param name="writer">Gets what the agent says, line by line; null = nobody reads it.</param>
    /// <param name="callerNumber">E.164; null = withheld.</param>
    public TypedTransport FromReader(TextReader reader, TextWriter? writer, Pii<string>? callerNumber) =>
        new(name, callerNumber, new TypedReader(reader, writer, options, time), options, time);
}
