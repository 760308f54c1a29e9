using ContactCenterAgent.Storage.Ledger;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactCenterAgent.Storage.Migrations;

/// <summary>The first tables.</summary>
[DbContext(typeof(LedgerContext))]
[Migration("0001_Ledger")]
internal sealed class M0001Ledger : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Effects(migrationBuilder);
        Holds(migrationBuilder);
        Journals(migrationBuilder);
        CallRecords(migrationBuilder);
    }

    private static void Effects(MigrationBuilder to)
    {
        to.CreateTable(
            "effects",
            table => new
            {
                sequence = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                key = table.Column<string>("TEXT"),
                call_id = table.Column<string>("TEXT"),
                tool = table.Column<string>("TEXT"),
                owner = table.Column<string>("TEXT"),
                local = table.Column<bool>("INTEGER"),
                state = table.Column<int>("INTEGER"),
                result = table.Column<byte[]>("BLOB", nullable: true),
                failure = table.Column<string>("TEXT", nullable: true),
                intended_at = table.Column<long>("INTEGER"),
                ended_at = table.Column<long>("INTEGER", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_effects", row => row.sequence));
        to.CreateIndex("ix_effects_key", "effects", "key", unique: true);
        to.CreateIndex("ix_effects_call", "effects", "call_id");
        to.CreateIndex("ix_effects_open", "effects", "state", filter: "state IN (0, 3)");
    }

    private static void Holds(MigrationBuilder to)
    {
        to.CreateTable(
            "holds",
            table => new
            {
                sequence = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                hold = table.Column<string>("TEXT"),
                call_id = table.Column<string>("TEXT"),
                tool = table.Column<string>("TEXT"),
                owner = table.Column<string>("TEXT"),
                intended_at = table.Column<long>("INTEGER"),
                expires_at = table.Column<long>("INTEGER"),
                release_queued_at = table.Column<long>("INTEGER", nullable: true),
                end = table.Column<int>("INTEGER", nullable: true),
                ended_at = table.Column<long>("INTEGER", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_holds", row => row.sequence));
        to.CreateIndex("ix_holds_hold", "holds", "hold", unique: true);
        to.CreateIndex("ix_holds_call", "holds", "call_id");
        to.CreateIndex("ix_holds_open", "holds", "release_queued_at", filter: "\"end\" IS NULL");
    }

    private static void Journals(MigrationBuilder to)
    {
        to.CreateTable(
            "call_keys",
            table => new
            {
                call_id = table.Column<string>("TEXT"),
                key = table.Column<byte[]>("BLOB", nullable: true),
                created_at = table.Column<long>("INTEGER"),
                erased_at = table.Column<long>("INTEGER", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_call_keys", row => row.call_id));
        to.CreateTable(
            "journals",
            table => new
            {
                call_id = table.Column<string>("TEXT"),
                file = table.Column<string>("TEXT"),
                owner = table.Column<string>("TEXT"),
                started_at = table.Column<long>("INTEGER"),
                closed_at = table.Column<long>("INTEGER", nullable: true),
                records = table.Column<int>("INTEGER", nullable: true),
                head = table.Column<byte[]>("BLOB", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_journals", row => row.call_id));
    }

    private static void CallRecords(MigrationBuilder to)
    {
        to.CreateTable(
            "call_records",
            table => new
            {
                call_id = table.Column<string>("TEXT"),
                line = table.Column<string>("TEXT"),
                caller_number = table.Column<byte[]>("BLOB", nullable: true),
                started_at = table.Column<long>("INTEGER"),
                answered_at = table.Column<long>("INTEGER", nullable: true),
                ended_at = table.Column<long>("INTEGER"),
                disposition = table.Column<string>("TEXT"),
                turns = table.Column<int>("INTEGER"),
                tool_calls = table.Column<int>("INTEGER"),
                effects = table.Column<int>("INTEGER"),
                response_latency_p50_us = table.Column<long>("INTEGER", nullable: true),
                response_latency_max_us = table.Column<long>("INTEGER", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_call_records", row => row.call_id));
        to.CreateIndex("ix_call_records_started", "call_records", "started_at");
        // A call detail record is written once and never edited, not even by hand.
        to.Sql("CREATE TRIGGER call_records_are_final BEFORE UPDATE ON call_records BEGIN SELECT RAISE(ABORT, 'a call detail record is never edited'); END;");
    }
}
