using System.Text.Json;

namespace ContactCenterAgent.Plugins.LLamaSharp.Tests;

public sealed class JsonGrammarTests
{
    [Theory]
    [InlineData("""{"type":"boolean"}""", "root ::= boolean")]
    [InlineData("""{"enum":["a","b\"c"]}""", """root ::= ("\"a\"" | "\"b\\u0022c\"")""")]
    [InlineData("""{"type":["string","null"]}""", "root ::= (string | null)")]
    [InlineData("""{}""", "root ::= value")]
    [InlineData("""{"type":"array","maxItems":0}""", """root ::= "[" ws "]" """)]
    public void Schema_ThatIsSmall_IsOneLine(string schema, string root) => Lines(schema)[0].ShouldBe(root.TrimEnd());

    [Fact]
    public void Object_WithAnOptionalField_MayLeaveItOut()
    {
        var lines = Lines("""{"type":"object","required":["a"],"properties":{"a":{"type":"null"},"b":{"type":"boolean"}}}""");
        lines[0].ShouldBe("root ::= r");
        lines[1].ShouldBe("""r ::= "{" ws "\"a\"" ws ":" ws null (ws "," ws "\"b\"" ws ":" ws boolean)? ws "}" """.TrimEnd());
    }

    [Fact]
    public void Array_WithBounds_KeepsThem() =>
        Lines("""{"type":"array","minItems":1,"maxItems":3,"items":{"type":"integer"}}""")[1].ShouldBe("""r ::= "[" ws integer (ws "," ws integer){0,2} ws "]" """.TrimEnd());

    private static string[] Lines(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return JsonGrammar.Of(document.RootElement).Split('\n');
    }
}
