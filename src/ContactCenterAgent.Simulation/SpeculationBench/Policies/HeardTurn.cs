using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Policies;

/// <summary>A moment at which the words of a turn became known, with the plan that they lead to. Times since the turn began.</summary>
internal sealed record HeardMoment(TimeSpan At, int Words, bool IsFinal, WordsHash Hash, Plan Plan);

/// <summary>A caller's turn as every policy hears it.</summary>
internal sealed record HeardTurn
{
    public required RecordedDialogue Dialogue { get; init; }

    public required StreamedTurn Spoken { get; init; }

    /// <summary>Partials and finals in order of arrival; the last one is the final of all words.</summary>
    public required ImmutableArray<HeardMoment> Moments { get; init; }

    /// <summary>Silences between words in which a turn may be taken for over.</summary>
    public required ImmutableArray<(TimeSpan From, TimeSpan To)> Pauses { get; init; }

    /// <summary>End of the caller's speech.</summary>
    public TimeSpan End => Spoken.Speech;

    /// <summary>When the words were known for good.</summary>
    public TimeSpan Final => Moments[^1].At;

    /// <summary>The plan that has read the whole turn.</summary>
    public Plan Whole => Moments[^1].Plan;

    /// <summary>The first moment from which on nothing that was heard changed any more.</summary>
    public HeardMoment Settled
    {
        get
        {
            var settled = Moments[^1];
            for (var i = Moments.Length - 1; i >= 0 && Moments[i].Hash == settled.Hash; i--) settled = Moments[i];
            return settled;
        }
    }

    /// <summary>What was heard by a time; null = nothing yet.</summary>
    public HeardMoment? By(TimeSpan at) => Moments.LastOrDefault(m => m.At <= at);

    /// <summary>Listens to a turn.</summary>
    public static HeardTurn Of(RecordedDialogue dialogue, StreamedTurn spoken, SpeechOptions options, TurnListener listener)
    {
        listener.Begin(spoken, TimeSpan.Zero);
        var moments = ImmutableArray.CreateBuilder<HeardMoment>();
        var settled = ImmutableArray<Word>.Empty;
        foreach (var happened in SpeechEvents.Of(spoken, options))
        {
            if (happened.Kind is not (SpeechEventKind.Partial or SpeechEventKind.Final)) continue;
            var words = settled.AddRange(SpeechEvents.Heard(spoken, happened, options, TimeSpan.Zero).Words);
            if (happened.Kind == SpeechEventKind.Final) settled = words;
            var hash = WordsHash.Of(words);
            moments.Add(new(happened.At, happened.Words, happened.Kind == SpeechEventKind.Final, hash, listener.Propose(words, hash)));
        }

        var pauses = spoken.Words.Zip(spoken.Words.Skip(1)).Where(p => p.Second.From > p.First.To).Select(p => (p.First.To, p.Second.From));
        return new() { Dialogue = dialogue, Spoken = spoken, Moments = moments.ToImmutable(), Pauses = [.. pauses] };
    }
}
