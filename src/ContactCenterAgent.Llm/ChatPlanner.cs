using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Llm.Clients;
using ContactCenterAgent.Llm.Plans;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Llm;

/// <summary>
/// A planner on any chat model. The model writes one JSON object, the plan and behind it the reply; each part is used as soon as it is whole: the beginning of the
/// plan as a sign of life, a read when its arguments are complete, the plan, then the reply sentence by sentence.
/// </summary>
/// <remarks>
/// Thread-safe; keeps nothing between requests. Values go through the types' canonical forms. An answer that is no plan, invents a tool or gives a value that is not of its type
/// is sent back once with the error; then, and at once where the model refuses, loops or cannot be reached, the run ends as stalled. Deadlines are the caller's.
/// Prompts and answers are personal and are never logged.
/// </remarks>
/// <param name="client">The model. Owned by whoever made it.</param>
/// <param name="options">How it is asked; null = the defaults.</param>
/// <param name="log">Gets codes, never words; null = nowhere.</param>
public sealed partial class ChatPlanner(IChatClient client, ChatPlannerOptions? options = null, ILogger? log = null) : IPlanner
{
    private const int Attempts = 2;
    private readonly ChatPlannerOptions _options = options ?? new();
    private readonly ILogger _log = log ?? NullLogger.Instance;

    /// <inheritdoc/>
    public async IAsyncEnumerable<CallEvent> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var messages = PlanPrompt.Of(request, _options.About, PlanPrompt.WholePlan);
        var stable = messages.Count - 1;
        for (var attempt = 1; ; attempt++)
        {
            var reading = new PlanReading(request, _options);
            string? fault;
            await using (var answer = new ModelAnswer(client, messages, Options(request, stable), _options.Form == PlanForm.ToolCall ? PlanSchema.Name : null, cancellationToken))
            {
                // A good answer is read to its end, where the usage stands; what a model says behind its plan is not.
                while (reading is { Error: null, Loops: false } && await answer.NextAsync() && !reading.IsWhole)
                    foreach (var happened in reading.Take(answer.Bit)) yield return happened;
                fault = answer.Fault;
            }

            fault ??= reading.Loops ? "model.loops" : reading.IsWhole && reading.Error is null ? null : "model.no_plan";
            if (fault is null)
            {
                yield return new PlannerEnded(default, request.Generation);
                yield break;
            }

            LlmMetrics.Faults.Add(1, new KeyValuePair<string, object?>("code", fault));
            LogFault(fault, attempt, request.Generation, request.Call);
            if (attempt == Attempts || reading.HasPlan || fault is not ("model.no_plan" or "model.invented_tool"))
            {
                yield return new PlannerStalled(default, request.Generation);
                yield break;
            }

            // The request only grows: what was sent stays the prefix of what is sent.
            LlmMetrics.Retries.Add(1);
            messages.Add(new(ChatRole.Assistant, reading.Text.Length == 0 ? "-" : reading.Text));
            messages.Add(new(ChatRole.User, $"[error] {reading.Error ?? "The answer is not a plan in JSON."} Send the whole plan again, as JSON."));
        }
    }

    private ChatOptions Options(PlanRequest request, int stable)
    {
        var schema = PlanSchema.Of(request.Tools);
        var chat = new ChatOptions { ModelId = _options.Model, MaxOutputTokens = _options.OutputTokensMax, Temperature = _options.Temperature };
        ModelHints.Set(client, chat, request.Call.ToString(), stable);
        switch (_options.Form)
        {
            case PlanForm.JsonSchema:
                chat.ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, PlanSchema.Name);
                break;
            case PlanForm.ToolCall:
                chat.Tools = [AIFunctionFactory.CreateDeclaration(PlanSchema.Name, "Gives the whole plan.", schema)];
                chat.ToolMode = ChatToolMode.RequireSpecific(PlanSchema.Name);
                break;
        }

        _options.Configure?.Invoke(chat, request);
        return chat;
    }

    [LoggerMessage(300, LogLevel.Warning, "model.fault {Fault}: attempt {Attempt}, {Generation}, call {Call}")]
    private partial void LogFault(string fault, int attempt, Generation generation, CallId call);
}
