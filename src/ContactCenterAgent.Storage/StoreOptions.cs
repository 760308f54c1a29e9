using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Storage;

/// <summary>Where everything durable lives: one SQLite database and a folder of journals.</summary>
public sealed class StoreOptions
{
    /// <summary>The configuration root that these are bound from.</summary>
    public const string Section = "Storage";

    /// <summary>The folder of the database and the journals; made when it is absent. Relative paths count from the working directory.</summary>
    /// <value>A path on a local disk with file locks. Default <c>var</c>.</value>
    [Required(ErrorMessage = "Storage:Folder must be the path of a folder.")]
    public string Folder { get; set; } = "var";

    /// <summary>How long a write waits for another process that is writing.</summary>
    /// <value>100 ms to 60 s. Default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ErrorMessage = "Storage:BusyTimeout must be between 00:00:00.100 and 00:01:00.")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Size at which the database takes no more writes, as if its disk were full.</summary>
    /// <value>256 KiB to 16 TiB, in bytes. Default 64 GiB.</value>
    [Range(256L << 10, 16L << 40, ErrorMessage = "Storage:DatabaseMaxBytes must be between 262144 and 17592186044416.")]
    public long DatabaseMaxBytes { get; set; } = 64L << 30;

    /// <summary>The full path of the database.</summary>
    public string DatabasePath => Path.Combine(Path.GetFullPath(Folder), "contactcenter.db");

    /// <summary>The full path of the journals: one folder a UTC day, one file a call.</summary>
    public string JournalFolder => Path.Combine(Path.GetFullPath(Folder), "journals");

    internal string WriterPath => Path.Combine(Path.GetFullPath(Folder), "writer");

    internal string OwnerFolder => Path.Combine(Path.GetFullPath(Folder), "owners");

    /// <summary>Checks every value.</summary>
    /// <exception cref="StoreException">A value is not allowed; the message is one line that names the key and what is allowed.</exception>
    public void Validate()
    {
        var found = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), found, validateAllProperties: true))
            throw new StoreException(string.Join(' ', found.Select(f => f.ErrorMessage)));
    }
}

/// <summary>The store cannot be used: a setting is wrong, its folder cannot be written or its database is damaged. The message is one line for the operator.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
