using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation;

/// <summary>The scripts that come with the program.</summary>
public static class ScriptLibrary
{
    private const string Prefix = "Scripts/";

    /// <summary>All of them, in the order in which they are played.</summary>
    public static ImmutableArray<CallScript> All { get; } =
    [
        .. typeof(ScriptLibrary).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read),
    ];

    private static CallScript Read(string name)
    {
        using var reader = new StreamReader(typeof(ScriptLibrary).Assembly.GetManifestResourceStream(name)!);
        return CallScript.Parse(reader.ReadToEnd(), name[Prefix.Length..]);
    }
}
