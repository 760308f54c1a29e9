using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactCenterAgent.Plugins.Crm.Storage;

/// <summary>The first schema. Written by hand; a test compares it with the model's.</summary>
[DbContext(typeof(CrmContext))]
[Migration(Id)]
internal sealed class InitialCrm : Migration
{
    public const string Id = "20261122000000_InitialCrm";

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "crm_customers",
            t => new
            {
                Id = t.Column<string>("TEXT", nullable: false),
                GivenName = t.Column<string>("TEXT", nullable: false),
                FamilyName = t.Column<string>("TEXT", nullable: false),
                DateOfBirth = t.Column<string>("TEXT", nullable: false),
                Address = t.Column<string>("TEXT", nullable: false),
                Postcode = t.Column<string>("TEXT", nullable: false),
                Phone = t.Column<string>("TEXT", nullable: false),
                Email = t.Column<string>("TEXT", nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_crm_customers", c => c.Id));
        migrationBuilder.CreateTable(
            "crm_orders",
            t => new
            {
                Reference = t.Column<string>("TEXT", nullable: false),
                CustomerId = t.Column<string>("TEXT", nullable: false),
                Item = t.Column<string>("TEXT", nullable: false),
                Status = t.Column<int>("INTEGER", nullable: false),
                OrderedOn = t.Column<string>("TEXT", nullable: false),
                Day = t.Column<string>("TEXT", nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_crm_orders", o => o.Reference);
                t.ForeignKey("FK_crm_orders_crm_customers_CustomerId", o => o.CustomerId, "crm_customers", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_crm_orders_CustomerId", "crm_orders", "CustomerId");
        migrationBuilder.CreateTable(
            "crm_effects",
            t => new
            {
                Key = t.Column<string>("TEXT", nullable: false),
                Tool = t.Column<string>("TEXT", nullable: false),
                Result = t.Column<string>("TEXT", nullable: true),
                AtMicros = t.Column<long>("INTEGER", nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_crm_effects", e => e.Key));
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("crm_effects");
        migrationBuilder.DropTable("crm_orders");
        migrationBuilder.DropTable("crm_customers");
    }
}
