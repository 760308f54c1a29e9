namespace ContactCenterAgent.Host.Cli;

/// <summary>A file that is there whole or not at all: written beside its place and moved there when it is complete.</summary>
internal sealed class JsonFile : IDisposable
{
    private readonly string _path;
    private readonly string _draft;

    private JsonFile(string path) => (_path, _draft) = (path, path + ".part");

    /// <summary>Makes the draft.</summary>
    /// <exception cref="IOException">The folder is not there or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static JsonFile Begin(string path)
    {
        var file = new JsonFile(path);
        File.WriteAllBytes(file._draft, []);
        return file;
    }

    /// <summary>Puts the file into its place.</summary>
    public async Task CompleteAsync(byte[] json, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(_draft, json, cancellationToken);
        File.Move(_draft, _path, overwrite: true);
    }

    public void Dispose() => File.Delete(_draft);
}
