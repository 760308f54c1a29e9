using System.Collections.Immutable;

namespace ContactCenterAgent.Core.Turns;

/// <summary>What the caller says before the floor changes.</summary>
public sealed record CallerTurn
{
    /// <summary>Before the caller's first word.</summary>
    public static readonly CallerTurn None = new();

    /// <summary>1, 2, 3 ...; 0 before the first.</summary>
    public int Number { get; init; }

    /// <summary>Words of utterances that have their final.</summary>
    public ImmutableArray<Word> Settled { get; init; } = [];

    /// <summary>Words of the utterance that is still being recognised.</summary>
    public Transcript Partial { get; init; } = Transcript.Empty;

    /// <summary>Rival readings of the last utterance that has its final.</summary>
    public ImmutableArray<string> Alternatives { get; init; } = [];

    /// <summary>All words so far.</summary>
    public Transcript Heard { get; init; } = Transcript.Empty;

    /// <summary>Hash of all words so far.</summary>
    public WordsHash Hash { get; init; }

    /// <summary>End of the caller's speech, as far as is known: the end of the last word, or of voice activity.</summary>
    public TimeSpan SpokenUntil { get; init; }

    /// <summary>Every utterance has its final.</summary>
    public bool FinalIn { get; init; }

    /// <summary>Read from all words so far, once a change: what they answer to a yes-or-no question.</summary>
    public Affirmation Answer { get; init; }

    /// <summary>Read from all words so far: a yes, and a question behind it that changes nothing.</summary>
    public bool YesThenQuestion { get; init; }

    /// <summary>Read from all words so far: the caller is in the middle of taking something back ("no wait").</summary>
    public bool EndsInCue { get; init; }

    /// <summary>Read from all words so far: they end where no sentence ends ("on the", "and").</summary>
    public bool Dangles { get; init; }

    /// <summary>When the words last changed, by arrival.</summary>
    public TimeSpan ChangedAt { get; init; }

    /// <summary>Voice activity: the caller is making sound; null = the line has no voice activity.</summary>
    public bool? Voiced { get; init; }

    /// <summary>When voice activity last ended.</summary>
    public TimeSpan VoiceEndedAt { get; init; }

    /// <summary>The agent still owes an answer to this turn.</summary>
    public bool Owed { get; init; }

    /// <summary>What a yes answered when the turn began: a turn that goes on after all is still an answer to that.</summary>
    public YesTo AnswersTo { get; init; }

    /// <summary>The answer was begun from a draft that nobody has verified.</summary>
    public bool AnsweredFromDraft { get; init; }

    /// <summary>Something answer-bearing was said to words that turned out otherwise: the next answer takes it back.</summary>
    public bool Retracts { get; init; }

    /// <summary>Fillers said so far while this answer was owed.</summary>
    public int Fillers { get; init; }

    /// <summary>The caller was offered to wait, to be called back or a person.</summary>
    public bool Offered { get; init; }

    /// <summary>The turn's words are in history.</summary>
    public bool Recorded { get; init; }

    /// <summary>What the caller wants at the end of the turn goes with the next words.</summary>
    public bool TasksTaken { get; init; }

    /// <summary>The agent has begun to say its answer.</summary>
    public bool AnswerBegun { get; init; }

    /// <summary>When the agent took the floor; null while the turn is open.</summary>
    public TimeSpan? ClosedAt { get; init; }

    /// <summary>When the words counted as said for good; only then may anything be dispatched.</summary>
    public TimeSpan? CommittedAt { get; init; }

    /// <summary>How often this caller spoke on after we had taken the floor; each time makes us wait longer.</summary>
    public int CutOffs { get; init; }

    /// <summary>The caller's turn is open: words were heard and the agent has not taken the floor.</summary>
    public bool IsOpen => Number > 0 && ClosedAt is null;

    /// <summary>When the first answer-bearing prompt of the answer to this turn started; null = not yet.</summary>
    public TimeSpan? AnsweredAt { get; init; }
}
