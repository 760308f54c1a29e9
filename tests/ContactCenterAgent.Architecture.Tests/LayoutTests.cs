namespace ContactCenterAgent.Architecture.Tests;

public sealed class LayoutTests
{
    [Fact]
    public void TopLevel_Folders_AreTheFiveOfTheMap()
    {
        string[] map = ["docs", "infra", "plugins", "shared", "src", "tests"];
        Repository.Folders(new(Repository.Root)).Select(d => d.Name).Except(map).ShouldBeEmpty();
    }

    [Fact]
    public void Settings_AreInOneFile()
    {
        Repository.Files("appsettings*.json").Select(f => Path.GetRelativePath(Repository.Root, f)).ShouldBe(["appsettings.json"]);
    }

    [Fact]
    public void Projects_StandInAFolderOfTheirOwnName_AndInTheSolution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "ContactCenterAgent.sln"));
        foreach (var file in Repository.Files("*.csproj"))
        {
            Path.GetFileName(Path.GetDirectoryName(file)).ShouldBe(Path.GetFileNameWithoutExtension(file));
            solution.ShouldContain($"\"{Path.GetFileNameWithoutExtension(file)}\"");
        }
    }

    [Fact]
    public void Plugins_StandInPlugins_AndOnlyThey()
    {
        foreach (var project in Repository.Projects.Values)
            (project.Folder == "plugins").ShouldBe(project.Name.StartsWith("Plugins.", StringComparison.Ordinal) && !IsTest(project), project.Name);
    }

    [Fact]
    public void TestProjects_StandInTests_AndMirrorAProject()
    {
        string[] across = ["Architecture.Tests", "AudioLoop.Tests", "Browser.Tests", "Protocol.Tests", "Plugins.Tests", "Conformance", "Benchmarks", "Recovery.Tests"];
        foreach (var project in Repository.Projects.Values.Where(p => p.Folder == "tests" && !across.Contains(p.Name)))
        {
            project.Name.ShouldEndWith(".Tests");
            Repository.Projects.Keys.ShouldContain(project.Name[..^".Tests".Length]);
        }
    }

    [Fact]
    public void PackageVersions_AreCentral()
    {
        foreach (var file in Repository.Files("*.csproj"))
            File.ReadAllText(file).ShouldNotContain("Version=", Case.Sensitive, file);
    }

    private static bool IsTest(Project project) => project.Folder == "tests";
}
