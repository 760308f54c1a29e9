using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Core.Turns;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm;

/// <summary>How a plan is asked for.</summary>
public enum PlanForm
{
    /// <summary>The answer is constrained to the plan's JSON schema (OpenAI <c>response_format</c>, llama.cpp, vLLM, Ollama).</summary>
    JsonSchema,

    /// <summary>The plan is the arguments of a tool that the model must call.</summary>
    ToolCall,

    /// <summary>The answer is asked for in JSON by the instructions alone, for servers that constrain nothing.</summary>
    Text,
}

/// <summary>How a <see cref="ChatPlanner"/> asks its model.</summary>
public sealed class ChatPlannerOptions
{
    /// <summary>How the plan is asked for.</summary>
    /// <value>Default <see cref="PlanForm.JsonSchema"/>.</value>
    public PlanForm Form { get; set; } = PlanForm.JsonSchema;

    /// <summary>The model; null = the client's own.</summary>
    public string? Model { get; set; }

    /// <summary>A few sentences about the business, after the instructions. No secrets: the model may repeat them.</summary>
    /// <value>Up to 4,000 characters. Default: empty.</value>
    [StringLength(4_000)]
    public string About { get; set; } = "";

    /// <summary>Tokens of an answer at most.</summary>
    /// <value>64 to 8,192. Default 1,024.</value>
    [Range(64, 8_192)]
    public int OutputTokensMax { get; set; } = 1_024;

    /// <summary>Characters of an answer at most; beyond it the model is taken to loop.</summary>
    /// <value>1,024 to 65,536. Default 16,384.</value>
    [Range(1_024, 65_536)]
    public int CharactersMax { get; set; } = 16_384;

    /// <summary>Calls of one plan at most; beyond it the model is taken to loop.</summary>
    /// <value>1 to 64. Default 16.</value>
    [Range(1, 64)]
    public int CallsMax { get; set; } = 16;

    /// <summary>Sampling temperature; null = the model's own (some models take no other).</summary>
    /// <value>0 to 2. Default 0.</value>
    [Range(0.0, 2.0)]
    public float? Temperature { get; set; } = 0;

    /// <summary>Last change to a request's options before it is sent: what a server wants beside the common ones.</summary>
    public Action<ChatOptions, PlanRequest>? Configure { get; set; }
}
