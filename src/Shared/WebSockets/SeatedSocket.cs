using ContactCenterAgent.Transports.Streams;
using Microsoft.AspNetCore.Http;

namespace ContactCenterAgent.Transports.WebSockets;

/// <summary>A socket that is taken only where there is a seat, and gives it back.</summary>
internal static class SeatedSocket
{
    /// <summary>Takes a request's socket and serves it to its end.</summary>
    /// <param name="context">A request for a WebSocket.</param>
    /// <param name="legs">Has the seats.</param>
    /// <param name="messageBytes">Bytes of a message at most.</param>
    /// <param name="time">The clock of deadlines.</param>
    /// <param name="serve">Serves it.</param>
    /// <returns>False: there is no seat, and nothing has been answered.</returns>
    public static async Task<bool> TryServeAsync(HttpContext context, LegQueue legs, int messageBytes, TimeProvider time, Func<PeerSocket, CancellationToken, Task> serve)
    {
        if (!legs.TryEnter()) return false;
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await serve(new(socket, messageBytes, time), context.RequestAborted);
            return true;
        }
        finally
        {
            legs.Leave();
        }
    }
}
