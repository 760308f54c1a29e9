using System.Security;
using System.Text;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;

/// <summary>An SVG document (SVG 2, W3C) that follows the reader's light or dark scheme. A policy has the same colour in every plot.</summary>
internal sealed class Svg(int width, int height)
{
    /// <summary>Wide enough for any letter of the font on average.</summary>
    public const double LetterWidth = 7, TextHeight = 12;

    private const int Colours = 8;

    private const string Style =
        """
        text{font:12px system-ui,sans-serif;fill:#1f2328}.title{font-size:15px;font-weight:600}.head{font-weight:600}.back{fill:#fff}
        .axis{stroke:#59636e}.grid{stroke:#d1d9e0}.zero{stroke:#59636e;stroke-dasharray:4 3}
        .c0{color:#59636e}.c1{color:#0072b2}.c2{color:#b35c00}.c3{color:#a6478f}.c4{color:#6f42c1}.c5{color:#007a55}.c6{color:#c0392b}.c7{color:#7a6a00}
        @media (prefers-color-scheme:dark){text{fill:#e6edf3}.back{fill:#0d1117}.axis,.zero{stroke:#9198a1}.grid{stroke:#30363d}
        .c0{color:#9198a1}.c1{color:#56b4e9}.c2{color:#e69f00}.c3{color:#e38fc6}.c4{color:#b392f0}.c5{color:#2fd39b}.c6{color:#ff7b72}.c7{color:#d8c84a}}
        """;

    private readonly StringBuilder _body = new();

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>The colour class of the series at a place in the house's order.</summary>
    public static string Colour(int series) => "c" + (series % Colours);

    /// <summary>How wide a text is at most, in pixels.</summary>
    public static double WidthOf(string text) => text.Length * LetterWidth;

    public void Text(double x, double y, string text, string anchor = "start", string? style = null) =>
        _body.Append($"<text x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\"{(style is null ? "" : $" class=\"{style}\"")}>{SecurityElement.Escape(text)}</text>\n");

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        _body.Append($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" class=\"{style}\"/>\n");

    public void Path(IEnumerable<(double X, double Y)> points, int series) =>
        _body.Append($"<polyline class=\"{Colour(series)}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"{Dash(series)}")
            .Append($" points=\"{string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"))}\"/>\n");

    public void Dot(double x, double y, double radius, int series, double opacity) =>
        _body.Append($"<circle class=\"{Colour(series)}\" fill=\"currentColor\" fill-opacity=\"{N(opacity)}\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\"/>\n");

    public void Bar(double x, double y, double width, double height, int series) =>
        _body.Append($"<rect class=\"{Colour(series)}\" fill=\"currentColor\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" rx=\"2\"/>\n");

    /// <summary>The document, with a line end at the end.</summary>
    public override string ToString() =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\">\n<style>{Style}</style>\n"
        + $"<rect class=\"back\" width=\"{Width}\" height=\"{Height}\"/>\n{_body}</svg>\n";

    /// <summary>Every second series is dashed, ours is not: colour alone does not tell them apart for everyone.</summary>
    private static string Dash(int series) => series % 2 == 1 ? "" : " stroke-dasharray=\"7 3\"";

    private static string N(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##");
}
