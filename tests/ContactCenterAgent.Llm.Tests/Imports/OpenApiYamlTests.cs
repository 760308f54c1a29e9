using System.Text;
using System.Text.Json.Nodes;
using ContactCenterAgent.Llm.Imports;

namespace ContactCenterAgent.Llm.Tests.Imports;

public sealed class OpenApiYamlTests
{
    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "samples");

    [Fact]
    public void Sample_InYaml_IsTheSameDocumentAndGivesTheSameTools()
    {
        var (json, yaml) = (Sample("json"), OpenApiYaml.ToJson(Sample("yaml")));

        JsonNode.DeepEquals(JsonNode.Parse(yaml), JsonNode.Parse(json)).ShouldBeTrue(yaml);
        Tools(yaml).ShouldBe(Tools(json));
        Tools(yaml).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("no", "\"no\"")]
    [InlineData("Yes", "\"Yes\"")]
    [InlineData("2026-11-22", "\"2026-11-22\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("3.1.0", "\"3.1.0\"")]
    [InlineData("'12'", "\"12\"")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("! 12", "\"12\"")]
    [InlineData("true", "true")]
    [InlineData("FALSE", "false")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("12", "12")]
    [InlineData("-1.50", "-1.50")]
    [InlineData("+012", "12")]
    [InlineData(".5", "0.5")]
    [InlineData("0x1F", "31")]
    [InlineData("1e400", "1e400")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData("|\n  two\n  lines", "\"two\\nlines\"")]
    public void Value_IsReadByTheCoreSchema(string yaml, string json) => OpenApiYaml.ToJson($"a: {yaml}").ShouldBe($$"""{"a":{{json}}}""");

    [Fact]
    public void Key_IsTextWhateverItLooksLike() => OpenApiYaml.ToJson("200: a\ntrue: b\nnull: c").ShouldBe("""{"200":"a","true":"b","null":"c"}""");

    [Theory]
    [InlineData("a: 1\nb: }", "The OpenAPI document is not YAML at line 2:")]
    [InlineData("a: 1\n\tb: 2", "The OpenAPI document is not YAML at line 2:")]
    [InlineData("a: 1\nb: *nothing", "The OpenAPI document cannot be used at line 2: an alias refers to nothing, or to itself.")]
    [InlineData("a: &a\n  b: *a", "The OpenAPI document cannot be used at line 2: an alias refers to nothing, or to itself.")]
    [InlineData("a: 1\nb: 2\na: 3", "The OpenAPI document cannot be used at line 3: a key stands there twice.")]
    [InlineData("a: &a { c: 1 }\nb:\n  <<: *a", "The OpenAPI document cannot be used at line 3: it merges by <<, which OpenAPI does not have.")]
    [InlineData("a: 1\n? [b]\n: 2", "The OpenAPI document cannot be used at line 2: a key is not a word.")]
    [InlineData("a: 1\n---\nb: 2", "The OpenAPI document cannot be used at line 2: it has a second document.")]
    [InlineData("a: 1\nb: !!binary aGk=", "The OpenAPI document cannot be used at line 2: it has a tag that JSON has no form for.")]
    [InlineData("", "The OpenAPI document cannot be used at line 1: it is no single document.")]
    public void Text_ThatCannotBeUsed_IsRefusedWithItsLine(string yaml, string message) =>
        Should.Throw<FormatException>(() => OpenApiYaml.ToJson(yaml)).Message.ShouldStartWith(message);

    [Fact]
    public void Aliases_ThatMultiply_AreRefusedBeforeTheyAreWrittenOut()
    {
        var bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 12; i++) bomb.AppendLine($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]");

        Should.Throw<FormatException>(() => OpenApiYaml.ToJson(bomb.ToString())).Message.ShouldBe("The OpenAPI document cannot be used at line 7: with its aliases written out it is too large.");
    }

    [Fact]
    public void Alias_OfALongText_CountsWithItsLength()
    {
        var yaml = $"a: &a {new string('x', 1 << 20)}\nb: [{string.Join(", ", Enumerable.Repeat("*a", 9))}]";
        Should.Throw<FormatException>(() => OpenApiYaml.ToJson(yaml)).Message.ShouldEndWith("with its aliases written out it is too large.");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Depth_WithoutEnd_IsRefused(string level)
    {
        var yaml = string.Concat(Enumerable.Repeat(level, 100_000));
        Should.Throw<FormatException>(() => OpenApiYaml.ToJson(yaml)).Message.ShouldEndWith("it is more than 100 levels deep.");
    }

    [Fact]
    public void Document_ThatIsTooLarge_IsRefusedUnread()
    {
        var text = new string(' ', OpenApiTools.DocumentMax + 1);
        Should.Throw<FormatException>(() => OpenApiYaml.ToJson(text)).Message.ShouldBe("The OpenAPI document is too large. Allowed: 8 MiB.");
        Should.Throw<FormatException>(() => Tools(text)).Message.ShouldBe("The OpenAPI document is too large. Allowed: 8 MiB.");
    }

    [Fact]
    public void Garbage_IsADocumentOrAFormatException()
    {
        var (sample, random) = (Sample("yaml"), new Random(1));
        const string Signs = ":-?[]{}&*!|>'\"%@`#,~<\t\n \\0aé";
        for (var i = 0; i < 3_000; i++)
        {
            var text = new StringBuilder(sample);
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = random.Next(text.Length);
                if (random.Next(2) == 0) text[at] = Signs[random.Next(Signs.Length)];
                else text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at));
            }

            try
            {
                Tools(OpenApiYaml.ToJson(text.ToString()));
            }
            catch (FormatException)
            {
                // That is how a document is refused.
            }
        }
    }

    private static string Sample(string ending) => File.ReadAllText(Path.Combine(Samples, $"crm-openapi.{ending}"));

    private static IReadOnlyList<string> Tools(string json)
    {
        using var http = new HttpClient();
        var import = OpenApiTools.Import(json, http, null, new() { Source = "crm" });
        return
        [
            .. import.Tools.Select(t => $"{t.Descriptor.Name} {t.Descriptor.Effect} {t.Descriptor.Description} {string.Join(", ", t.Descriptor.Parameters.Select(p => $"{p.Name} {p.Type} {p.Required} [{string.Join('|', p.Values)}]"))}"),
            .. import.Refused.Select(r => r.Reason),
        ];
    }
}
