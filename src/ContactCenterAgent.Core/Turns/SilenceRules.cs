using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Turns;

/// <summary>
/// Law 10: while the agent owes the turn, no gap is longer than two seconds; at most two fillers, each true, none twice; by eight seconds an offer.
/// And the other way round: a caller who says nothing is asked twice, put through to a person, and let go when nobody takes the call.
/// </summary>
internal static class SilenceRules
{
    /// <summary>A prompt needs this long to become sound.</summary>
    private static readonly TimeSpan StartUp = TimeSpan.FromMilliseconds(100);

    private const int FillersMax = 2;
    private const int NudgesMax = 3;

    public static TimeSpan? DueAt(CallState state)
    {
        if (state.Phase is CallPhase.Transferring or CallPhase.Arriving or CallPhase.Draining or CallPhase.Ended) return null;
        if (state.Turn.IsOpen || state.Voice.Prompts.Length > 0) return null;
        if (!state.Turn.Owed || state.Turn.Offered) return state.Voice.SilentSince + state.Settings.NoInput;
        var since = state.Turn.SpokenUntil > state.Voice.SilentSince ? state.Turn.SpokenUntil : state.Voice.SilentSince;
        var gap = since + state.Settings.GapMax - StartUp;
        var offer = state.Turn.SpokenUntil + state.Settings.OfferAfter - StartUp;
        return offer < gap && state.Turn.Fillers > 0 ? offer : gap;
    }

    public static void Advance(StepScope step)
    {
        if (step.Now < DueAt(step.State) || DueAt(step.State) is null) return;
        if (!step.Turn.Owed) Nudge(step);
        else if (step.Turn.Offered) CallRules.HandOver(step, "the caller waited too long");
        else if (step.Turn.Fillers >= FillersMax || step.Now >= step.Turn.SpokenUntil + step.Settings.OfferAfter - StartUp) MakeOffer(step);
        else Fill(step);
    }

    private static void Fill(StepScope step)
    {
        // The first is short, for the answer is most likely on its way.
        var (text, kind) = step.Turn.Fillers == 0 ? (FixedPrompts.Waiting, PromptKind.Filler)
            : Echo(step) is { } echo ? (echo, PromptKind.Echo)
            : (FixedPrompts.Still, PromptKind.Filler);
        step.Turn = step.Turn with { Fillers = step.Turn.Fillers + 1 };
        VoiceRules.Say(step, text, kind);
    }

    // What was understood is true before any result, and invites a correction.
    private static string? Echo(StepScope step)
    {
        foreach (var call in step.Tools.Calls)
        {
            if (call is not { Planned: true, Wanted: true, Status: ToolCallStatus.Running } || step.Descriptor(call).Phrases.Echo is not { } template) continue;
            if (Phrasing.Render(template, call.Arguments, null, null, step.LocalNow) is { } echo) return echo.TrimEnd('.') + ": I'm still looking.";
        }

        return null;
    }

    private static void MakeOffer(StepScope step)
    {
        step.Turn = step.Turn with { Offered = true };
        VoiceRules.Say(step, FixedPrompts.Offer, PromptKind.Apology);
    }

    private static void Nudge(StepScope step)
    {
        step.Voice = step.Voice with { Nudges = step.Voice.Nudges + 1 };
        if (step.Voice.Nudges < NudgesMax)
        {
            VoiceRules.Say(step, step.Voice.Nudges == 1 ? FixedPrompts.AreYouThere : FixedPrompts.Here, PromptKind.Question);
        }
        else if (step.Voice.Nudges == NudgesMax)
        {
            // Whoever is there may be heard by a person.
            CallRules.HandOver(step, "the caller could not be heard");
        }
        else
        {
            ProposalRules.WithdrawUnauthorised(step);
            VoiceRules.Say(step, FixedPrompts.CannotHear, PromptKind.Goodbye);
            step.Voice = step.Voice with { HangUpAfter = true };
        }
    }
}
