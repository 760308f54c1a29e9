using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Storage.Sqlite;

/// <summary>Says which processes live: each open store keeps a lock on a file of its own, and the kernel takes it away when the process dies.</summary>
/// <remarks>
/// A lock needs no clock and no process number: it is right after SIGKILL, after a restart of the machine and between containers that
/// share the folder. A lease would recover a living call after a long pause and leave a dead one waiting.
/// </remarks>
internal sealed class OwnerLock : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _file;

    private OwnerLock(string folder, string id, FileStream file)
    {
        _folder = folder;
        Id = id;
        _file = file;
    }

    /// <summary>Written beside every hold, effect and journal of this process.</summary>
    internal string Id { get; }

    /// <summary>Takes a new lock and sweeps those of the dead; one process at a time, for between its making and its locking a file looks like a dead process's.</summary>
    /// <exception cref="StoreException">The folder's file system has no locks: a living process could be taken for a dead one.</exception>
    /// <exception cref="StoreReadOnlyException">Others kept starting for longer than <paramref name="limit"/>.</exception>
    internal static OwnerLock Take(string folder, TimeSpan limit, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        using var starts = new WriteTurn(folder + ".lock", limit, time);
        using var turn = starts.Take();
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("n");
        var taken = new OwnerLock(folder, id, new FileStream(Path.Combine(folder, id), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
        if (!taken.IsAlive(id))
        {
            taken.Dispose();
            throw new StoreException($"The folder '{folder}' is on a file system without file locks. Storage:Folder must be on a local disk.");
        }

        foreach (var file in Directory.EnumerateFiles(folder))
            if (!taken.IsAlive(Path.GetFileName(file))) File.Delete(file);
        return taken;
    }

    /// <summary>Whether the process that wrote <paramref name="owner"/> still has its store open.</summary>
    internal bool IsAlive(string owner)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(_folder, owner), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        File.Delete(_file.Name);
        _file.Dispose();
    }
}
