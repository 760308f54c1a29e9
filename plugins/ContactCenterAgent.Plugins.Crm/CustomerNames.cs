using ContactCenterAgent.Plugins.Crm.Storage;
using ContactCenterAgent.Plugins.Shared;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Plugins.Crm;

/// <summary>The customers' names, for a planner that has to tell a name from a word.</summary>
public static class CustomerNames
{
    /// <summary>Reads them from a migrated database: given name and family name with a space between, in no order; empty where there are no customers.</summary>
    public static Task<List<string>> ReadAsync(string connectionString, CancellationToken cancellationToken) =>
        new PluginStore<CrmContext>(connectionString, o => new(o)).ReadAsync(
            db => db.Customers.AsNoTracking().Select(c => c.GivenName + " " + c.FamilyName).ToListAsync(cancellationToken), cancellationToken);
}
