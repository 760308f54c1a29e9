using System.ClientModel;

namespace ContactCenterAgent.Llm.Clients;

/// <summary>What a server speaks beside the OpenAI protocol.</summary>
public enum ModelServer
{
    /// <summary>OpenAI itself.</summary>
    OpenAI,

    /// <summary>Azure OpenAI through its v1 endpoint, <c>https://RESOURCE.openai.azure.com/openai/v1/</c>.</summary>
    Azure,

    /// <summary>llama.cpp's <c>llama-server</c>.</summary>
    LlamaServer,

    /// <summary>vLLM.</summary>
    Vllm,

    /// <summary>Ollama.</summary>
    Ollama,

    /// <summary>Another server that speaks the protocol.</summary>
    Compatible,
}

/// <summary>Where a model is, and how we show who we are. Holds a secret: it is not printed.</summary>
public sealed record ModelEndpoint
{
    /// <summary>What the server speaks.</summary>
    public ModelServer Server { get; init; } = ModelServer.Compatible;

    /// <summary>Base address up to and including the version: <c>http://127.0.0.1:8080/v1</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The model's name, or the deployment's (Azure).</summary>
    public required string Model { get; init; }

    /// <summary>The key; null = none, as on a server of one's own. From the environment or a secret store, never from a file that is checked in.</summary>
    public string? Key { get; init; }

    /// <summary>Tokens of Microsoft Entra in place of a key (Azure only), for instance <c>new DefaultAzureCredential()</c>.</summary>
    public AuthenticationTokenProvider? Tokens { get; init; }

    /// <summary>What the tokens are for.</summary>
    public string TokenScope { get; init; } = "https://cognitiveservices.azure.com/.default";

    /// <summary>
    /// llama-server only: its number of slots, where every call shall keep to one of them (<c>id_slot</c>), so that no other call drives its prefix out. Zero: the server
    /// picks the slot with the longest common prefix by itself.
    /// </summary>
    public int Slots { get; init; }

    /// <summary>Server and model only.</summary>
    public override string ToString() => $"{Server} {Model}";
}
