using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Storage.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>Writes one call's journal. Each record reaches the operating system at once, so it outlives the process; a flush makes it outlive the machine.</summary>
internal sealed class CallJournal : ICallJournal
{
    private readonly JournalStore _store;
    private readonly CallId _call;
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly AesGcm _cipher;
    private readonly ArrayBufferWriter<byte> _plain = new(4096);
    private readonly Utf8JsonWriter _json;
    private byte[] _head = JournalFormat.Seed;
    private long _end = JournalFormat.Magic.Length;
    private long _flushed;
    private int _records;
    private StoreReadOnlyException? _stopped;
    private bool _disposed;

    internal CallJournal(JournalStore store, CallId call, string path, byte[] key, JournalHeader header)
    {
        (_store, _call, _path) = (store, call, path);
        _json = new(_plain);
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        _cipher = Seal.Cipher(key);
        try
        {
            RandomAccess.Write(_file, JournalFormat.Magic, 0);
            Append(RecordKind.Header, JsonSerializer.SerializeToUtf8Bytes(header, JournalJson.Header));
            RandomAccess.FlushToDisk(_file);
            _flushed = _end;
        }
        catch
        {
            Free();
            File.Delete(path);
            throw;
        }
    }

    public void Append(CallEvent happened)
    {
        _plain.ResetWrittenCount();
        _json.Reset();
        JsonSerializer.Serialize(_json, happened, JournalJson.Event);
        AppendSealed(RecordKind.Event);
    }

    public void Append(IReadOnlyList<Command> commands)
    {
        if (commands.Count == 0) return;
        _plain.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartArray();
        foreach (var command in commands) _json.WriteRawValue(CommandText.Of(command), skipInputValidation: true);
        _json.WriteEndArray();
        _json.Flush();
        AppendSealed(RecordKind.Commands);
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_stopped is not null) throw _stopped;
        if (_flushed == _end) return;
        var end = _end;
        try
        {
            await _store.Flusher.FlushAsync(_file, cancellationToken);
        }
        catch (IOException error)
        {
            throw Stop(error);
        }

        _flushed = end;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        try
        {
            if (_stopped is not null) return;
            Append(RecordKind.Close, []);
            await FlushAsync(CancellationToken.None);
            await _store.ClosedAsync(_call, _records, _head);
        }
        catch (StoreReadOnlyException error)
        {
            // The call is over and its loop has nobody to tell; verification shows the journal as not closed.
            _store.Logger.JournalNotClosed(_call.ToString(), error.Message);
        }
        finally
        {
            Free();
        }
    }

    /// <summary>Removes a journal that was never begun for good.</summary>
    internal void Abandon()
    {
        _disposed = true;
        Free();
        File.Delete(_path);
    }

    private void AppendSealed(RecordKind kind) => Append(kind, Seal.Close(_cipher, _plain.WrittenSpan, _head));

    private void Append(RecordKind kind, ReadOnlySpan<byte> body)
    {
        // After a record is lost the rest could not be replayed: a journal stops for good where it stopped.
        if (_stopped is not null) throw _stopped;
        Core.Invariant.That(body.Length <= JournalFormat.BodyMaxBytes, "a journal record is bounded");
        var record = JournalFormat.Frame(_head, kind, body);
        try
        {
            RandomAccess.Write(_file, record, _end);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Stop(error);
        }

        _head = record.AsSpan(JournalFormat.PrefixBytes, JournalFormat.HashBytes).ToArray();
        _end += record.Length;
        _records++;
    }

    private StoreReadOnlyException Stop(Exception error)
    {
        _store.Logger.JournalStopped(_path, _records, error.Message);
        _stopped = new($"The journal '{_path}' cannot be written: {error.Message}", error);
        try
        {
            RandomAccess.SetLength(_file, _end);
        }
        catch (IOException)
        {
            // The torn record stays; a reader stops before it.
        }

        return _stopped;
    }

    private void Free()
    {
        _json.Dispose();
        _cipher.Dispose();
        _file.Dispose();
    }
}
