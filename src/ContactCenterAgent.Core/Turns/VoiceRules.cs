using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Turns;

/// <summary>What the agent says and what of it was heard. History holds the heard part only.</summary>
internal static class VoiceRules
{
    public static bool IsAnswer(PromptKind kind) => kind is not (PromptKind.Greeting or PromptKind.Filler or PromptKind.Echo);

    public static void Say(StepScope step, string text, PromptKind kind, EffectKey? claims = null, (ProposalId, int)? readsBack = null)
    {
        var id = new PromptId(step.Voice.LastPrompt + 1);
        step.Voice = step.Voice with
        {
            LastPrompt = id.Value,
            Prompts = step.Voice.Prompts.Add(new(id, Pii.Of(text), kind) { ReadsBack = readsBack, Claims = claims }),
            LastAnswer = IsAnswer(kind) ? Pii.Of(text) : step.Voice.LastAnswer,
            YesTo = !IsAnswer(kind) ? step.Voice.YesTo
                : readsBack is not null ? YesTo.ReadBack
                : text.EndsWith(ToolFailure.OfferOfAPerson, StringComparison.Ordinal) ? YesTo.Person
                : YesTo.Nothing,
        };
        step.Do(new Say(id, Pii.Of(text), kind, claims));
    }

    public static void Started(StepScope step)
    {
        var id = ((PlaybackStarted)step.Happened).Prompt;
        if (Find(step, id) is not { } prompt) return;
        Replace(step, prompt with { StartedAt = step.Now });
        if (!IsAnswer(prompt.Kind) || step.Turn is not { ClosedAt: not null, AnsweredAt: null, Number: > 0 }) return;
        step.Turn = step.Turn with { AnsweredAt = step.Now };
        var waited = step.Now - step.Turn.SpokenUntil;
        step.State = step.State with { ResponseLatencies = step.State.ResponseLatencies.Add(waited > TimeSpan.Zero ? waited : TimeSpan.Zero) };
    }

    public static void Progressed(StepScope step)
    {
        var progress = (PlaybackProgressed)step.Happened;
        if (Find(step, progress.Prompt) is { } prompt) Hear(step, prompt with { Heard = Math.Max(prompt.Heard, progress.Characters) });
    }

    public static void Ended(StepScope step)
    {
        var ended = (PlaybackEnded)step.Happened;
        if (Find(step, ended.Prompt) is not { } prompt) return;
        prompt = prompt with { Heard = Math.Max(prompt.Heard, ended.Characters) };
        Hear(step, prompt);
        if (prompt.Heard > 0) step.Remember(Speaker.Agent, Cut(prompt.Text.Value, prompt.Heard));
        if (prompt.Claims is { } claimed && prompt.Heard * 2 < prompt.Text.Value.Length) SayAgain(step, claimed);
        var left = step.Voice.Prompts.RemoveAll(p => p.Id == prompt.Id);
        step.Voice = step.Voice with { Prompts = left, SilentSince = step.Now, Stopping = step.Voice.Stopping && left.Length > 0 };
    }

    // What became of an effect is owed until it has been heard.
    private static void SayAgain(StepScope step, EffectKey key)
    {
        foreach (var proposal in step.Tools.Proposals)
            if (proposal.Status == ProposalStatus.Done && proposal.Key == key) step.Set(proposal with { Reported = false });
    }

    // A read-back counts once its particulars have been heard; the "Shall I?" behind them need not be.
    private static void Hear(StepScope step, Prompt prompt)
    {
        Replace(step, prompt);
        if (prompt.ReadsBack is not { } reads || prompt.Heard < reads.Characters) return;
        var proposal = step.Tools[reads.Proposal];
        if (proposal.IsOpen && proposal.ReadBack is null) step.Set(proposal with { ReadBack = proposal.Digest });
    }

    private static Prompt? Find(StepScope step, PromptId id)
    {
        foreach (var prompt in step.Voice.Prompts) if (prompt.Id == id) return prompt;
        return null;
    }

    private static void Replace(StepScope step, Prompt prompt)
    {
        var prompts = step.Voice.Prompts;
        for (var i = 0; i < prompts.Length; i++)
            if (prompts[i].Id == prompt.Id) step.Voice = step.Voice with { Prompts = prompts.SetItem(i, prompt) };
    }

    private static string Cut(string text, int characters) =>
        characters >= text.Length ? text : string.Concat(text.AsSpan(0, characters), "-");
}
