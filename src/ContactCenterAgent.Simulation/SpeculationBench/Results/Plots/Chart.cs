using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;

/// <summary>A frame with two axes, their units, and a legend beside it.</summary>
internal sealed class Chart
{
    private const int Width = 880, Height = 460, Left = 70, Top = 64, Bottom = 52, LegendLine = 20, Sample = 26;

    private readonly Svg _svg = new(Width, Height);
    private readonly Scale _x, _y;
    private readonly double _right;
    private readonly ImmutableArray<string> _series;

    /// <param name="title">Over the plot.</param>
    /// <param name="x">Name and unit.</param>
    /// <param name="y">Name and unit.</param>
    /// <param name="horizontal">Values of x.</param>
    /// <param name="vertical">Values of y.</param>
    /// <param name="series">Names; their places are those that <see cref="Line"/> and <see cref="Dots"/> take.</param>
    public Chart(string title, string x, string y, Scale horizontal, Scale vertical, ImmutableArray<string> series)
    {
        (_x, _y, _series) = (horizontal, vertical, series);
        _right = Width - Sample - 34 - series.Select(Svg.WidthOf).DefaultIfEmpty(0).Max();
        _svg.Text(Left, 24, title, style: "title");
        _svg.Text(Left, 48, y);
        _svg.Text((Left + _right) / 2, Height - 12, x, "middle");
        foreach (var tick in _x.Ticks())
        {
            _svg.Line(X(tick), Top, X(tick), Height - Bottom, "grid");
            _svg.Text(X(tick), Height - Bottom + 18, tick.ToString("0.###"), "middle");
        }

        foreach (var tick in _y.Ticks())
        {
            _svg.Line(Left, Y(tick), _right, Y(tick), "grid");
            _svg.Text(Left - 8, Y(tick) + 4, tick.ToString("0.###"), "end");
        }

        _svg.Line(Left, Height - Bottom, _right, Height - Bottom, "axis");
        _svg.Line(Left, Top, Left, Height - Bottom, "axis");
        for (var i = 0; i < series.Length; i++)
        {
            var line = Top + 8 + (i * LegendLine);
            _svg.Path([(_right + 16, line), (_right + 16 + Sample, line)], Place(i));
            _svg.Text(_right + 24 + Sample, line + 4, series[i]);
        }
    }

    /// <summary>A line through points, as far as they lie in the frame.</summary>
    public void Line(int series, IEnumerable<(double X, double Y)> points) =>
        _svg.Path(points.Where(IsInside).Select(p => (X(p.X), Y(p.Y))), Place(series));

    public void Dots(int series, IEnumerable<(double X, double Y)> points, double radius, double opacity)
    {
        foreach (var (x, y) in points.Where(IsInside)) _svg.Dot(X(x), Y(y), radius, Place(series), opacity);
    }

    public override string ToString() => _svg.ToString();

    private bool IsInside((double X, double Y) point) => _x.At(point.X) is >= 0 and <= 1 && _y.At(point.Y) is >= 0 and <= 1;

    private int Place(int series) => PlannerFigures.Place(_series[series]) is var place and >= 0 ? place : PlannerFigures.KnownPolicies + series;

    private double X(double value) => Left + (_x.At(value) * (_right - Left));

    private double Y(double value) => Height - Bottom - (_y.At(value) * (Height - Bottom - Top));
}
