using ContactCenterAgent.Plugins.Shared;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Plugins.Booking.Storage;

/// <summary>The catalogue, who works when, and the appointments. Its tables may share a database file with others'.</summary>
internal sealed class BookingContext(DbContextOptions<BookingContext> options) : DbContext(options)
{
    /// <summary>This context's own migration history.</summary>
    public const string History = "__booking_history";

    /// <summary>Ids of all its migrations, oldest first.</summary>
    public static readonly IReadOnlyList<string> Migrations = [InitialBooking.Id];

    public DbSet<ServiceRow> Services => Set<ServiceRow>();

    public DbSet<ProviderRow> Providers => Set<ProviderRow>();

    public DbSet<HoursRow> Hours => Set<HoursRow>();

    public DbSet<ShiftRow> Shifts => Set<ShiftRow>();

    public DbSet<AppointmentRow> Appointments => Set<AppointmentRow>();

    public DbSet<GrainRow> Grains => Set<GrainRow>();

    public DbSet<ReleasedRow> Released => Set<ReleasedRow>();

    protected override void OnConfiguring(DbContextOptionsBuilder builder) => builder.UseSqlite(o => o.MigrationsHistoryTable(History));

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<ServiceRow>().ToTable("booking_services").HasKey(s => s.Name);
        model.Entity<ProviderRow>().ToTable("booking_providers").HasKey(p => p.Name);
        model.Entity<HoursRow>(row =>
        {
            row.ToTable("booking_hours").HasKey(h => h.Day);
            row.Property(h => h.Day).ValueGeneratedNever();
        });
        model.Entity<ShiftRow>().ToTable("booking_shifts").HasKey(s => new { s.Provider, s.StartMicros });
        model.Entity<AppointmentRow>(row =>
        {
            row.ToTable("booking_appointments").HasKey(a => a.Id);
            row.HasIndex(a => a.HoldId).IsUnique();
            row.HasIndex(a => a.CustomerId);
            row.HasIndex(a => new { a.State, a.ExpiresMicros });
        });
        model.Entity<GrainRow>(row =>
        {
            // The key is the promise: a provider's half hour belongs to one appointment or to none.
            row.ToTable("booking_grains").HasKey(g => new { g.Provider, g.StartMicros });
            row.HasOne<AppointmentRow>().WithMany().HasForeignKey(g => g.AppointmentId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ReleasedRow>().ToTable("booking_released").HasKey(r => r.HoldId);
        EffectRow.Map(model.Entity<EffectRow>(), "booking_effects");
    }
}
