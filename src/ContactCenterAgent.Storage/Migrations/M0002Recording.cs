using ContactCenterAgent.Storage.Ledger;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactCenterAgent.Storage.Migrations;

/// <summary>A call's record names its recording.</summary>
[DbContext(typeof(LedgerContext))]
[Migration("0002_Recording")]
internal sealed class M0002Recording : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<string>("recording", "call_records", "TEXT", nullable: true);
}
