using System.Collections.Immutable;
using System.Text;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results;

/// <summary>A Markdown table whose columns line up in the source; the first columns are text, the others are figures.</summary>
/// <param name="texts">How many columns are text.</param>
/// <param name="headers">Of the columns.</param>
internal sealed class MarkdownTable(int texts, params ReadOnlySpan<string> headers)
{
    private readonly List<ImmutableArray<string>> _rows = [[.. headers]];

    public void Add(params ReadOnlySpan<string> cells)
    {
        if (cells.Length != _rows[0].Length) throw new ArgumentException($"{cells.Length} cells for {_rows[0].Length} columns", nameof(cells));
        _rows.Add([.. cells]);
    }

    /// <summary>With a line end after each row.</summary>
    public override string ToString()
    {
        var widths = Enumerable.Range(0, _rows[0].Length).Select(c => Math.Max(3, _rows.Max(r => r[c].Length))).ToList();
        var text = new StringBuilder();
        for (var r = 0; r < _rows.Count; r++)
        {
            for (var c = 0; c < widths.Count; c++) text.Append("| ").Append(c < texts ? _rows[r][c].PadRight(widths[c]) : _rows[r][c].PadLeft(widths[c])).Append(' ');
            text.Append("|\n");
            if (r > 0) continue;
            for (var c = 0; c < widths.Count; c++) text.Append("| ").Append('-', widths[c] - (c < texts ? 0 : 1)).Append(c < texts ? " " : ": ");
            text.Append("|\n");
        }

        return text.ToString();
    }
}
