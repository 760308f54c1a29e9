using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Storage.Ledger;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Storage.Sqlite;

/// <summary>An open write transaction with its connection and its rows. Disposed without a commit it changes nothing.</summary>
internal sealed class LedgerTransaction : IDisposable
{
    internal LedgerTransaction(SqliteConnection connection, SqliteTransaction transaction)
    {
        Connection = connection;
        Transaction = transaction;
        Rows = LedgerDatabase.Context(connection);
        Rows.Database.UseTransaction(transaction);
    }

    internal SqliteConnection Connection { get; }

    internal SqliteTransaction Transaction { get; }

    internal LedgerContext Rows { get; }

    /// <summary>Somebody else has committed or rolled it back.</summary>
    internal bool IsEnded => Transaction.Connection is null;

    internal EffectRow? Effect(EffectKey key)
    {
        var text = key.ToString();
        return Rows.Effects.SingleOrDefault(e => e.Key == text);
    }

    internal HoldRow? Hold(HoldId hold) => Rows.Holds.SingleOrDefault(h => h.Hold == hold.Value);

    /// <summary>The call's key, made when there is none; null when the call has been erased.</summary>
    internal byte[]? KeyOf(CallId call, DateTimeOffset now)
    {
        var row = Rows.CallKeys.Find(call.ToString());
        if (row is null) Rows.CallKeys.Add(row = new() { CallId = call.ToString(), Key = Seal.NewKey(), CreatedAt = now });
        return row.Key;
    }

    internal void Commit()
    {
        Rows.SaveChanges();
        Transaction.Commit();
    }

    public void Dispose()
    {
        Rows.Dispose();
        Transaction.Dispose();
        Connection.Dispose();
    }
}
