using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactCenterAgent.Plugins.Crm.Storage;

/// <summary>Which customers were changed, in order. Triggers write it, so that no writer can forget to.</summary>
[DbContext(typeof(CrmContext))]
[Migration(Id)]
internal sealed class CustomerChanges : Migration
{
    public const string Id = "20261122120000_CustomerChanges";

    private static readonly (string Name, string Event, string[] Ids)[] Triggers =
    [
        ("crm_customers_added", "INSERT", ["NEW.Id"]), ("crm_customers_changed", "UPDATE", ["OLD.Id", "NEW.Id"]), ("crm_customers_removed", "DELETE", ["OLD.Id"]),
    ];

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "crm_customer_changes",
            t => new
            {
                Number = t.Column<long>("INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                CustomerId = t.Column<string>("TEXT", nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_crm_customer_changes", c => c.Number));
        migrationBuilder.CreateIndex("IX_crm_customer_changes_CustomerId", "crm_customer_changes", "CustomerId", unique: true);
        foreach (var (name, happened, ids) in Triggers)
        {
            // One row a customer: the table does not outgrow the customers.
            var steps = ids.Select(id => $"DELETE FROM crm_customer_changes WHERE CustomerId = {id}; INSERT INTO crm_customer_changes (CustomerId) VALUES ({id});");
            migrationBuilder.Sql($"CREATE TRIGGER {name} AFTER {happened} ON crm_customers BEGIN {string.Join(' ', steps)} END");
        }
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var (name, _, _) in Triggers) migrationBuilder.Sql($"DROP TRIGGER {name}");
        migrationBuilder.DropTable("crm_customer_changes");
    }
}
