using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Simulation;

/// <summary>A call as the caller lives it: what is said and when, and what must have come of it. <c>docs/scripts.md</c> is the format's page.</summary>
public sealed record CallScript
{
    /// <summary>Kebab case, unique: <c>booking-with-correction</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for the timeline.</summary>
    public string Description { get; set; } = "";

    /// <summary>The number that the network shows, E.164; null = withheld.</summary>
    public string? Caller { get; set; }

    /// <summary>Wall clock of the line's zone when the call begins: makes "tomorrow" the same every time.</summary>
    public required DateTime Start { get; init; }

    /// <summary>Words a minute. 60 to 300; default 165.</summary>
    public int Wpm { get; set; } = 165;

    /// <summary>What becomes of a transfer to a person. Default: somebody answers.</summary>
    public TransferOutcome Transfer { get; set; } = TransferOutcome.Answered;

    /// <summary>What the caller does, in order. After the last one the caller hears the agent out and hangs up.</summary>
    public required ImmutableArray<ScriptTurn> Turns { get; init; }

    /// <summary>What must have come of it.</summary>
    public ScriptExpectation Expect { get; set; } = new();

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Reads a script.</summary>
    /// <param name="json">JSON with comments and trailing commas allowed; names in snake case; an unknown name is an error.</param>
    /// <param name="source">Named in errors: the file.</param>
    /// <exception cref="ScriptException">It is not a script; the message says where and why.</exception>
    public static CallScript Parse(string json, string source)
    {
        CallScript script;
        try
        {
            script = JsonSerializer.Deserialize<CallScript>(json, Json) ?? throw new ScriptException($"{source}: null is no script");
        }
        catch (JsonException fault)
        {
            throw new ScriptException($"{source}: {fault.Message}", fault);
        }

        if (script.Turns.IsDefaultOrEmpty) throw new ScriptException($"{source}: a script needs at least one turn");
        if (script.Wpm is < 60 or > 300) throw new ScriptException($"{source}: wpm is 60 to 300, not {script.Wpm}");
        for (var i = 0; i < script.Turns.Length; i++)
        {
            if (script.Turns[i].Problem() is { } problem) throw new ScriptException($"{source}: turn {i + 1}: {problem}");
        }

        return script;
    }

    /// <summary>Reads a script's file.</summary>
    /// <exception cref="ScriptException">There is no such file, or it is not a script.</exception>
    public static CallScript Load(string path) =>
        File.Exists(path) ? Parse(File.ReadAllText(path), Path.GetFileName(path)) : throw new ScriptException($"{path}: there is no such script");
}

/// <summary>One thing that the caller does: speaks, presses keys or hangs up.</summary>
public sealed record ScriptTurn
{
    /// <summary>
    /// Words. <c>[400]</c> is a pause of 400 ms. <c>{fifteen|fifty}</c> is recognised as "fifteen" until two more words have come, then as "fifty";
    /// <c>{fifteen|fifty!}</c> until the final.
    /// </summary>
    public string? Say { get; set; }

    /// <summary>Words with times of their own instead of <see cref="Say"/>: text, start and end in ms since the turn began.</summary>
    public ImmutableArray<TimedWord> Words { get; set; } = [];

    /// <summary>Rival readings of the turn's last utterance, best first.</summary>
    public ImmutableArray<string> Alternatives { get; set; } = [];

    /// <summary>Words a minute of this turn; null = the script's.</summary>
    public int? Wpm { get; set; }

    /// <summary>Keys pressed after the words, 200 ms apart.</summary>
    public string Keys { get; set; } = "";

    /// <summary>The caller hangs up after the words and keys.</summary>
    public bool HangUp { get; set; }

    /// <summary>Interrupts a prompt. Null: the caller hears the agent out first.</summary>
    public BargeIn? BargeIn { get; set; }

    /// <summary>Begins this long after the caller's last turn ended, whatever the agent does. Null: see <see cref="BargeIn"/>.</summary>
    public int? AfterMs { get; set; }

    /// <summary>How long the caller thinks after hearing the agent out. Default 400 ms.</summary>
    public int ThinkMs { get; set; } = 400;

    internal string? Problem()
    {
        if (Say is null && Words.IsDefaultOrEmpty && Keys.Length == 0 && !HangUp) return "it does nothing: say, words, keys or hang_up";
        if (Say is not null && !Words.IsDefaultOrEmpty) return "say and words exclude each other";
        if (Keys.Any(k => !"0123456789*#ABCD".Contains(k))) return "keys are 0-9, *, #, A-D";
        if (BargeIn is not null && AfterMs is not null) return "barge_in and after_ms exclude each other";
        if (Wpm is < 60 or > 300) return "wpm is 60 to 300";
        try
        {
            ScriptSpeech.Of(this, 165);
            return null;
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }
}

/// <summary>A word with times of its own.</summary>
/// <param name="Text">One word.</param>
/// <param name="StartMs">Since the turn began.</param>
/// <param name="EndMs">Since the turn began.</param>
public sealed record TimedWord(string Text, int StartMs, int EndMs);

/// <summary>An interruption.</summary>
/// <param name="Containing">A part of the prompt that is interrupted, in any case.</param>
/// <param name="AfterMs">Since the prompt began.</param>
public sealed record BargeIn(string Containing, int AfterMs);

/// <summary>What must have come of a script.</summary>
public sealed record ScriptExpectation
{
    /// <summary>Tools whose effects are done, in order. Null: not looked at.</summary>
    public ImmutableArray<string>? Committed { get; set; }

    /// <summary>How the call ended. Null: not looked at.</summary>
    public Disposition? Disposition { get; set; }

    /// <summary>Each is a part of something that the agent began to say, in any case.</summary>
    public ImmutableArray<string> Said { get; set; } = [];

    /// <summary>None is a part of anything that the agent began to say, in any case.</summary>
    public ImmutableArray<string> NotSaid { get; set; } = [];

    /// <summary>Holds that ended without becoming an effect. Null: not looked at. No hold may be left without an end.</summary>
    public int? Released { get; set; }
}

/// <summary>A script that cannot be read.</summary>
public sealed class ScriptException(string message, Exception? inner = null) : Exception(message, inner);
