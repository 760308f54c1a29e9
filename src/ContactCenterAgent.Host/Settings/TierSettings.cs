using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Llm;
using ContactCenterAgent.Llm.Tiers;

namespace ContactCenterAgent.Host.Settings;

/// <summary>What a tier is.</summary>
public enum TierKind
{
    /// <summary>The planner in this process.</summary>
    Embedded,

    /// <summary>OpenAI.</summary>
    OpenAI,

    /// <summary>Azure OpenAI, v1 endpoint.</summary>
    Azure,

    /// <summary>llama.cpp's <c>llama-server</c>.</summary>
    LlamaServer,

    /// <summary>vLLM.</summary>
    Vllm,

    /// <summary>Ollama.</summary>
    Ollama,

    /// <summary>Another server that speaks OpenAI's protocol.</summary>
    Local,

    /// <summary>A person.</summary>
    Person,
}

/// <summary>One tier of planners. An entry of <c>Planner:Tiers</c>.</summary>
public sealed class TierSettings
{
    /// <summary>What it is.</summary>
    /// <value>A name of <see cref="TierKind"/>. Default <c>Embedded</c>.</value>
    [EnumDataType(typeof(TierKind))]
    public TierKind Kind { get; set; }

    /// <summary>Its name in the timeline and the metrics.</summary>
    /// <value>Up to 40 characters. Default: its kind.</value>
    [StringLength(40)]
    public string? Name { get; set; }

    /// <summary>Base address up to and including the version.</summary>
    /// <value>An http or https address. Needed for all kinds but OpenAI, embedded and a person.</value>
    [HttpAddress]
    public string? Endpoint { get; set; }

    /// <summary>The model, or the deployment (Azure).</summary>
    /// <value>Up to 200 characters. Needed for all kinds but embedded and a person.</value>
    [StringLength(200)]
    public string? Model { get; set; }

    /// <summary>The environment variable, or the key of another configuration provider, that holds the API key. The key itself never stands here.</summary>
    /// <value>Default <c>OPENAI_API_KEY</c> for OpenAI, <c>AZURE_OPENAI_API_KEY</c> for Azure, none for others.</value>
    [StringLength(200)]
    public string? ApiKeyEnvironment { get; set; }

    /// <summary>Whether the machine's own identity (Microsoft Entra) is used in place of a key. Azure only.</summary>
    public bool Entra { get; set; }

    /// <summary>Whether plans are asked for in real-time sessions over WebSocket in place of chat requests.</summary>
    public bool Realtime { get; set; }

    /// <summary>How the plan is asked for.</summary>
    /// <value>A name of <see cref="PlanForm"/>. Default <c>JsonSchema</c>; in a real-time session <c>ToolCall</c>, which is all that it can do beside text.</value>
    [EnumDataType(typeof(PlanForm))]
    public PlanForm? Form { get; set; }

    /// <summary>A few sentences about the business for the model.</summary>
    /// <value>Up to 4,000 characters.</value>
    [StringLength(4_000)]
    public string About { get; set; } = "";

    /// <summary>Tokens of an answer at most.</summary>
    /// <value>64 to 8,192. Default 1,024.</value>
    [Range(64, 8_192)]
    public int OutputTokensMax { get; set; } = 1_024;

    /// <summary>llama-server: its number of slots, where each call shall keep to one.</summary>
    /// <value>0 to 1,024. Default 0: the server chooses.</value>
    [Range(0, 1_024)]
    public int Slots { get; set; }

    /// <summary>A server of one's own: requests that may wait in it before it counts as full.</summary>
    /// <value>0 to 10,000. Default 0.</value>
    [Range(0, 10_000)]
    public int WaitingMax { get; set; }

    /// <summary>A server of one's own: time between two looks at its health and queue.</summary>
    /// <value>100 ms to 60 s. Default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ProbeEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The lines that it serves.</summary>
    /// <value>Names of lines. Default: all.</value>
    [MaxLength(64)]
    public string[] Lines { get; set; } = [];

    /// <summary>When it is given up for the next.</summary>
    public TierLimits Limits { get; set; } = new();
}

/// <summary>An absolute http or https address.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HttpAddressAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || (value is string text && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https");

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => "an address like http://127.0.0.1:8080/v1";
}
