using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Plugins.Crm.Storage;
using ContactCenterAgent.Plugins.Crm.Tools;
using ContactCenterAgent.Plugins.Shared;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Plugins.Crm;

/// <summary>Customer records as tools: find and verify a customer, where an order is, change a telephone number or an e-mail address.</summary>
public static class CrmPlugin
{
    internal const string BackEnd = "crm";

    internal static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(4);

    internal static readonly TimeSpan EffectDeadline = TimeSpan.FromSeconds(8);

    /// <summary>What the core knows of the tools; needs no database.</summary>
    public static IReadOnlyList<ToolDescriptor> Describe() =>
        [CustomerTools.Find, CustomerTools.Verify, OrderTools.Status, ContactTools.Phone, ContactTools.Email];

    /// <summary>The tools on a migrated database.</summary>
    /// <param name="connectionString">Of <c>Microsoft.Data.Sqlite</c>; the file may be the ledger's. Nothing is opened until a tool is called.</param>
    /// <param name="time">Stamps the effects.</param>
    /// <param name="customers">Who is looked up; null = a directory of this database that takes names and numbers only exactly as they are on file.</param>
    /// <returns>In the order of <see cref="Describe"/>. Changes are local effects: they run inside the ledger's transaction where one is given.</returns>
    public static IReadOnlyList<Tool> Create(string connectionString, TimeProvider time, CustomerDirectory? customers = null)
    {
        var store = new PluginStore<CrmContext>(connectionString, o => new(o));
        return [.. CustomerTools.Create(customers ?? new(connectionString)), OrderTools.Create(store), .. ContactTools.Create(store, time)];
    }

    /// <summary>The customers' whole names, for a planner that must tell a name from other words. Personal; never to be spoken or logged.</summary>
    /// <returns>Each once, in no order.</returns>
    public static async Task<IReadOnlyList<string>> NamesAsync(string connectionString, CancellationToken cancellationToken) =>
        await new PluginStore<CrmContext>(connectionString, o => new(o)).ReadAsync(
            db => db.Customers.Select(c => c.GivenName + " " + c.FamilyName).Distinct().ToListAsync(cancellationToken), cancellationToken);

    /// <summary>The name on file for a telephone number, for a caller who can only press keys; null = nobody or several have it. It proves nothing: whoever uses it verifies.</summary>
    /// <param name="connectionString">SQLite.</param>
    /// <param name="number">E.164.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public static async Task<string?> NameOfNumberAsync(string connectionString, string number, CancellationToken cancellationToken)
    {
        var names = await new PluginStore<CrmContext>(connectionString, o => new(o)).ReadAsync(
            db => db.Customers.Where(c => c.Phone == number).Select(c => c.GivenName + " " + c.FamilyName).Take(2).ToListAsync(cancellationToken), cancellationToken);
        return names.Count == 1 ? names[0] : null;
    }

    /// <summary>Creates or brings up to date the tables whose names begin with <c>crm_</c>; their history is <c>__crm_history</c>. Idempotent.</summary>
    /// <exception cref="StoreTooNewException">A newer version of this plugin has migrated the database; nothing was changed.</exception>
    public static async Task MigrateAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = await PluginStore<CrmContext>.OpenAsync(connectionString, cancellationToken);
        var store = new PluginStore<CrmContext>(connectionString, o => new(o));
        await Schema.MigrateAsync(connection, CrmContext.History, CrmContext.Migrations, () => store.On(connection), cancellationToken);
    }
}
