using Spectre.Console;
using Spectre.Console.Rendering;

namespace ContactCenterAgent.Host.Timelines;

/// <summary>A staff in a terminal's colours. Without colours it reads the same: every tone has its own sign.</summary>
/// <param name="staff">What to draw.</param>
/// <param name="lines">At most so many lines, the last ones; null = all.</param>
public sealed class StaffPicture(Staff staff, int? lines = null) : IRenderable
{
    private static readonly Style Soft = new(Color.Grey);

    /// <summary>Columns that a staff may have on a console.</summary>
    public static int Width(IAnsiConsole console) => Math.Clamp(console.Profile.Width - StaffText.Gutter - 1, 60, 160);

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var all = StaffText.Lines(staff).ToList();
        // A live display needs something to measure.
        if (all.Count == 0) yield return new(" ");
        foreach (var line in all.Skip(lines is { } last ? Math.Max(0, all.Count - last) : 0))
        {
            foreach (var (text, tone) in line) yield return new(text, tone is { } t ? Look(t) : Soft);
            yield return Segment.LineBreak;
        }
    }

    private static Style Look(Tone tone) => tone switch
    {
        Tone.Ruler => Soft,
        Tone.Mark => new(Color.Grey70),
        Tone.Latency => new(Color.Green, decoration: Decoration.Bold),
        Tone.Word => new(decoration: Decoration.Bold),
        Tone.Revised => new(decoration: Decoration.Bold | Decoration.Underline),
        Tone.Agent => new(Color.DeepSkyBlue1),
        Tone.Filler => new(Color.Grey70, decoration: Decoration.Italic),
        Tone.Running => new(Color.White, Color.NavyBlue),
        Tone.Ok => new(Color.White, Color.DarkGreen),
        Tone.Superseded => new(Color.Grey70, Color.Grey23, Decoration.Strikethrough),
        Tone.Failed => new(Color.White, Color.DarkRed),
        Tone.Hold => new(Color.Black, Color.Orange1),
        Tone.Confirmed => new(Color.Black, Color.SpringGreen3),
        _ => new(Color.Grey70, Color.Grey23),
    };
}
