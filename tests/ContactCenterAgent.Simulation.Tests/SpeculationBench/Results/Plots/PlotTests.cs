using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using ContactCenterAgent.Simulation.SpeculationBench.Results;
using ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Results.Plots;

public sealed class PlotTests
{
    private static readonly ImmutableArray<string> AllPolicies = ["sequential", "parallel", "preemptive", "sia", "sia+draft", "ours", "oracle"];

    private static readonly PlannerFigures Many = Made.Planner(
        [.. AllPolicies.SelectMany((p, i) => Enumerable.Range(0, 40).Select(t => Made.Read(p, "d", t, ((7 - i) * 300) + (t * 37 % 900)) with { HeadStartMs = t * 61 % 2500 }))]);

    public static TheoryData<string, string> Plots { get; } = new()
    {
        { "cdf", LatencyCdf.Of("Reads", Many, t => t.Kind == TurnKind.Read) },
        { "scatter", SavingScatter.Of("Saving", Many, ["ours", "sia"]) },
        { "curve", CloseCurve.Of("Closes", [.. AllPolicies.SelectMany((p, i) => Enumerable.Range(1, 4).Select(s => new ClosePoint(p, (i * 100) + (s * 150), 0.08 / s)))]) },
        { "waterfall", Waterfall.Of("A turn", AllPolicies.Select(p => Made.Read(p, "d", 0, 500) with { Bars = [new("Restaurants_1.FindRestaurants", -900, 120), new("plan", 0, 900), new("answer", 900, 1400)] })) },
    };

    [Theory]
    [MemberData(nameof(Plots))]
    public void Plot_OfEveryPolicy_HasTextInsideThatDoesNotOverlap(string name, string svg)
    {
        var root = XDocument.Parse(svg).Root!;
        var (width, height) = (Number(root, "width"), Number(root, "height"));
        var boxes = root.Elements().Where(e => e.Name.LocalName == "text").Select(Box).ToList();
        foreach (var box in boxes)
        {
            box.Left.ShouldBeGreaterThanOrEqualTo(0, $"{name}: {box.Text}");
            box.Right.ShouldBeLessThanOrEqualTo(width, $"{name}: {box.Text}");
            box.Bottom.ShouldBeLessThanOrEqualTo(height, $"{name}: {box.Text}");
            foreach (var other in boxes.Where(o => o != box))
                (box.Right <= other.Left || other.Right <= box.Left || box.Bottom <= other.Top || other.Bottom <= box.Top).ShouldBeTrue($"{name}: {box.Text} lies on {other.Text}");
        }
    }

    [Theory]
    [MemberData(nameof(Plots))]
    public void Plot_HasUnitsAndBothSchemes(string name, string svg)
    {
        svg.ShouldContain("milliseconds", Case.Sensitive, name);
        svg.ShouldContain("prefers-color-scheme:dark", Case.Sensitive, name);
        svg.ShouldContain(">ours<", Case.Sensitive, name);
    }

    [Fact]
    public void Cdf_OfTwoTurns_GoesFromNoneToAll()
    {
        var svg = LatencyCdf.Of("Reads", Made.Planner(Made.Read("ours", "a", 0, 0), Made.Read("ours", "a", 1, 1000)), _ => true);
        var points = XDocument.Parse(svg).Descendants().Last(e => e.Name.LocalName == "polyline").Attribute("points")!.Value.Split(' ');
        points[0].ShouldBe("70,408", "the lower left corner of the frame");
        points.Length.ShouldBe(201);
    }

    [Fact]
    public void Cdf_WithATurnThatWasNeverAnswered_EndsBelowAll()
    {
        var svg = LatencyCdf.Of("Reads", Made.Planner(Made.Read("ours", "a", 0, 500), Made.Read("ours", "a", 1, null)), _ => true);
        var points = XDocument.Parse(svg).Descendants().Last(e => e.Name.LocalName == "polyline").Attribute("points")!.Value.Split(' ');
        points[^1].ShouldEndWith(",236", Case.Sensitive, "the middle of a frame from 64 to 408");
    }

    [Fact]
    public void Scatter_OfFewPoints_HasOneMedian() => SavingScatter.Medians([(0, 100), (10, 300), (1000, 200)]).ShouldBe([(10, 200)]);

    [Fact]
    public void Scatter_OfManyPoints_HasMediansOfEvenBins() =>
        SavingScatter.Medians([.. Enumerable.Range(0, 10).Reverse().Select(i => ((double)i, i * 10.0))]).ShouldBe([(2, 20), (7, 70)]);

    [Fact]
    public void Waterfall_Bar_BeginsAndEndsWhereItsTimesLie()
    {
        var root = XDocument.Parse(Waterfall.Of("A turn", [Made.Read("ours", "d", 0, 500) with { Bars = [new("plan", 0, 400), new("Find", -400, 0)] }])).Root!;
        var bars = root.Elements().Where(e => e.Name.LocalName == "rect" && e.Attribute("rx") is not null).ToList();
        bars.Count.ShouldBe(2);
        (Number(bars[0], "x") + Number(bars[0], "width")).ShouldBe(Number(bars[1], "x"), 0.02, "what began first comes first, and the plan follows the call");
        Number(bars[0], "width").ShouldBe(Number(bars[1], "width"), 0.02);
    }

    [Fact]
    public void Text_WithMarkup_IsEscaped() => CloseCurve.Of("a < b & c", [new("ours", 1, 0)]).ShouldContain("a &lt; b &amp; c");

    [Theory]
    [InlineData(0, 3500, 8, 0, 3500, 500)]
    [InlineData(-120, 900, 6, -200, 1000, 200)]
    [InlineData(0, 1, 6, 0, 1, 0.2)]
    [InlineData(0, 2400, 8, 0, 2500, 500)]
    public void Scale_OverValues_HasRoundTicksAroundThem(double least, double greatest, int steps, double from, double to, double step)
    {
        var scale = Scale.Over(least, greatest, steps);
        scale.From.ShouldBe(from, 1e-9);
        scale.To.ShouldBe(to, 1e-9);
        scale.Step.ShouldBe(step, 1e-9);
        scale.Ticks().Last().ShouldBe(to, 1e-9);
    }

    private static (string Text, double Left, double Right, double Top, double Bottom) Box(XElement text)
    {
        var scale = (string?)text.Attribute("class") == "title" ? 15.0 / 12 : 1;
        var (width, x, y) = (Svg.WidthOf(text.Value) * scale, Number(text, "x"), Number(text, "y"));
        var left = (string?)text.Attribute("text-anchor") switch { "middle" => x - (width / 2), "end" => x - width, _ => x };
        return (text.Value, left, left + width, y - (Svg.TextHeight * scale), y + 3);
    }

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
