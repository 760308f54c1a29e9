using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>What a verification of all journals found.</summary>
/// <param name="Journals">Journals looked at.</param>
/// <param name="Records">Records verified.</param>
/// <param name="Open">Journals that no process has closed: calls in progress, or cut short by the death of their process.</param>
/// <param name="Findings">Everything else, by file.</param>
public sealed record AuditReport(int Journals, long Records, int Open, ImmutableArray<AuditFinding> Findings)
{
    /// <summary>Nothing was changed, cut short or removed. A torn end is not a change.</summary>
    public bool Sound => Findings.All(f => f.Kind == AuditFindingKind.Torn);
}

/// <summary>One finding.</summary>
/// <param name="File">Path of the journal.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Record">The first record that cannot be trusted, from 1; 0 = the file as a whole.</param>
/// <param name="Message">One line for the operator.</param>
public sealed record AuditFinding(string File, AuditFindingKind Kind, int Record, string Message);

/// <summary>What can be wrong with a journal.</summary>
public enum AuditFindingKind
{
    /// <summary>The end is incomplete: a process or machine died while it was written. The rest is sound.</summary>
    Torn,

    /// <summary>A record is damaged or was changed, or the file is no journal.</summary>
    Broken,

    /// <summary>The journal was closed with more records, or other ones, than it has now.</summary>
    Altered,

    /// <summary>The store knows the journal and the file is gone.</summary>
    Missing,

    /// <summary>The file is there and the store does not know it.</summary>
    Unknown,
}

/// <summary>Verifies the hash chains of all journals of a store. Reads only; needs no keys, so erased calls are verified too.</summary>
public static class JournalAudit
{
    /// <summary>Verifies.</summary>
    /// <exception cref="StoreException">There is no database in the folder.</exception>
    public static AuditReport Verify(StoreOptions options)
    {
        var known = Known(options);
        var findings = ImmutableArray.CreateBuilder<AuditFinding>();
        var (journals, records, open) = (0, 0L, 0);
        foreach (var file in Files(options))
        {
            journals++;
            try
            {
                var scanner = new JournalScanner(file);
                while (scanner.TryRead(out _)) records++;
                if (scanner.TornBytes > 0)
                    findings.Add(new(file, AuditFindingKind.Torn, scanner.Records + 1, $"ends in {scanner.TornBytes} bytes of an incomplete record; the {scanner.Records} before are sound"));
                if (!known.Remove(Path.GetRelativePath(options.JournalFolder, file), out var closed))
                    findings.Add(new(file, AuditFindingKind.Unknown, 0, "is not a journal that the store has begun"));
                else if (closed is null) open++;
                else if (closed.Records != scanner.Records || !scanner.Head.SequenceEqual(closed.Head))
                    findings.Add(new(file, AuditFindingKind.Altered, Math.Min(closed.Records, scanner.Records), $"was closed with {closed.Records} records and has {scanner.Records}, or another last one"));
            }
            catch (JournalException broken)
            {
                known.Remove(Path.GetRelativePath(options.JournalFolder, file));
                findings.Add(new(file, AuditFindingKind.Broken, broken.Record, broken.Message));
            }
        }

        foreach (var missing in known.Keys)
            findings.Add(new(Path.Combine(options.JournalFolder, missing), AuditFindingKind.Missing, 0, "is gone; the store began it"));
        return new(journals, records, open, findings.ToImmutable());
    }

    private static IEnumerable<string> Files(StoreOptions options) => Directory.Exists(options.JournalFolder)
        ? Directory.EnumerateFiles(options.JournalFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Relative path to the records and the last hash that it was closed with; null = not closed.</summary>
    private static SortedDictionary<string, ClosedJournal?> Known(StoreOptions options)
    {
        if (!File.Exists(options.DatabasePath)) throw new StoreException($"There is no database '{options.DatabasePath}' (Storage:Folder).");
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = options.DatabasePath, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT file, records, head FROM journals";
        using var rows = command.ExecuteReader();
        var known = new SortedDictionary<string, ClosedJournal?>(StringComparer.Ordinal);
        while (rows.Read()) known[rows.GetString(0)] = rows.IsDBNull(1) ? null : new(rows.GetInt32(1), (byte[])rows[2]);
        return known;
    }

    private sealed record ClosedJournal(int Records, byte[] Head);
}
