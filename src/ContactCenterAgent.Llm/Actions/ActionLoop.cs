using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Llm.Clients;
using ContactCenterAgent.Llm.Plans;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Actions;

/// <summary>How a stock model is run.</summary>
public enum ActionMode
{
    /// <summary>The textbook agent: the caller's words when they are final, one tool after the other.</summary>
    Sequential,

    /// <summary>Words as they come, tools beside the model and beside each other.</summary>
    Asynchronous,
}

/// <summary>What the caller has said so far.</summary>
/// <param name="Text">All words of the turn. Personal.</param>
/// <param name="IsFinal">The caller has finished.</param>
public sealed record HeardWords(string Text, bool IsFinal)
{
    /// <summary>Words are personal.</summary>
    public override string ToString() => IsFinal ? "final" : "partial";
}

/// <summary>One step of a run.</summary>
/// <param name="Kind"><c>told</c> (an event reached the model), <c>call</c>, <c>pause</c>, <c>answer</c>, <c>illegal</c>, <c>failed</c>.</param>
/// <param name="Text">The event, the call, the answer, the error or the code. Personal.</param>
public sealed record ActionStep(string Kind, string Text)
{
    /// <summary>The kind only.</summary>
    public override string ToString() => Kind;
}

/// <summary>
/// Runs a stock model through one turn of a caller by the action protocol: the model calls, pauses or answers; what happens while it writes waits and is told at the next settled
/// boundary, between two actions. The conversation only grows.
/// </summary>
/// <remarks>
/// An action that is not possible now (a pause with nothing to wait for, an answer or a change before the caller has finished, the same call again) or is no action is
/// answered with an error and tried once more; a second one in a row ends the run as failed. One instance may run many turns at once.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="tools">The tools.</param>
/// <param name="run">Runs a tool and gives its result as text for the model. Throws only when it is cancelled.</param>
/// <param name="mode">Sequential or asynchronous.</param>
/// <param name="actionsMax">Actions of one turn; a model that needs more loops.</param>
public sealed class ActionLoop(
    IChatClient model, ImmutableArray<ToolDescriptor> tools, Func<ModelAction.Call, CancellationToken, Task<string>> run, ActionMode mode, int actionsMax = 32)
{
    /// <summary>Runs one turn.</summary>
    /// <param name="words">The caller's words as they come; ends with the final.</param>
    /// <param name="localNow">The line's local day and time.</param>
    /// <param name="cancellationToken">Ends the run; tools under way are cancelled and waited for.</param>
    public async IAsyncEnumerable<ActionStep> RunAsync(IAsyncEnumerable<HeardWords> words, DateTime localNow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var events = new ActionEvents(words, mode, cancellationToken);
        List<ChatMessage> messages = [new(ChatRole.System, ActionProtocol.Instructions + "\nTools:\n" + PlanPrompt.Describe(tools))];
        var called = new HashSet<string>(StringComparer.Ordinal);
        var illegal = false;
        var waits = true;
        for (var actions = 0; actions < actionsMax; actions++)
        {
            // A settled boundary: what has happened since the last action, all at once. After an illegal action the model answers for itself first.
            if (waits) await events.WaitAsync();
            if (!illegal)
            {
                foreach (var happened in events.Take())
                {
                    messages.Add(new(ChatRole.User, happened));
                    yield return new("told", happened);
                }
            }

            var (text, fault) = await AnswerAsync(messages, cancellationToken);
            if (fault is not null)
            {
                yield return new("failed", fault);
                yield break;
            }

            messages.Add(new(ChatRole.Assistant, text));
            var (action, error) = ActionProtocol.Read(text, tools, localNow);
            error ??= Illegal(action!, events, called);
            if (error is not null)
            {
                messages.Add(new(ChatRole.User, "[error] " + error));
                yield return new("illegal", error);
                if (illegal) break;
                illegal = true;
                waits = false;
                continue;
            }

            illegal = false;
            waits = action is ModelAction.Pause || (mode == ActionMode.Sequential && action is ModelAction.Call);
            switch (action)
            {
                case ModelAction.Call call:
                    var id = events.Start(ct => run(call, ct));
                    yield return new("call", $"{id} {Signature(call)}");
                    break;
                case ModelAction.Pause:
                    yield return new("pause", "");
                    break;
                case ModelAction.Answer answer:
                    yield return new("answer", answer.Text);
                    yield break;
            }
        }

        yield return new("failed", illegal ? "model.illegal_actions" : "model.loops");
    }

    private string? Illegal(ModelAction action, ActionEvents events, HashSet<string> called) => action switch
    {
        ModelAction.Pause when !events.CanComeMore => "There is nothing to wait for: the caller has finished and no tool is running. Call or answer.",
        ModelAction.Answer when !events.IsFinal => "The caller has not finished. Call or pause.",
        ModelAction.Call { Tool.Effect: not ToolEffect.Read } when !events.IsFinal => "This tool changes something or tells somebody: it may be called only after [final].",
        ModelAction.Call call when !called.Add(Signature(call)) => "This call has been made already. Use its result, or pause until it comes.",
        _ => null,
    };

    private async ValueTask<(string Text, string? Fault)> AnswerAsync(List<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = 512, ResponseFormat = ChatResponseFormat.ForJsonSchema(ActionProtocol.Schema, ActionProtocol.Name) };
        ModelHints.Set(model, options, "", messages.Count);
        await using var answer = new ModelAnswer(model, messages, options, null, cancellationToken);
        var text = new System.Text.StringBuilder();
        while (text.Length < 8_192 && await answer.NextAsync()) text.Append(answer.Bit);
        return (text.ToString(), answer.Fault);
    }

    private static string Signature(ModelAction.Call call) => $"{call.Tool.Name}({string.Join(", ", call.Arguments.Select(a => $"{a.Key}={a.Value}"))})";
}
