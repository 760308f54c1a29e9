using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;

namespace ContactCenterAgent.Plugins.Booking.Storage;

/// <summary>The first schema. Written by hand; a test compares it with the model's.</summary>
[DbContext(typeof(BookingContext))]
[Migration(Id)]
internal sealed class InitialBooking : Migration
{
    public const string Id = "20261122000000_InitialBooking";

    private static readonly string[] Tables =
        ["effects", "released", "grains", "appointments", "shifts", "hours", "providers", "services"];

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Catalogue(migrationBuilder);
        Appointments(migrationBuilder);
        Ends(migrationBuilder);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables) migrationBuilder.DropTable($"booking_{table}");
    }

    private static void Catalogue(MigrationBuilder migration)
    {
        migration.CreateTable(
            "booking_services",
            t => new { Name = Text(t), Position = Whole(t), Minutes = Whole(t), PricePence = Whole(t), Words = Text(t) },
            constraints: t => t.PrimaryKey("PK_booking_services", s => s.Name));
        migration.CreateTable(
            "booking_providers",
            t => new { Name = Text(t), Position = Whole(t), Role = Text(t), Services = Text(t), Words = Text(t) },
            constraints: t => t.PrimaryKey("PK_booking_providers", p => p.Name));
        migration.CreateTable(
            "booking_hours",
            t => new { Day = Whole(t), OpensMinute = Whole(t), ClosesMinute = Whole(t) },
            constraints: t => t.PrimaryKey("PK_booking_hours", h => h.Day));
        migration.CreateTable(
            "booking_shifts",
            t => new { Provider = Text(t), StartMicros = Whole(t), EndMicros = Whole(t) },
            constraints: t => t.PrimaryKey("PK_booking_shifts", s => new { s.Provider, s.StartMicros }));
    }

    private static void Appointments(MigrationBuilder migration)
    {
        migration.CreateTable(
            "booking_appointments",
            t => new
            {
                Id = Text(t),
                CustomerId = Text(t),
                Provider = Text(t),
                Service = Text(t),
                StartMicros = Whole(t),
                EndMicros = Whole(t),
                State = Whole(t),
                HoldId = Text(t, optional: true),
                ExpiresMicros = Whole(t, optional: true),
                ReplacesId = Text(t, optional: true),
                Note = Text(t, optional: true),
                CreatedMicros = Whole(t),
            },
            constraints: t => t.PrimaryKey("PK_booking_appointments", a => a.Id));
        migration.CreateIndex("IX_booking_appointments_HoldId", "booking_appointments", "HoldId", unique: true);
        migration.CreateIndex("IX_booking_appointments_CustomerId", "booking_appointments", "CustomerId");
        migration.CreateIndex("IX_booking_appointments_State_ExpiresMicros", "booking_appointments", ["State", "ExpiresMicros"]);
        migration.CreateTable(
            "booking_grains",
            t => new { Provider = Text(t), StartMicros = Whole(t), AppointmentId = Text(t) },
            constraints: t =>
            {
                t.PrimaryKey("PK_booking_grains", g => new { g.Provider, g.StartMicros });
                t.ForeignKey(
                    "FK_booking_grains_booking_appointments_AppointmentId", g => g.AppointmentId, "booking_appointments", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_booking_grains_AppointmentId", "booking_grains", "AppointmentId");
    }

    private static void Ends(MigrationBuilder migration)
    {
        migration.CreateTable(
            "booking_released",
            t => new { HoldId = Text(t), AtMicros = Whole(t) },
            constraints: t => t.PrimaryKey("PK_booking_released", r => r.HoldId));
        migration.CreateTable(
            "booking_effects",
            t => new { Key = Text(t), Tool = Text(t), Result = Text(t, optional: true), AtMicros = Whole(t) },
            constraints: t => t.PrimaryKey("PK_booking_effects", e => e.Key));
    }

    private static OperationBuilder<AddColumnOperation> Text(ColumnsBuilder table, bool optional = false) => table.Column<string>("TEXT", nullable: optional);

    private static OperationBuilder<AddColumnOperation> Whole(ColumnsBuilder table, bool optional = false) => table.Column<long>("INTEGER", nullable: optional);
}
