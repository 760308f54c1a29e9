using System.Security.Cryptography;
using ContactCenterAgent.Core;

namespace ContactCenterAgent.Transports.WebSocket;

/// <summary>Tickets that bind a connection to the request that it came from: valid once, for a minute.</summary>
internal sealed class OneTimeTickets(TimeProvider time)
{
    private const int Max = 10_000;

    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Subject, Pii<string>? Number, long At)> _issued = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Issues one.</summary>
    /// <param name="subject">What it is for.</param>
    /// <param name="number">The caller's number that it brings; null = withheld.</param>
    public string Issue(string subject, Pii<string>? number)
    {
        var ticket = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        lock (_gate)
        {
            while (_order.TryPeek(out var oldest) && (_order.Count >= Max || !_issued.TryGetValue(oldest, out var found) || IsOver(found.At))) _issued.Remove(_order.Dequeue());
            _issued[ticket] = (subject, number, time.GetTimestamp());
            _order.Enqueue(ticket);
        }

        return ticket;
    }

    /// <summary>Takes one back.</summary>
    /// <returns>False: there is no such ticket, it is too old, or it is for something else.</returns>
    public bool TryUse(string? ticket, string subject, out Pii<string>? number)
    {
        number = null;
        lock (_gate)
        {
            if (ticket is null || !_issued.Remove(ticket, out var found) || IsOver(found.At) || found.Subject != subject) return false;
            number = found.Number;
            return true;
        }
    }

    private bool IsOver(long at) => time.GetElapsedTime(at) > Validity;
}
