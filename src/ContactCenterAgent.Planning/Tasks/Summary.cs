using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning.Language;

namespace ContactCenterAgent.Planning.Tasks;

/// <summary>What the whole plan says about itself: complete, in the middle of a value, explained, how sure.</summary>
internal sealed record Summary
{
    private static readonly HashSet<string> Dangling = [.. "and or but to on at for with from in of by the a an my is it's about between after before as if because than um uh er erm that i i'd".Split(' ')];
    private static readonly HashSet<string> BeforeValue = [.. "on at to from by for the between after before past half quarter double triple is of next this".Split(' ')];

    public required PlanRequest Request { get; init; }

    public required Token[] Tokens { get; init; }

    public required bool[] Used { get; init; }

    public required List<WorkTask> Tasks { get; init; }

    public required ImmutableArray<string> Withdrawn { get; init; }

    public required ImmutableArray<PlannedCall> Calls { get; init; }

    public required ImmutableArray<OpenArgument> Ask { get; init; }

    public Affirmation Affirmation { get; init; }

    public TurnAct Act { get; init; }

    public int Wishes { get; init; }

    public bool Answered { get; init; }

    public bool MidValue { get; init; }

    public static Plan Of(Summary said)
    {
        var last = said.Tokens.Length > 0 ? said.Tokens[^1] : default;
        var plainAnswer = said.Affirmation is Affirmation.Yes or Affirmation.No;
        var touched = said.Tasks.Exists(t => t.Touched);
        var dangles = said.Tokens.Length > 0 && last.Break != '.' && Dangling.Contains(last.Text) && !plainAnswer && !said.AsksWithIs();
        var midValue = said.MidValue || (dangles && BeforeValue.Contains(last.Text) && said.Tokens.Length > 1);
        var act = said.ActOf(touched || plainAnswer);
        return new()
        {
            Read = said.Request.Hash,
            Tasks = [.. said.Tasks.Select(t => t.Plan())],
            Calls = said.Calls,
            Withdrawn = said.Withdrawn,
            Ask = said.Ask,
            Affirmation = said.Affirmation,
            Act = act,
            Complete = said.Tokens.Length > 0 && !dangles && !midValue && (said.Ask.IsEmpty || said.Answered)
                && (touched || plainAnswer || !said.Withdrawn.IsEmpty || act is not (TurnAct.None or TurnAct.Unclear or TurnAct.OutOfDomain)),
            MidValue = midValue,
            Explained = said.Explained(act),
            Confidence = said.Confidence(act, touched, plainAnswer),
        };
    }

    /// <summary>"when my appointment is" is whole; "my name is" is not.</summary>
    private bool AsksWithIs() =>
        Tokens[^1].Text is "is" && !(Tokens.Length > 1 && Tokens[^2].Text is "name" or "number" or "email" or "address" or "postcode" or "birth" or "birthday" or "it" or "that" or "code" or "reference");

    private TurnAct ActOf(bool understood)
    {
        if (Act is TurnAct.WantsPerson or TurnAct.Repeat) return Act;
        if (Act is TurnAct.Goodbye or TurnAct.Social) return understood ? TurnAct.None : Act;
        if (understood || !Withdrawn.IsEmpty || Tokens.Length == 0) return TurnAct.None;
        var content = 0;
        foreach (var token in Tokens) if (Lexicon.IsContent(token.Text)) content++;
        return content >= 2 ? TurnAct.OutOfDomain : Affirmation == Affirmation.None ? TurnAct.Unclear : TurnAct.None;
    }

    private bool Explained(TurnAct act)
    {
        if (act is TurnAct.Unclear or TurnAct.OutOfDomain || Wishes > 1 || Affirmation == Affirmation.Mixed) return false;
        for (var i = 0; i < Tokens.Length; i++)
        {
            if (Used[i]) continue;
            if (act == TurnAct.None && (Lexicon.IsContent(Tokens[i].Text) || Lexicon.IsCue(Tokens[i].Text))) return false;
        }

        return true;
    }

    private double Confidence(TurnAct act, bool touched, bool plainAnswer)
    {
        if (Tokens.Length == 0) return 1;
        if (plainAnswer) return 0.97;
        if (act is TurnAct.OutOfDomain or TurnAct.Unclear) return 0.2;
        if (!touched) return act == TurnAct.None && Withdrawn.IsEmpty ? 0.4 : 0.9;
        var least = 1.0;
        foreach (var task in Tasks) if (task.Touched) least = Math.Min(least, task.Confidence);
        return Math.Clamp(least, 0, 1);
    }
}
