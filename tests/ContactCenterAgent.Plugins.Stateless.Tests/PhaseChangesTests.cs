using System.Text.RegularExpressions;

namespace ContactCenterAgent.Plugins.Stateless.Tests;

public sealed partial class PhaseChangesTests
{
    [Fact]
    public void Mermaid_Drawn_HasTheChangesOfTheDocsAndNoOthers()
    {
        var drawing = PhaseChanges.ToMermaid();

        drawing.ShouldStartWith("stateDiagram-v2");
        drawing.ShouldContain("[*] --> Arriving");
        Edges(Edge(), drawing).ShouldBe(Documented(), ignoreOrder: true);
    }

    [Fact]
    public void Dot_Drawn_HasTheSameChanges()
    {
        PhaseChanges.ToDot().ShouldStartWith("digraph {");
        Edges(DotEdge(), PhaseChanges.ToDot()).ShouldBe(Documented(), ignoreOrder: true);
    }

    private static List<string> Documented() => Edges(Edge(), File.ReadAllText(Path.Combine(Root(), "docs", "transitions.md")));

    private static List<string> Edges(Regex edge, string text) =>
        [.. edge.Matches(text).SelectMany(m => m.Groups["on"].Value.Split(", ").Select(trigger => $"{m.Groups["from"]} {trigger} {m.Groups["to"]}"))];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ContactCenterAgent.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex(@"^\s*(?<from>\w+) --> (?<to>\w+) ?: (?<on>.+?)\r?$", RegexOptions.Multiline, 1000)]
    private static partial Regex Edge();

    [GeneratedRegex("""^"(?<from>\w+)" -> "(?<to>\w+)" .*label="(?<on>\w+)"\];\r?$""", RegexOptions.Multiline, 1000)]
    private static partial Regex DotEdge();
}
