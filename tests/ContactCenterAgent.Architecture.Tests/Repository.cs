using System.Xml.Linq;

namespace ContactCenterAgent.Architecture.Tests;

/// <summary>The working tree that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Built = ["bin", "obj", "artifacts", "TestResults", "var", "node_modules"];

    /// <summary>The folder of the solution file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every project by its name, with the names of the projects that it references.</summary>
    public static IReadOnlyDictionary<string, Project> Projects { get; } = Files("*.csproj")
        .Select(Project.Read)
        .ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>Files of a pattern, without what a build leaves behind and without hidden folders.</summary>
    public static IEnumerable<string> Files(string pattern) => Files(new DirectoryInfo(Root), pattern);

    private static IEnumerable<string> Files(DirectoryInfo folder, string pattern) =>
        folder.EnumerateFiles(pattern).Select(f => f.FullName).Concat(Folders(folder).SelectMany(inner => Files(inner, pattern)));

    /// <summary>Folders that belong to the source.</summary>
    public static IEnumerable<DirectoryInfo> Folders(DirectoryInfo folder) =>
        folder.EnumerateDirectories().Where(d => !d.Name.StartsWith('.') && !Built.Contains(d.Name, StringComparer.Ordinal));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ContactCenterAgent.sln"))) return folder.FullName;
        throw new InvalidOperationException("ContactCenterAgent.sln is in no folder above the tests.");
    }
}

/// <summary>A project file.</summary>
/// <param name="Name">Without the common prefix: <c>Transports.Typed</c>.</param>
/// <param name="Folder">Top-level folder: src, plugins or tests.</param>
/// <param name="References">Projects that it references, named alike.</param>
/// <param name="Packages">Packages that it references.</param>
internal sealed record Project(string Name, string Folder, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    private const string Prefix = "ContactCenterAgent.";

    public static Project Read(string file)
    {
        var xml = XDocument.Load(file);
        return new(
            Short(file),
            Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)[0],
            [.. Included(xml, "ProjectReference").Select(Short)],
            [.. Included(xml, "PackageReference")]);
    }

    private static IEnumerable<string> Included(XDocument xml, string element) =>
        xml.Descendants(element).Select(e => (string?)e.Attribute("Include")).OfType<string>();

    private static string Short(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file.Replace('\\', '/'));
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
    }
}
