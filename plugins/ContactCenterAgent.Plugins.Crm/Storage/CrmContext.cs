using ContactCenterAgent.Plugins.Shared;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Plugins.Crm.Storage;

/// <summary>Customers, their orders, and the effects done to them. Its tables may share a database file with others'.</summary>
internal sealed class CrmContext(DbContextOptions<CrmContext> options) : DbContext(options)
{
    /// <summary>This context's own migration history.</summary>
    public const string History = "__crm_history";

    /// <summary>Ids of all its migrations, oldest first.</summary>
    public static readonly IReadOnlyList<string> Migrations = [InitialCrm.Id, Storage.CustomerChanges.Id];

    public DbSet<CustomerRow> Customers => Set<CustomerRow>();

    public DbSet<CustomerChangeRow> CustomerChanges => Set<CustomerChangeRow>();

    public DbSet<OrderRow> Orders => Set<OrderRow>();

    protected override void OnConfiguring(DbContextOptionsBuilder builder)
    {
        builder.UseSqlite(o => o.MigrationsHistoryTable(History));
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<CustomerRow>(row =>
        {
            row.ToTable("crm_customers");
            row.HasKey(c => c.Id);
        });
        model.Entity<CustomerChangeRow>(row =>
        {
            row.ToTable("crm_customer_changes");
            row.HasKey(c => c.Number);
            row.HasIndex(c => c.CustomerId).IsUnique();
        });
        model.Entity<OrderRow>(row =>
        {
            row.ToTable("crm_orders");
            row.HasKey(o => o.Reference);
            row.HasOne<CustomerRow>().WithMany().HasForeignKey(o => o.CustomerId).OnDelete(DeleteBehavior.Cascade);
        });
        EffectRow.Map(model.Entity<EffectRow>(), "crm_effects");
    }
}

/// <summary>A customer. Days are ISO 8601 text, the telephone number E.164.</summary>
internal sealed class CustomerRow
{
    public required string Id { get; init; }

    public required string GivenName { get; init; }

    public required string FamilyName { get; init; }

    public required string DateOfBirth { get; init; }

    public required string Address { get; init; }

    public required string Postcode { get; init; }

    public required string Phone { get; set; }

    public required string Email { get; set; }

    public string Name => $"{GivenName} {FamilyName}";
}

/// <summary>The last change of a customer's row. Numbers only rise; the customer may be gone.</summary>
internal sealed class CustomerChangeRow
{
    public long Number { get; init; }

    public required string CustomerId { get; init; }
}

/// <summary>An order. Its day means what its status says: expected on, ready since, collected on.</summary>
internal sealed class OrderRow
{
    public required string Reference { get; init; }

    public required string CustomerId { get; init; }

    public required string Item { get; init; }

    public required OrderStatus Status { get; init; }

    public required string OrderedOn { get; init; }

    public required string Day { get; init; }
}

/// <summary>Where an order stands.</summary>
internal enum OrderStatus
{
    /// <summary>In the workshop.</summary>
    BeingMade = 0,

    /// <summary>Waiting for a part.</summary>
    Delayed = 1,

    /// <summary>In the shop.</summary>
    Ready = 2,

    /// <summary>With the customer.</summary>
    Collected = 3,
}
