namespace ContactCenterAgent.Host.Timelines;

/// <summary>
/// A call drawn like music: lanes under one axis of time, cut into systems that fit a line. The axis is as wide as the words that were
/// spoken, so that a bar begins under the word that started it; silence is short, and the ruler tells the seconds.
/// </summary>
/// <param name="Width">Columns of a system, in characters.</param>
/// <param name="Systems">From top to bottom.</param>
public sealed record Staff(int Width, IReadOnlyList<StaffSystem> Systems)
{
    /// <summary>Draws rows.</summary>
    /// <param name="rows">A timeline's rows in order.</param>
    /// <param name="now">Call time: what is still running is drawn as far as this.</param>
    /// <param name="width">Columns that a line has, in characters; at least 40.</param>
    public static Staff Draw(IReadOnlyList<TimelineRow> rows, TimeSpan now, int width)
    {
        var score = Score.Read(rows);
        var sheet = new StaffSheet(score, new StaffAxis(score.Spans(now)), now);
        return new(width, sheet.Cut(Math.Max(40, width)));
    }
}

/// <summary>One line of the drawing.</summary>
/// <param name="Ruler">Whole seconds and marks above the lanes.</param>
/// <param name="Lanes">Caller, tools (as many as run side by side), agent; only those with something in them.</param>
public sealed record StaffSystem(IReadOnlyList<StaffItem> Ruler, IReadOnlyList<StaffLane> Lanes);

/// <summary>One lane of a system.</summary>
/// <param name="Lane">Whose.</param>
/// <param name="Items">From left to right, none over another.</param>
public sealed record StaffLane(Lane Lane, IReadOnlyList<StaffItem> Items);

/// <summary>A word, a mark or a bar.</summary>
/// <param name="Column">Where it begins.</param>
/// <param name="Length">Columns that its time takes; 0 for a word or a mark.</param>
/// <param name="Text">What is written from its beginning on; a bar's may be longer than the bar.</param>
/// <param name="Tone">How it looks.</param>
/// <param name="Sign">How a bar ended, written at its end; empty while it runs or goes on in the next system.</param>
/// <param name="Before">The text ends where the bar begins: there was no room behind.</param>
public sealed record StaffItem(int Column, int Length, string Text, Tone Tone, string Sign = "", bool Before = false)
{
    /// <summary>Whether it is a bar rather than a word or a mark.</summary>
    public bool IsBar => Tone >= Tone.Running;

    /// <summary>The first column that it covers.</summary>
    public int Left => Before ? Column - Text.Length - 1 : Column;

    /// <summary>The first column that is free behind it, with a space between.</summary>
    public int Right => Column + 1 + (IsBar ? Math.Max(Length, 1 + (Before ? 0 : Text.Length) + (Sign.Length > 0 ? 1 + Sign.Length : 0)) : Text.Length);
}

/// <summary>How a part of the drawing looks; each medium has its own colours for it.</summary>
public enum Tone
{
    /// <summary>Seconds on the ruler.</summary>
    Ruler,

    /// <summary>A mark on the ruler.</summary>
    Mark,

    /// <summary>How long the caller waited.</summary>
    Latency,

    /// <summary>A caller's word.</summary>
    Word,

    /// <summary>A caller's word that was heard as another one before.</summary>
    Revised,

    /// <summary>What the agent says as an answer.</summary>
    Agent,

    /// <summary>What the agent says while it works.</summary>
    Filler,

    /// <summary>A running call. From here on: bars.</summary>
    Running,

    /// <summary>A call whose result came.</summary>
    Ok,

    /// <summary>A call that was no longer wanted.</summary>
    Superseded,

    /// <summary>A call that failed.</summary>
    Failed,

    /// <summary>A hold that stands.</summary>
    Hold,

    /// <summary>A hold that became the effect.</summary>
    Confirmed,

    /// <summary>A hold that was given back or ran out.</summary>
    Released,
}
