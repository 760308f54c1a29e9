using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Plugins.Crm.Storage;
using ContactCenterAgent.Plugins.Shared;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Plugins.Crm;

/// <summary>
/// Keeps a matcher in step with the table of customers: read whole once, then what the table says was changed since, whoever changed it. One for
/// a database and a matcher; thread-safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing.")]
public sealed class CustomerDirectory
{
    private readonly PluginStore<CrmContext> _store;
    private readonly IPersonMatcher _people;
    private readonly SemaphoreSlim _turn = new(1);
    private long? _readUpTo;

    /// <summary>A directory of a migrated database; nothing is opened until it is asked.</summary>
    /// <param name="connectionString">Of <c>Microsoft.Data.Sqlite</c>.</param>
    /// <param name="people">An empty matcher, which this fills; null = names and numbers must be said exactly as they are on file.</param>
    public CustomerDirectory(string connectionString, IPersonMatcher? people = null)
    {
        _store = new(connectionString, o => new(o));
        _people = people ?? new ExactPeople();
    }

    /// <summary>Takes over what was changed since it was last asked. The first time reads all customers, some seconds a million: worth doing before the first call.</summary>
    /// <exception cref="ToolUnavailableException">The database is busy.</exception>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _readUpTo = await _store.ReadAsync(db => _readUpTo is { } last ? ChangesAsync(db, last, cancellationToken) : AllAsync(db, cancellationToken), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The customer whom a claim means beyond doubt, as the table is now.</summary>
    internal async Task<CustomerRow?> FindAsync(PersonClaim claim, int itemsMin, CancellationToken cancellationToken)
    {
        await FollowAsync(cancellationToken);
        if (_people.Find(claim, itemsMin) is not { } id) return null;
        return await _store.ReadAsync(db => db.Customers.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken), cancellationToken);
    }

    // The number of the last change is read first: what is changed while the rows are read is read again.
    private async Task<long> AllAsync(CrmContext db, CancellationToken cancellationToken)
    {
        var last = await db.CustomerChanges.MaxAsync(c => (long?)c.Number, cancellationToken) ?? 0;
        await foreach (var customer in db.Customers.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken)) _people.Put(Known(customer));
        return last;
    }

    private async Task<long> ChangesAsync(CrmContext db, long last, CancellationToken cancellationToken)
    {
        var changes = await db.CustomerChanges.AsNoTracking().Where(c => c.Number > last).OrderBy(c => c.Number)
            .Select(c => new { c.Number, c.CustomerId, Customer = db.Customers.FirstOrDefault(r => r.Id == c.CustomerId) }).ToListAsync(cancellationToken);
        foreach (var change in changes)
        {
            if (change.Customer is { } customer) _people.Put(Known(customer));
            else _people.Remove(change.CustomerId);
            last = change.Number;
        }

        return last;
    }

    private static KnownPerson Known(CustomerRow customer) => new(
        customer.Id, customer.Name, customer.Postcode,
        DateOnly.TryParseExact(customer.DateOfBirth, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born) ? born : null, customer.Phone);
}
