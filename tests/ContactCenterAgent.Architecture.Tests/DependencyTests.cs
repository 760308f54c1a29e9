using System.Reflection;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Architecture.Tests;

/// <summary>Arrows point one way: Host -> {Simulation, Runtime, Transports, Speech, Llm, Storage, plugins} -> Abstractions -> Core.</summary>
public sealed class DependencyTests
{
    public static TheoryData<string> Shipped => [.. Repository.Projects.Values.Where(p => p.Folder != "tests").Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Project_References_PointDownOnly(string name)
    {
        Repository.Projects[name].References.Except(Allowed(name)).ShouldBeEmpty($"{name} may see {string.Join(", ", Allowed(name))}");
    }

    [Fact]
    public void Core_References_NothingButTheFramework()
    {
        Repository.Projects["Core"].Packages.ShouldBeEmpty();
        typeof(CallState).Assembly.GetReferencedAssemblies().Select(a => a.Name).ShouldAllBe(a => a!.StartsWith("System.", StringComparison.Ordinal));
    }

    [Fact]
    public void Assemblies_Built_ReferenceWhatTheirProjectsSay()
    {
        foreach (var assembly in Assemblies.Own)
        {
            var name = Assemblies.ShortName(assembly);
            var seen = assembly.GetReferencedAssemblies().Where(a => Assemblies.IsOwn(a.Name!)).Select(a => a.Name!["ContactCenterAgent.".Length..]);
            seen.Except(Closure(name)).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public void Assemblies_Loaded_AreAllThatShip()
    {
        Repository.Projects.Values.Where(p => p.Folder != "tests").Select(p => p.Name)
            .Except(Assemblies.Own.Select(Assemblies.ShortName)).ShouldBeEmpty("a project that nothing here references is checked by nobody");
    }

    private static HashSet<string> Closure(string name)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Repository.Projects[name].References);
        while (open.TryPop(out var next))
            if (all.Add(next)) foreach (var further in Repository.Projects[next].References) open.Push(further);
        return all;
    }

    private static IEnumerable<string> Allowed(string name) => name switch
    {
        "Core" => [],
        "Media" or "Planning" or "Abstractions" => ["Core"],
        "Host" => Repository.Projects.Values.Where(p => p.Folder != "tests" && p.Name != "Host").Select(p => p.Name),
        "Simulation" => ["Core", "Abstractions", "Runtime", "Planning"],
        "Speech" => ["Core", "Abstractions", "Media"],
        _ when name.StartsWith("Transports.", StringComparison.Ordinal) => ["Core", "Abstractions", "Media"],
        _ => ["Core", "Abstractions"],
    };
}

/// <summary>The project's own assemblies, as they were built.</summary>
internal static class Assemblies
{
    public static IReadOnlyList<Assembly> Own { get; } =
        [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "ContactCenterAgent.*.dll")
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal))
            .Select(Assembly.Load)];

    public static bool IsOwn(string name) => name.StartsWith("ContactCenterAgent.", StringComparison.Ordinal);

    public static string ShortName(Assembly assembly) => assembly.GetName().Name!["ContactCenterAgent.".Length..];
}
