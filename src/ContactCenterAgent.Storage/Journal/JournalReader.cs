using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Storage.Sqlite;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>A journal as read.</summary>
/// <param name="Header">What the call was run with.</param>
/// <param name="Steps">Events in order, each with its commands.</param>
/// <param name="Closed">The call ended in order.</param>
/// <param name="TornBytes">Bytes at the end that belong to no whole record: the process or machine died while writing. 0 = none.</param>
public sealed record CallHistory(JournalHeader Header, ImmutableArray<JournalStep> Steps, bool Closed, int TornBytes);

/// <summary>An event and what it led to.</summary>
/// <param name="Number">From 1 within the call.</param>
/// <param name="Happened">The event.</param>
/// <param name="Commands">The commands in order.</param>
/// <param name="CommandsKnown">False where the journal ends before it could say what the commands were.</param>
public sealed record JournalStep(int Number, CallEvent Happened, ImmutableArray<JournalCommand> Commands, bool CommandsKnown);

/// <summary>A command as the journal keeps it.</summary>
/// <param name="Text">See <see cref="CommandText"/>.</param>
public readonly record struct JournalCommand(string Text)
{
    /// <summary>The command's type, <c>StartTool</c>.</summary>
    public string Name
    {
        get
        {
            using var json = JsonDocument.Parse(Text);
            return json.RootElement.GetProperty("$type").GetString()!;
        }
    }

    /// <summary>The type only: the rest may be personal.</summary>
    public override string ToString() => Name;
}

/// <summary>Reads journals.</summary>
public static class JournalReader
{
    /// <summary>Reads the header alone; needs no key and works after erasure.</summary>
    /// <exception cref="JournalException">The file is no journal or its header is broken.</exception>
    public static JournalHeader ReadHeader(string file) => Header(new(file), file);

    /// <summary>Reads a whole journal and verifies it.</summary>
    /// <param name="file">Path of the journal.</param>
    /// <param name="keys">Where its key is.</param>
    /// <exception cref="JournalException">The journal is broken, of another format, or has been erased.</exception>
    public static CallHistory Read(string file, CallKeys keys)
    {
        var scanner = new JournalScanner(file);
        var header = Header(scanner, file);
        if (header.PlanVersion != JournalHeader.PlanVersionNow)
            throw new JournalException($"The journal '{file}' has plans of version {header.PlanVersion}; this version reads {JournalHeader.PlanVersionNow}.", 1);
        using var cipher = Seal.Cipher(keys.Find(header.Call) ?? throw new JournalException(
            $"The journal '{file}' cannot be read: the call's key is not in the store, or the call has been erased. Its hash chain can still be verified.", 1));

        var steps = ImmutableArray.CreateBuilder<JournalStep>();
        while (scanner.TryRead(out var record))
        {
            try
            {
                if (record.Kind == RecordKind.Event) steps.Add(new(steps.Count + 1, Event(cipher, record), [], CommandsKnown: true));
                if (record.Kind == RecordKind.Commands) steps[^1] = WithCommands(steps, Commands(cipher, record));
            }
            catch (Exception error) when (error is CryptographicException or JsonException or NotSupportedException or FormatException)
            {
                throw scanner.Broken(record.Number, "cannot be decrypted and read with the call's key", error);
            }
        }

        // The last event of a call that never ended may have led to commands that were not written any more.
        if (!scanner.Closed && steps is [.., { Commands.IsEmpty: true } last]) steps[^1] = last with { CommandsKnown = false };
        return new(header, steps.ToImmutable(), scanner.Closed, scanner.TornBytes);
    }

    private static JournalHeader Header(JournalScanner scanner, string file)
    {
        if (!scanner.TryRead(out var record)) throw new JournalException($"The journal '{file}' has no header: its process died while it began.", 1);
        try
        {
            return JsonSerializer.Deserialize(record.Body.Span, JournalJson.Header)!;
        }
        catch (JsonException error)
        {
            throw scanner.Broken(1, "is no header", error);
        }
    }

    private static CallEvent Event(AesGcm cipher, JournalRecord record) =>
        JsonSerializer.Deserialize(Seal.Open(cipher, record.Body.Span, record.Before.Span), JournalJson.Event)!;

    private static ImmutableArray<JournalCommand> Commands(AesGcm cipher, JournalRecord record)
    {
        using var json = JsonDocument.Parse(Seal.Open(cipher, record.Body.Span, record.Before.Span));
        return [.. json.RootElement.EnumerateArray().Select(c => new JournalCommand(c.GetRawText()))];
    }

    private static JournalStep WithCommands(ImmutableArray<JournalStep>.Builder steps, ImmutableArray<JournalCommand> commands) =>
        steps is [.., { Commands.IsEmpty: true } last] ? last with { Commands = commands } : throw new FormatException("Commands belong to one event before them.");
}
