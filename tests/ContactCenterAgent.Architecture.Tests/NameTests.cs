using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Architecture.Tests;

public sealed partial class NameTests
{
    private static readonly string[] Banned = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities"];
    private static readonly string[] BannedAtTheEnd = ["Data", "Info"];

    // A folder of data sets: here the word is the meaning.
    private static readonly string[] Meant = ["DeveloperData"];

    private static IEnumerable<Type> Types => Assemblies.Own.SelectMany(a => a.GetTypes())
        .Where(t => !t.IsDefined(typeof(CompilerGeneratedAttribute)) && t.Namespace is { } space && Assemblies.IsOwn(space + "."));

    [Fact]
    public void Types_Names_SayWhatTheyAre()
    {
        Types.Where(t => !Meant.Contains(t.Name) && Words(t.Name) is var words && (words.Intersect(Banned).Any() || BannedAtTheEnd.Contains(words[^1])))
            .Select(t => t.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void Methods_NamedProcess_DoNotExist()
    {
        const BindingFlags All = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        Types.SelectMany(t => t.GetMethods(All)).Where(m => m.Name is "Process" or "ProcessAsync").Select(m => $"{m.DeclaringType}.{m.Name}").ShouldBeEmpty();
    }

    // Internal ones may stand in a file that two projects share.
    [Fact]
    public void PublicTypes_Namespaces_BeginWithTheirProject()
    {
        foreach (var assembly in Assemblies.Own)
        {
            var name = assembly.GetName().Name!;
            Types.Where(t => t.Assembly == assembly && t.IsVisible && t.Namespace != name && !t.Namespace!.StartsWith(name + ".", StringComparison.Ordinal))
                .Select(t => t.FullName).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public void PublicClasses_AreSealedAbstractOrStatic()
    {
        Types.Where(t => t is { IsClass: true, IsPublic: true, IsSealed: false, IsAbstract: false }).Select(t => t.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void ToolFailure_EveryCase_HasItsOwnCodeAndPhrases()
    {
        var cases = typeof(ToolFailure).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(ToolFailure))).Select(Make).ToList();

        cases.Count.ShouldBeGreaterThan(5);
        cases.Select(f => f.Code).ShouldBeUnique();
        cases.ShouldAllBe(f => Code().IsMatch(f.Code));
        cases.Select(f => f.ForCaller).ShouldBeUnique();
        cases.Select(f => f.ForModel).ShouldBeUnique();
        cases.ShouldAllBe(f => f.ForCaller.Length > 0 && f.ForModel.Length > 0);
    }

    private static ToolFailure Make(Type type)
    {
        var constructor = type.GetConstructors().OrderBy(c => c.GetParameters().Length).First();
        var arguments = constructor.GetParameters().Select(p => p.ParameterType == typeof(string) ? "x" : Activator.CreateInstance(p.ParameterType));
        return (ToolFailure)constructor.Invoke([.. arguments]);
    }

    private static string[] Words(string name) => [.. Word().Matches(name).Select(m => m.Value)];

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^tool\.[a-z_]+$", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
