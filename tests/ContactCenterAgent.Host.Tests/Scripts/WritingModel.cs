using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Llm;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Host.Tests.Scripts;

/// <summary>A chat model that knows what the embedded planner knows and writes it down as a model does, token by token, in the form that the prompt asks for.</summary>
/// <param name="planner">What it knows.</param>
/// <param name="time">The clock.</param>
/// <param name="first">Request to first token.</param>
/// <param name="perToken">Time of each further token of eight characters.</param>
internal sealed class WritingModel(IPlanner planner, TimeProvider time, TimeSpan first, TimeSpan perToken) : IChatClient
{
    private const int TokenCharacters = 8;
    private const string RequestKey = "request";

    /// <summary>Lets the model see what the request is made of; a real one reads it from the prompt.</summary>
    public static ChatPlannerOptions Options => new() { Configure = (chat, request) => (chat.AdditionalProperties ??= [])[RequestKey] = request };

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Asked++;
        var request = (PlanRequest)options!.AdditionalProperties![RequestKey]!;
        Plan? plan = null;
        await foreach (var happened in planner.PlanAsync(request, cancellationToken)) plan ??= (happened as PlanProposed)?.Plan;
        var text = Write(plan!).ToJsonString();
        await Task.Delay(first, time, cancellationToken);
        for (var i = 0; i < text.Length; i += TokenCharacters)
        {
            if (i > 0) await Task.Delay(perToken, time, cancellationToken);
            yield return new(ChatRole.Assistant, text.Substring(i, Math.Min(TokenCharacters, text.Length - i)));
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static JsonObject Write(Plan plan)
    {
        var calls = new JsonArray([.. plan.Calls.Select(c => (JsonNode)Call(c))]);
        foreach (var task in plan.Tasks)
        {
            // What is wanted but lacks an argument: a model lists it with nulls.
            foreach (var tool in task.Arguments.Keys.Select(k => k.Split('.') is [var owner, _] && owner != "_" ? owner : task.Tool).Append(task.Tool).Distinct(StringComparer.Ordinal))
                if (plan.Calls.All(c => c.Tool != tool || c.Task != task.Id)) calls.Add(Wanted(task, tool));
        }

        return new()
        {
            ["act"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(plan.Act.ToString()),
            ["answer"] = plan.Affirmation.ToString().ToLowerInvariant(),
            ["calls"] = calls,
            ["withdrawn"] = new JsonArray([.. plan.Withdrawn.Select(w => JsonValue.Create(w))]),
            ["ask"] = new JsonArray([.. plan.Ask.Select(a => new JsonObject { ["task"] = a.Task, ["tool"] = a.Tool, ["parameter"] = a.Parameter, ["question"] = a.Question })]),
            ["complete"] = plan.Complete,
            ["confidence"] = plan.Confidence,
            ["reply"] = "",
        };
    }

    private static JsonObject Call(PlannedCall call) => new JsonObject
    {
        ["id"] = call.Label,
        ["task"] = call.Task,
        ["tool"] = call.Tool,
        ["arguments"] = new JsonObject(call.Arguments.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)(a.Value switch
        {
            ArgumentValue.Known known => known.Canonical,
            ArgumentValue.From from => $"${from.Label}.{from.Field}",
            _ => null,
        })))),
        ["asked"] = !call.Evidence.IsEmpty,
        ["requested"] = call.Requested,
        ["another"] = call.Another,
        ["fresh"] = call.Fresh,
        ["answers"] = call.Answers,
    };

    private static JsonObject Wanted(PlanTask task, string tool) => new JsonObject
    {
        ["id"] = $"{task.Id}/{tool}",
        ["task"] = task.Id,
        ["tool"] = tool,
        ["arguments"] = new JsonObject(task.Arguments.Where(a => !a.Key.StartsWith("_.", StringComparison.Ordinal))
            .Select(a => a.Key.Split('.') is [var owner, var parameter] ? (owner, parameter, a.Value) : (owner: task.Tool, parameter: a.Key, a.Value))
            .Where(a => a.owner == tool).Select(a => KeyValuePair.Create(a.parameter, (JsonNode?)a.Value))),
    };
}
