using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Runtime;

/// <summary>
/// The end of a call that we have failed: its state is not to be trusted, so nothing is stepped any more. The caller hears an apology and is put through to a
/// person; what was authorised and is under way finishes.
/// </summary>
internal sealed class CallApology(CallInbox inbox, CallJournal journal, CommandRunner runner, CallTools tools, CallServices services)
{
    private const string Sorry = "I'm sorry, something went wrong on my side. I'll put you through to a colleague.";
    private const string Bye = "I'm sorry, nobody can take your call just now. Please call again.";

    private int _prompt;

    internal async Task RunAsync(CallState state)
    {
        using var limit = new CancellationTokenSource(services.Options.ApologyMax, services.Time);
        _prompt = state.Voice.LastPrompt;
        var lineOver = state.Phase is CallPhase.Draining or CallPhase.Ended;
        if (!lineOver) Do(new StopPlayback(), NextSay(Sorry, PromptKind.Apology), new TransferToPerson("agent_failed", Pii.Of("The agent failed in mid-call; see the journal.")));
        try
        {
            while ((!lineOver || tools.Running > 0) && await inbox.WaitAsync(limit.Token))
            {
                while (inbox.TryRead(out var happened))
                {
                    journal.Append(happened);
                    if (happened is LineClosed or TransferEnded { Outcome: TransferOutcome.Answered }) lineOver = true;
                    else if (happened is TransferEnded) Do(NextSay(Bye, PromptKind.Goodbye), new HangUp());
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up; the call is closed as it is, and recovery or the outbox settles what is left.
        }
    }

    private Say NextSay(string text, PromptKind kind) => new(new(++_prompt), Pii.Of(text), kind, Claims: null);

    private void Do(params Command[] commands)
    {
        journal.Append(commands);
        foreach (var command in commands) runner.Run(command);
    }
}
