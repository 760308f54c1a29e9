using System.Text;

namespace ContactCenterAgent.Host.Timelines;

/// <summary>A staff in characters: for a terminal, a file, a README.</summary>
public static class StaffText
{
    /// <summary>Width of the lanes' names left of the drawing.</summary>
    public const int Gutter = 8;

    /// <summary>Lines of pieces; a piece has a tone where it has a colour.</summary>
    public static IEnumerable<IReadOnlyList<(string Text, Tone? Tone)>> Lines(Staff staff)
    {
        foreach (var system in staff.Systems)
        {
            yield return Line("", system.Ruler);
            Lane? above = null;
            foreach (var lane in system.Lanes)
            {
                yield return Line(lane.Lane == above ? "" : Name(lane.Lane), lane.Items);
                above = lane.Lane;
            }

            yield return [];
        }
    }

    /// <summary>Without colours.</summary>
    public static string Plain(Staff staff)
    {
        var text = new StringBuilder();
        foreach (var line in Lines(staff)) text.AppendLine(string.Concat(line.Select(p => p.Text)).TrimEnd());
        return text.ToString();
    }

    /// <summary>A bar's characters: <c>|find_slots Tue 24 Nov──✗</c>.</summary>
    private static string Written(StaffItem item)
    {
        if (!item.IsBar) return item.Text;
        var bar = "|" + (item.Before ? "" : item.Text);
        var fill = item.Length - bar.Length - item.Sign.Length;
        if (fill > 0) bar += new string(item.Tone == Tone.Hold ? '·' : '─', fill);
        else if (item.Sign.Length > 0) bar += " ";
        return (item.Before ? item.Text + " " : "") + bar + item.Sign;
    }

    private static List<(string, Tone?)> Line(string name, IReadOnlyList<StaffItem> items)
    {
        var line = new List<(string, Tone?)> { (name.PadRight(Gutter), null) };
        var column = 0;
        foreach (var item in items)
        {
            if (item.Left > column) line.Add((new string(' ', item.Left - column), null));
            var text = Written(item);
            line.Add((text, item.Tone));
            column = Math.Max(column, item.Left) + text.Length;
        }

        return line;
    }

    private static string Name(Lane lane) => lane.ToString().ToLowerInvariant();
}
