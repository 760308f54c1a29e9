using ContactCenterAgent.Abstractions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ContactCenterAgent.Storage.Ledger;

/// <summary>The store's own tables: effects, holds, the keys of calls, the list of journals and the call detail records.</summary>
/// <remarks>Plugins keep their tables in the same database with contexts and history tables of their own.</remarks>
public sealed class LedgerContext(DbContextOptions<LedgerContext> options) : DbContext(options)
{
    /// <summary>The table that says which migrations the database has.</summary>
    public const string HistoryTable = "__ledger_history";

    internal DbSet<EffectRow> Effects => Set<EffectRow>();

    internal DbSet<HoldRow> Holds => Set<HoldRow>();

    internal DbSet<CallKeyRow> CallKeys => Set<CallKeyRow>();

    internal DbSet<JournalRow> Journals => Set<JournalRow>();

    internal DbSet<CallRecordRow> CallRecords => Set<CallRecordRow>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite cannot order a DateTimeOffset: instants are UTC microseconds.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosecondsConverter>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<DurationConverter>();
        configurationBuilder.Properties<Core.Calls.Disposition>().HaveConversion<string>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<EffectRow>(effect =>
        {
            effect.ToTable("effects").HasKey(e => e.Sequence);
            effect.Property(e => e.Sequence).HasColumnName("sequence").ValueGeneratedOnAdd();
            effect.Property(e => e.Key).HasColumnName("key");
            effect.Property(e => e.CallId).HasColumnName("call_id");
            effect.Property(e => e.Tool).HasColumnName("tool");
            effect.Property(e => e.Owner).HasColumnName("owner");
            effect.Property(e => e.Local).HasColumnName("local");
            effect.Property(e => e.State).HasColumnName("state");
            effect.Property(e => e.Result).HasColumnName("result");
            effect.Property(e => e.Failure).HasColumnName("failure");
            effect.Property(e => e.IntendedAt).HasColumnName("intended_at");
            effect.Property(e => e.EndedAt).HasColumnName("ended_at");
            effect.HasIndex(e => e.Key, "ix_effects_key").IsUnique();
            effect.HasIndex(e => e.CallId, "ix_effects_call");
            effect.HasIndex(e => e.State, "ix_effects_open").HasFilter("state IN (0, 3)");
        });
        modelBuilder.Entity<HoldRow>(hold =>
        {
            hold.ToTable("holds").HasKey(h => h.Sequence);
            hold.Property(h => h.Sequence).HasColumnName("sequence").ValueGeneratedOnAdd();
            hold.Property(h => h.Hold).HasColumnName("hold");
            hold.Property(h => h.CallId).HasColumnName("call_id");
            hold.Property(h => h.Tool).HasColumnName("tool");
            hold.Property(h => h.Owner).HasColumnName("owner");
            hold.Property(h => h.IntendedAt).HasColumnName("intended_at");
            hold.Property(h => h.ExpiresAt).HasColumnName("expires_at");
            hold.Property(h => h.ReleaseQueuedAt).HasColumnName("release_queued_at");
            hold.Property(h => h.End).HasColumnName("end");
            hold.Property(h => h.EndedAt).HasColumnName("ended_at");
            hold.HasIndex(h => h.Hold, "ix_holds_hold").IsUnique();
            hold.HasIndex(h => h.CallId, "ix_holds_call");
            hold.HasIndex(h => h.ReleaseQueuedAt, "ix_holds_open").HasFilter("\"end\" IS NULL");
        });
        modelBuilder.Entity<CallKeyRow>(key =>
        {
            key.ToTable("call_keys").HasKey(k => k.CallId);
            key.Property(k => k.CallId).HasColumnName("call_id");
            key.Property(k => k.Key).HasColumnName("key");
            key.Property(k => k.CreatedAt).HasColumnName("created_at");
            key.Property(k => k.ErasedAt).HasColumnName("erased_at");
        });
        modelBuilder.Entity<JournalRow>(journal =>
        {
            journal.ToTable("journals").HasKey(j => j.CallId);
            journal.Property(j => j.CallId).HasColumnName("call_id");
            journal.Property(j => j.File).HasColumnName("file");
            journal.Property(j => j.Owner).HasColumnName("owner");
            journal.Property(j => j.StartedAt).HasColumnName("started_at");
            journal.Property(j => j.ClosedAt).HasColumnName("closed_at");
            journal.Property(j => j.Records).HasColumnName("records");
            journal.Property(j => j.Head).HasColumnName("head");
        });
        modelBuilder.Entity<CallRecordRow>(record =>
        {
            record.ToTable("call_records").HasKey(r => r.CallId);
            record.Property(r => r.CallId).HasColumnName("call_id");
            record.Property(r => r.Line).HasColumnName("line");
            record.Property(r => r.CallerNumber).HasColumnName("caller_number");
            record.Property(r => r.StartedAt).HasColumnName("started_at");
            record.Property(r => r.AnsweredAt).HasColumnName("answered_at");
            record.Property(r => r.EndedAt).HasColumnName("ended_at");
            record.Property(r => r.Disposition).HasColumnName("disposition");
            record.Property(r => r.Turns).HasColumnName("turns");
            record.Property(r => r.ToolCalls).HasColumnName("tool_calls");
            record.Property(r => r.Effects).HasColumnName("effects");
            record.Property(r => r.ResponseLatencyP50).HasColumnName("response_latency_p50_us");
            record.Property(r => r.ResponseLatencyMax).HasColumnName("response_latency_max_us");
            record.Property(r => r.Recording).HasColumnName("recording");
            record.HasIndex(r => r.StartedAt, "ix_call_records_started");
        });
    }

    private sealed class MicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
        instant => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        stored => DateTimeOffset.UnixEpoch.AddTicks(stored * TimeSpan.TicksPerMicrosecond));

    private sealed class DurationConverter() : ValueConverter<TimeSpan, long>(
        duration => duration.Ticks / TimeSpan.TicksPerMicrosecond,
        stored => TimeSpan.FromTicks(stored * TimeSpan.TicksPerMicrosecond));
}
